import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';

/** What the API exchanges about records that look like one person. */
export const duplicateGrounds = [
  'name_and_birth_date',
  'name_and_postcode',
  'mobile',
  'landline',
  'email',
  'vehicle',
] as const;

const groundSchema = z
  .enum(duplicateGrounds)
  .describe('What the two records have in common; vehicle: the same one, kept at the same time.')
  .meta({ id: 'DuplicateGround' });

export const duplicatesQuery = z.object({
  branch: z.string().min(1).max(200).optional().describe('Code or name: either record belongs to it.'),
  ground: z.enum(duplicateGrounds).optional().describe('Only those who have this in common.'),
  ...pageQuery,
});

const recordSchema = z
  .object({
    customerId: z.uuid(),
    customerNumber: z.string(),
    title: z.string().nullable(),
    forename: z.string().nullable(),
    surname: z.string().nullable(),
    companyName: z.string().nullable(),
    branchName: z.string(),
  })
  .meta({ id: 'DuplicateRecord' });

export const duplicatePageSchema = z
  .object({
    duplicates: z.array(
      z
        .object({
          records: z.array(recordSchema).length(2),
          grounds: z.array(
            z
              .object({
                ground: groundSchema,
                weak: z.boolean().describe('A family or a company may share it, so that it says little.'),
              })
              .meta({ id: 'HeldDuplicateGround' }),
          ),
          checking: z.boolean().describe('Somebody said that they are probably the same; marketing waits.'),
        })
        .meta({ id: 'DuplicatePair' }),
    ),
    count: z
      .object({ pairs: z.int(), orMore: z.boolean() })
      .nullable()
      .describe('How many there are in all, on the first page.'),
    search: z
      .object({
        examined: z.int(),
        customers: z.int(),
        finishedAt: z.iso.datetime().nullable().describe('Null while everybody is being compared.'),
      })
      .nullable()
      .describe('How far the comparison is; null before it began.'),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'DuplicatePage' });
