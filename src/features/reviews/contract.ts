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
          branch: z.string(),
          status: z.enum(listedStatuses),
          lastReviewAt: z.iso.datetime().nullable(),
          dueOn: z.iso.date().nullable(),
        })
        .meta({ id: 'Review' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'ReviewPage' });
