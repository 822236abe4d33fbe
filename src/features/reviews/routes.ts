import { z } from 'zod';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import {
  advisersQuery,
  foundReviewsSchema,
  reviewAdvisersSchema,
  reviewPageSchema,
  reviewQuery,
  reviewSearchSchema,
} from './contract.ts';
import type { ReviewItem } from './service.ts';
import { listReviews, reviewAdvisers, searchReviews } from './service.ts';

const place = z.strictObject({ lastReviewAt: z.int().nullable(), customerId: z.uuid() });
const tags = ['Reviews'];

export const reviewRoutes: Routes = (app) => {
  routeList(app);
  routeSearch(app);
  routeAdvisers(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/reviews',
    {
      config: { access: ['reviews:read'] },
      schema: {
        operationId: 'listReviews',
        summary: 'Whose preferences are due for review',
        description: 'Page by page, the longest ago first; the first page counts them by branch.',
        tags,
        querystring: reviewQuery,
        response: { 200: reviewPageSchema, ...problems() },
      },
    },
    async ({ context, actor, query }) => {
      const { cursor, ...question } = query;
      const page = await listReviews(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'reviews listed');
      return {
        reviews: page.reviews.map(presentReview),
        counts: page.counts === null ? null : [...page.counts],
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeSearch(app: RoutesApp): void {
  app.post(
    '/reviews::search',
    {
      config: { access: ['reviews:read'], repeatable: true },
      schema: {
        operationId: 'searchReviews',
        summary: 'Those in a queue who could be meant by what is known of them',
        description: 'Needs the scope `customers:read`, too.',
        tags,
        body: reviewSearchSchema,
        response: { 200: foundReviewsSchema, ...problems(400) },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, body } = request;
      const { text, ...question } = body;
      const reviews = await searchReviews(context, question, text);
      await recordAccess(context, actor, 'reviews listed');
      return { reviews: reviews.map(presentReview) };
    },
  );
}

function routeAdvisers(app: RoutesApp): void {
  app.get(
    '/review-advisers',
    {
      config: { access: ['reviews:read'] },
      schema: {
        operationId: 'listReviewAdvisers',
        summary: 'Advisers, with how many of their customers are due for review',
        tags,
        querystring: advisersQuery,
        response: { 200: reviewAdvisersSchema, ...problems() },
      },
    },
    async ({ context, query }) => ({ advisers: [...(await reviewAdvisers(context, query.branch))] }),
  );
}

function presentReview(review: ReviewItem) {
  return {
    ...review,
    lastReviewAt: review.lastReviewAt === null ? null : toTimestamp(review.lastReviewAt),
  };
}
