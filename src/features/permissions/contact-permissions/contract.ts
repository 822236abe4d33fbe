import { z } from 'zod';
import { screenChannels } from '../../../domain/screen-channels.ts';
import { contactPointKinds } from '../../../domain/vocabulary.ts';

/** What the numbers and addresses of customers may be used for, as every screen shows it beside them. */
const contactPermissionsMax = 100;

export const contactPermissionsQuestionSchema = z
  .strictObject({
    customers: z.array(z.uuid().toLowerCase()).min(1).max(contactPermissionsMax).describe('Their ids.'),
  })
  .meta({ id: 'ContactPermissionsQuestion' });

const answerSchema = z
  .object({
    allowed: z.boolean().describe('As the box of the preferences says it: the strictest answer behind it.'),
    why: z.string().describe('In sentences, for people.'),
  })
  .meta({ id: 'ContactPermissionAnswer' });

const useSchema = z
  .object({
    channel: z.enum(screenChannels),
    label: z.string().describe('Such as `SMS`.'),
    stopped: z
      .string()
      .nullable()
      .describe('Why not even a message about a booking may go this way; null where one may.'),
    service: answerSchema.describe('Service follow-up about their vehicles.'),
    marketing: answerSchema.describe('General dealer marketing.'),
  })
  .meta({ id: 'ContactUse' });

export const contactPermissionsSchema = z
  .object({
    customers: z.array(
      z
        .object({
          customerId: z.uuid(),
          stopped: z
            .string()
            .nullable()
            .describe('Why nobody may contact them at all, such as that use of their data is on hold.'),
          reviewDue: z
            .enum(['never', 'due', 'overdue'])
            .nullable()
            .describe('Their preferences are to be gone through, and they may be asked; null: not now.'),
          points: z.array(
            z
              .object({
                id: z.uuid(),
                kind: z.enum(contactPointKinds),
                display: z.string().describe('As people write it.'),
                uses: z.array(useSchema),
              })
              .meta({ id: 'PermittedContactPoint' }),
          ),
        })
        .meta({ id: 'ContactPermissions' }),
    ),
  })
  .meta({ id: 'ContactPermissionsPage' });
/** @public for the browser */
export type ContactPermissions = z.infer<typeof contactPermissionsSchema>['customers'][number];
