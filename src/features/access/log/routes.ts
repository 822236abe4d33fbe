import { z } from 'zod';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { csvAnswer, sendCsv } from '../../../platform/http-csv.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import { accessActorsSchema, accessExportQuery, accessPageSchema, accessQuery } from './contract.ts';
import { exportAccesses, listAccessActors, listAccesses } from './service.ts';

const tags = ['Access log'];
const place = z.strictObject({ at: z.int(), id: z.int() });

export const accessRoutes: Routes = (app) => {
  routeList(app);
  routeExport(app);
  routeActors(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/accesses',
    {
      config: { access: ['accesses:read'] },
      schema: {
        operationId: 'listAccesses',
        summary: 'Who looked at whose data, and when',
        description: 'The newest first, page by page. Reading this log is itself an entry of it.',
        tags,
        querystring: accessQuery,
        response: { 200: accessPageSchema, ...problems(404) },
      },
    },
    async ({ context, actor, query: { cursor, limit, ...question } }) => {
      const after = readCursor(cursor, place);
      const { accesses, next } = await listAccesses(context, question, { after, limit }, actor);
      return { accesses, nextCursor: next === null ? null : writeCursor(next) };
    },
  );
}

function routeExport(app: RoutesApp): void {
  app.get(
    '/accesses::export',
    {
      config: { access: ['accesses:read'] },
      schema: {
        operationId: 'exportAccesses',
        summary: 'Who looked at whose data, and when, as CSV',
        description:
          'All lines that were asked for, the newest first. That it was fetched is an entry of the log.',
        tags,
        querystring: accessExportQuery,
        response: { ...csvAnswer, ...problems(404) },
      },
    },
    async ({ context, actor, query }, reply) =>
      sendCsv(reply, 'access-log.csv', await exportAccesses(context, query, actor)),
  );
}

function routeActors(app: RoutesApp): void {
  app.get(
    '/access-actors',
    {
      config: { access: ['accesses:read'] },
      schema: {
        operationId: 'listAccessActors',
        summary: 'Who can be asked for in the access log',
        tags,
        response: { 200: accessActorsSchema, ...problems() },
      },
    },
    async ({ context }) => listAccessActors(context),
  );
}
