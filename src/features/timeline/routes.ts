import { z } from 'zod';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import { customerParams } from '../customers/contract.ts';
import { customerIdOf } from '../customers/service.ts';
import { timelineQuery, timelineSchema } from './contract.ts';
import { timelineOf } from './service.ts';

const place = z.strictObject({ at: z.int(), id: z.string().max(200) });

export const timelineRoutes: Routes = (app) => {
  app.get(
    '/customers/:id/timeline',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'readTimeline',
        summary: 'What happened with a customer, in words',
        description:
          'The newest first, page by page: every permission event, status and register, every list they were on, their numbers, ' +
          'vehicles, appointments, enquiries, notes and tasks. Needs the scope `customers:read`, too.',
        tags: ['Preferences'],
        params: customerParams,
        querystring: timelineQuery,
        response: { 200: timelineSchema, ...problems(404) },
      },
    },
    async (request) => {
      const { context, actor, params, query } = request;
      requireScope(request, ['customers:read']);
      const id = await customerIdOf(context, params.id);
      const after = readCursor(query.cursor, place);
      const page = await timelineOf(context, id, { kind: query.kind ?? null, after, limit: query.limit });
      await recordAccess(context, actor, 'timeline read', id);
      return {
        entries: page.entries.map(({ at, ...entry }) => ({
          ...entry,
          at: at === null ? null : toTimestamp(at),
        })),
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
};
