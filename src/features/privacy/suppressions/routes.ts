import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import {
  newSuppressionSchema,
  suppressionChangeSchema,
  suppressionPageSchema,
  suppressionQuery,
  suppressionRemovalSchema,
} from './contract.ts';
import { addSuppression, listSuppressions, removeSuppression } from './service.ts';

const tags = ['Registers'];
const cursorSchema = z.object({ recordedAt: z.int(), contactHash: z.string().regex(/^[0-9a-f]{64}$/) });

export const suppressionRoutes: Routes = (app) => {
  routeList(app);
  routeAdd(app);
  routeRemove(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/suppressions',
    {
      config: { access: ['registers:read'] },
      schema: {
        operationId: 'listSuppressions',
        summary: 'The do-not-contact list, the newest entry first',
        description: 'Keyed hashes with reason and date: nobody can be recognised in it.',
        tags,
        querystring: suppressionQuery,
        response: { 200: suppressionPageSchema, ...problems() },
      },
    },
    async ({ context, query }) => {
      const after = readCursor(query.cursor, cursorSchema);
      const found = await listSuppressions(context, { after, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return {
        suppressions: page.map(({ contactHash, suppressedAt, recordedAt, removedAt, ...row }) => ({
          ...row,
          contactHash: contactHash.toString('hex'),
          suppressedAt: toTimestamp(suppressedAt),
          recordedAt: toTimestamp(recordedAt),
          removedAt: removedAt === null ? null : toTimestamp(removedAt),
        })),
        nextCursor:
          last === undefined
            ? null
            : writeCursor({ recordedAt: last.recordedAt, contactHash: last.contactHash.toString('hex') }),
      };
    },
  );
}

function routeAdd(app: RoutesApp): void {
  app.post(
    '/suppressions',
    {
      config: { access: ['permissions:write', 'registers:write'] },
      schema: {
        operationId: 'addSuppression',
        summary: 'Put a number or address on the do-not-contact list',
        description:
          'Or all of a customer. It takes effect before the answer, for everybody who has it, and outlives their record.',
        tags,
        body: newSuppressionSchema,
        response: { 201: suppressionChangeSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const change = await addSuppression(context, body, actor);
      reply.code(201);
      return change;
    },
  );
}

function routeRemove(app: RoutesApp): void {
  app.post(
    '/suppressions::remove',
    {
      config: { access: ['registers:write'] },
      schema: {
        operationId: 'removeSuppression',
        summary: 'Take off the do-not-contact list what does not belong there',
        description:
          'The entry stays on record with the reason. Whoever changed their mind is not taken off: their consent is ' +
          'recorded, and lifts the entry.',
        tags,
        body: suppressionRemovalSchema,
        response: { 200: suppressionChangeSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, body }) => removeSuppression(context, body, actor),
  );
}
