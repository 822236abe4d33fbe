import { z } from 'zod';
import { policySettingsSchema } from '../../domain/policy.ts';

/** The policy in force, as the API shows it. */
export const policySchema = z
  .object({
    version: z.int(),
    settings: policySettingsSchema.meta({ id: 'PolicySettings' }),
    effectiveAt: z.iso.datetime(),
    nextEffectiveAt: z.iso.datetime().nullable().describe('When the version after this one takes effect.'),
    chosenExplicitly: z.boolean().describe('False for the policy a fresh database starts with.'),
    reason: z.string().nullable(),
    recordedAt: z.iso.datetime(),
  })
  .meta({ id: 'Policy' });

export const policyQuery = z.strictObject({
  asOf: z.iso.datetime({ offset: true }).optional().describe('The policy of then. Default now.'),
});
