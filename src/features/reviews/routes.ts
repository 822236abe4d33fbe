import { z } from 'zod';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes } from '../../platform/http.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import { reviewPageSchema, reviewQuery } from './contract.ts';
import { listReviews } from './service.ts';

const place = z.strictObject({ lastReviewAt: z.int().nullable(), customerId: z.uuid() });

export const reviewRoutes: Routes = (app) => {
  app.get(
    '/reviews',
    {
      config: { access: ['reviews:read'] },
      schema: {
        operationId: 'listReviews',
        summary: 'Whose preferences are due for review',
        description: 'Page by page, the longest ago first; the first page counts them by branch.',
        tags: ['Reviews'],
        querystring: reviewQuery,
        response: { 200: reviewPageSchema, ...problems() },
      },
    },
    async ({ context, actor, query }) => {
      const { cursor, ...question } = query;
      const page = await listReviews(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'reviews listed');
      return {
        reviews: page.reviews.map((review) => ({
          ...review,
          lastReviewAt: review.lastReviewAt === null ? null : toTimestamp(review.lastReviewAt),
        })),
        counts: page.counts === null ? null : [...page.counts],
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
};
