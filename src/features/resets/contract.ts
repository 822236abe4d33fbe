import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';

/** What screens, the API and the command line exchange about resets to "no permission was given". */
const count = z.int().min(0);
const keepConsent = z
  .boolean()
  .describe('Whether explicit opt-ins stay. It has to be said. Assumptions of the upgrade never stay.');

export const resetPlanRequestSchema = z.strictObject({ keepConsent }).meta({ id: 'ResetPlanRequest' });

export const resetPlanSchema = z
  .object({
    keepConsent: z.boolean(),
    records: count.describe('Customers who would be reset.'),
    assumed: count.describe('Customers whose assumption of the upgrade would end.'),
    permissions: z
      .object({ consent: count, soft_opt_in: count, legitimate_interest: count })
      .describe('Permissions that would end, by ground.'),
    consentsKept: count.describe('Permissions by consent that would stay.'),
    confirmation: z.string().describe('What has to be typed to carry it out, such as "RESET 36 RECORDS".'),
  })
  .meta({ id: 'ResetPlan' });

export const newResetSchema = z
  .strictObject({
    keepConsent,
    reason: z.string().trim().min(1).max(1_000).describe('Why, for the record. No personal data.'),
    confirmation: z.string().max(100).describe('The confirmation of the plan, letter by letter.'),
  })
  .meta({ id: 'NewReset' });

export const resetSchema = z
  .object({
    resetId: z.uuid(),
    status: z.enum(['running', 'finished', 'undoing', 'undone']),
    atWork: z
      .boolean()
      .describe('False while running or undoing: it was interrupted. Begin it again, and it goes on.'),
    keepConsent: z.boolean(),
    reason: z.string(),
    records: count.describe('Customers to be reset, as they were counted when it began.'),
    recordsReset: count.describe('So far.'),
    recordsRestored: count.describe('So far, by undoing it.'),
    requestedBy: z.string().describe('The id of the API key or member of staff.'),
    requestedByName: z.string(),
    requestedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    undoneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Reset' });

export const resetPageSchema = z
  .object({ resets: z.array(resetSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'ResetPage' });

export const resetParams = z.object({ id: z.uuid().describe('The id of the reset.') });
export const resetQuery = z.object(pageQuery);
