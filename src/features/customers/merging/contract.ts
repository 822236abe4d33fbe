import { z } from 'zod';
import { mergeDetails } from '../../../domain/merge-choices.ts';
import { categories, channels } from '../../../domain/vocabulary.ts';
import { customerReference } from '../contract.ts';

/** What the API exchanges about making two records of one person one. */
const side = z.enum(['survivor', 'absorbed']).describe('survivor: the record that stays.');

const choicesSchema = z
  .strictObject({
    name: side.optional(),
    company: side.optional(),
    kind: side.optional(),
    birthOn: side.optional(),
    branch: side.optional(),
  })
  .meta({ id: 'MergeChoices' });

export const mergeSchema = z
  .strictObject({
    absorbed: customerReference.describe('The record that becomes part of this one: id or `no:` number.'),
    choices: choicesSchema
      .optional()
      .describe('From which record each detail is taken; what is left out is taken as `details` suggests.'),
    leaveOut: z
      .array(z.uuid())
      .max(200)
      .optional()
      .describe(
        'Numbers and addresses of either record that are not in use afterwards; they stay as history.',
      ),
    dryRun: z.boolean().default(true).describe('Says what would follow and changes nothing.'),
  })
  .meta({ id: 'CustomerMerge', examples: [{ absorbed: 'no:12346', dryRun: true }] });

const cellFields = {
  channel: z.enum(channels),
  survivorAllowed: z.boolean(),
  absorbedAllowed: z.boolean(),
  mergedAllowed: z.boolean(),
  survivorReasons: z.array(z.string()),
  absorbedReasons: z.array(z.string()),
  reasons: z.array(z.string()).describe('Why the merged record may or may not be contacted.'),
};

export const mergeOutcomeSchema = z
  .object({
    survivorId: z.uuid(),
    absorbedId: z.uuid(),
    dryRun: z.boolean(),
    contactPointsMoved: z.int(),
    vehiclesMoved: z.int(),
    details: z.array(
      z
        .object({
          detail: z.enum(mergeDetails),
          survivor: z.string().nullable(),
          absorbed: z.string().nullable(),
          chosen: side,
          because: z.string().describe('Why the suggested side is suggested.'),
          mayChoose: z
            .boolean()
            .describe('False where the other side would make more permitted, or says the same.'),
        })
        .meta({ id: 'MergeDetail' }),
    ),
    cells: z.array(z.object({ ...cellFields, category: z.enum(categories) }).meta({ id: 'MergedCell' })),
    vehicles: z
      .array(
        z
          .object({
            vehicleId: z.uuid(),
            name: z.string(),
            cells: z.array(z.object(cellFields).meta({ id: 'MergedVehicleCell' })),
          })
          .meta({ id: 'MergedVehicle' }),
      )
      .describe('Service follow-up about each vehicle; all of them come over.'),
    conflicts: z
      .array(z.string())
      .describe('Where one record says yes and the other no, or a yes is lost, in words.'),
  })
  .meta({ id: 'MergeOutcome' });
