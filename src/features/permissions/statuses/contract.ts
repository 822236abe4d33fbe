import { z } from 'zod';
import { personStatuses } from '../../../domain/ledger-event.ts';

/** What the API exchanges about what is known of a person that stops contact. */
const personStatusSchema = z
  .enum(personStatuses)
  .describe(
    'erased: asked for erasure. deceased: reported dead. restricted: use of the data is on hold. identity_unresolved: ' +
      'perhaps the same person as another record. care_hold: a care note stops marketing.',
  )
  .meta({ id: 'PersonStatus' });

export const statusChangeSchema = z
  .strictObject({
    status: personStatusSchema,
    value: z.boolean().describe('True: it is so from now on. False: it is not, or no longer.'),
    note: z
      .string()
      .min(1)
      .max(2_000)
      .optional()
      .describe('Who told us, and how; kept apart from the ledger and erasable. No medical detail.'),
  })
  .meta({ id: 'PersonStatusChange', examples: [{ status: 'deceased', value: true }] });
export type StatusChange = z.infer<typeof statusChangeSchema>;

export const statusesSchema = z
  .object({
    customerId: z.uuid(),
    statuses: z.array(
      z.object({ status: personStatusSchema, since: z.iso.datetime() }).meta({ id: 'HeldPersonStatus' }),
    ),
  })
  .meta({ id: 'PersonStatuses' });
