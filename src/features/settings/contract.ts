import { z } from 'zod';
import { givenInstant } from '../../domain/given-time.ts';
import { policySettingsSchema } from '../../domain/policy.ts';

const settingsSchema = policySettingsSchema.meta({ id: 'PolicySettings' });

/** The policy in force, as the API shows it. */
export const policySchema = z
  .object({
    version: z.int(),
    settings: settingsSchema,
    effectiveAt: z.iso.datetime(),
    nextEffectiveAt: z.iso.datetime().nullable().describe('When the version after this one takes effect.'),
    chosenExplicitly: z.boolean().describe('False for the policy a fresh database starts with.'),
    reason: z.string().nullable(),
    recordedAt: z.iso.datetime(),
  })
  .meta({ id: 'Policy' });

export const policyQuery = z.strictObject({
  asOf: givenInstant.optional().describe('The policy of then. Default now.'),
});

export const policyChangeSchema = z
  .strictObject({
    settings: policySettingsSchema
      .partial()
      .meta({ id: 'ChangedPolicySettings' })
      .describe('Those that change; the others stay as they are.'),
    effectiveAt: givenInstant.optional().describe('When it takes effect, never in the past. Default now.'),
    reason: z.string().trim().min(1).max(1_000).describe('Why, for the record.'),
    warningAcceptedBy: z
      .string()
      .trim()
      .max(200)
      .optional()
      .describe('assume_legitimate_interest: the full name of the person who accepts its warning.'),
  })
  .meta({ id: 'PolicyChange' });

const policyVersionSchema = policySchema
  .extend({
    inForce: z.boolean().describe('True for the version that decides now.'),
    recordedBy: z.string().describe('The id of the API key or member of staff, or what made it.'),
    recordedByName: z.string().nullable().describe('Who chose it; needs the scope `policy:write`.'),
    warningAcceptedBy: z
      .string()
      .nullable()
      .describe('Who accepted the warning of assume_legitimate_interest; needs the scope `policy:write`.'),
  })
  .meta({ id: 'PolicyVersion' });

export const policyVersionsSchema = z
  .object({ versions: z.array(policyVersionSchema).describe('Newest first.') })
  .meta({ id: 'PolicyVersions' });
