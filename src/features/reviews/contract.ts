import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';

/** The queue of reviews, as the API shows it. */
const listedStatuses = ['never', 'due', 'overdue'] as const;

export const reviewQuery = z.strictObject({
  status: z.enum(listedStatuses).describe('never: not since the upgrade. overdue: past the due date.'),
  branch: z.string().min(1).max(200).optional().describe('Code or name of one branch.'),
  ...pageQuery,
});

export const reviewPageSchema = z
  .object({
    reviews: z.array(
      z
        .object({
          customerId: z.uuid(),
          customerNumber: z.string(),
          displayName: z.string().describe('Such as `Mrs Jane Holroyd`.'),
          branch: z.string().describe('The code of the branch.'),
          branchName: z.string(),
          status: z.enum(listedStatuses),
          lastReviewAt: z.iso.datetime().nullable(),
          dueOn: z.iso.date().nullable(),
          overdueDays: z
            .int()
            .nullable()
            .describe('Days since it was due, 0 on the day; null: never reviewed.'),
        })
        .meta({ id: 'Review' }),
    ),
    counts: z
      .array(
        z
          .object({
            branch: z.string().describe('The code of the branch.'),
            branchName: z.string(),
            never: z.int(),
            due: z.int(),
            overdue: z.int(),
          })
          .meta({ id: 'ReviewCounts' }),
      )
      .nullable()
      .describe('Every branch, or the one asked about; on the first page only.'),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'ReviewPage' });
