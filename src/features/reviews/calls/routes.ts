import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccessToEach } from '../../access/service.ts';
import { refreshStanding } from '../../standing/service.ts';
import { callListReportSchema, callListSchema, callPageSchema, callQuery } from './contract.ts';
import { handOutCalls, listCalls } from './service.ts';

const place = z.strictObject({ lastReviewAt: z.int().nullable(), customerId: z.uuid() });
const tags = ['Reviews'];

export const reviewCallRoutes: Routes = (app) => {
  routeCalls(app);
  routeHandOut(app);
};

function routeCalls(app: RoutesApp): void {
  app.get(
    '/review-calls',
    {
      config: { access: ['reviews:read'] },
      schema: {
        operationId: 'listReviewCalls',
        summary: 'Whom of a queue we may phone to ask',
        description:
          'A call that asks for permission is itself marketing: each is decided as one, now. Needs the scopes ' +
          '`customers:read` and `permissions:read`, too; each customer shown is on record as looked at.',
        tags,
        querystring: callQuery,
        response: { 200: callPageSchema, ...problems() },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      requireScope(request, ['permissions:read']);
      const { context, actor, query } = request;
      const { cursor, limit, ...question } = query;
      await refreshStanding(context);
      const page = await listCalls(context, question, readCursor(cursor, place), limit);
      const shown = page.calls.map(({ review }) => review.customerId);
      await recordAccessToEach(context, actor, 'call list looked at', shown);
      return {
        calls: page.calls.map(({ review, warnings, vehicles, ...call }) => ({
          ...call,
          customerId: review.customerId,
          customerNumber: review.customerNumber,
          displayName: review.displayName,
          branchName: review.branchName,
          adviser: review.adviser,
          lastReviewAt: review.lastReviewAt === null ? null : toTimestamp(review.lastReviewAt),
          dueOn: review.dueOn,
          warnings: [...warnings],
          vehicles: [...vehicles],
        })),
        hours: { open: page.hours.open, changesAt: toTimestamp(page.hours.until) },
        overdueBlocks: page.overdueBlocks,
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeHandOut(app: RoutesApp): void {
  app.post(
    '/review-calls::export',
    {
      config: { access: ['exports'] },
      preHandler: async ({ context }) => {
        await refreshStanding(context);
      },
      schema: {
        operationId: 'exportReviewCalls',
        summary: 'Make the list of those who may be phoned now, to be printed or fetched',
        description:
          'The first 500 of the queue. Each is decided again at this moment and counts as contacted for the frequency ' +
          'cap. The list can be fetched for an hour as that of any export; its record stays.',
        tags,
        body: callListSchema,
        response: { 201: callListReportSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const report = await handOutCalls(context, body, actor);
      const url = `/api/v1/exports/${report.exportId}`;
      reply.code(201).header('location', url);
      return { ...report, list: `${url}/list` };
    },
  );
}
