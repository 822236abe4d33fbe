import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { outcomePageSchema, outcomeQuery } from './contract.ts';
import { reviewOutcomesOf } from './service.ts';

const place = z.strictObject({ at: z.int(), customerId: z.uuid(), sequence: z.int() });

export const reviewOutcomeRoutes: Routes = (app) => {
  app.get(
    '/review-outcomes',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'listReviewOutcomes',
        summary: 'What came of reviews, by branch and adviser, and how often nobody was asked',
        description:
          'Page by page, the newest first; the first page counts. Needs the scope `customers:read`, too.',
        tags: ['Reviews'],
        querystring: outcomeQuery,
        response: { 200: outcomePageSchema, ...problems() },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, query } = request;
      const { cursor, ...question } = query;
      const page = await reviewOutcomesOf(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'review outcomes looked at');
      const { next, tallies, reasons, outcomes, ...days } = page;
      return {
        ...days,
        tallies: tallies === null ? null : tallies.map((tally) => ({ ...tally })),
        reasons: reasons === null ? null : reasons.map((reason) => ({ ...reason })),
        outcomes: outcomes.map((outcome) => ({ ...outcome, at: toTimestamp(outcome.at) })),
        nextCursor: next === null ? null : writeCursor(next),
      };
    },
  );
};
