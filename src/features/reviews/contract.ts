import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';

/** The queue of reviews, as the API shows it. */
const queues = ['never', 'due', 'this_week', 'overdue'] as const;
const listedStatuses = ['never', 'due', 'in_date', 'overdue'] as const;

const adviserQuery = z
  .union([z.uuid().toLowerCase(), z.literal('nobody')])
  .optional()
  .describe(
    'Whose customers: the adviser of their next appointment, else of their latest one, else whoever owns their open ' +
      'enquiry. nobody: those of no adviser.',
  );

export const branchQuery = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Code or name of one branch; every branch where it is left out.');

const queueFields = {
  status: z
    .enum(queues)
    .describe(
      'never: not since the upgrade. due: today. this_week: from today until Sunday. overdue: past the due date.',
    ),
  branch: branchQuery,
  adviser: adviserQuery,
};

export const reviewQuery = z.strictObject({
  ...queueFields,
  ...pageQuery,
});

export const reviewSearchSchema = z
  .strictObject({
    ...queueFields,
    text: z.string().trim().min(1).max(200).describe('What is known of them, as in the search of customers.'),
  })
  .meta({ id: 'ReviewSearch' });

const reviewSchema = z
  .object({
    customerId: z.uuid(),
    customerNumber: z.string(),
    displayName: z.string().describe('Such as `Mrs Jane Holroyd`.'),
    branch: z.string().describe('The code of the branch.'),
    branchName: z.string(),
    adviser: z.string().nullable().describe('Whose customer it is, by name; null: nobody’s.'),
    status: z.enum(listedStatuses),
    lastReviewAt: z.iso.datetime().nullable(),
    dueOn: z.iso.date().nullable(),
    overdueDays: z
      .int()
      .nullable()
      .describe('Days since it was due, 0 on the day; null: not due yet, or never reviewed.'),
  })
  .meta({ id: 'Review' });

const reviewCountsSchema = z
  .object({
    branch: z.string().describe('The code of the branch.'),
    branchName: z.string(),
    never: z.int(),
    due: z.int(),
    thisWeek: z.int().describe('From today until Sunday.'),
    overdue: z.int(),
  })
  .meta({ id: 'ReviewCounts' });

export const reviewPageSchema = z
  .object({
    reviews: z.array(reviewSchema),
    counts: z
      .array(reviewCountsSchema)
      .nullable()
      .describe('Every branch, or the one asked about; on the first page only.'),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'ReviewPage' });

export const foundReviewsSchema = z
  .object({ reviews: z.array(reviewSchema).describe('Of the nearest fifty customers.') })
  .meta({ id: 'FoundReviews' });

export const advisersQuery = z.strictObject({ branch: branchQuery });

export const reviewAdvisersSchema = z
  .object({
    advisers: z.array(
      z
        .object({
          id: z.uuid(),
          fullName: z.string(),
          never: z.int(),
          due: z.int(),
          thisWeek: z.int(),
          overdue: z.int(),
        })
        .meta({ id: 'ReviewAdviser' }),
    ),
  })
  .meta({ id: 'ReviewAdvisers' });
