import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes } from '../../../platform/http.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccessToEach } from '../../access/service.ts';
import { duplicateGrounds, duplicatePageSchema, duplicatesQuery } from './contract.ts';
import type { DuplicatePage } from './service.ts';
import { listDuplicates } from './service.ts';

const place = z.strictObject({ rank: z.int().min(-1).max(100), lowId: z.uuid(), highId: z.uuid() });

export const duplicateRoutes: Routes = (app) => {
  app.get(
    '/duplicates',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'listDuplicates',
        summary: 'Records that look like one person',
        description:
          'Page by page, the likeliest first; the first page counts them, up to 10,000. Everybody is compared in the ' +
          'background: `search` says how far that is.',
        tags: ['Customers'],
        querystring: duplicatesQuery,
        response: { 200: duplicatePageSchema, ...problems(404) },
      },
    },
    async ({ context, actor, query }) => {
      const { branch = null, ground = null, limit, cursor } = query;
      const page = await listDuplicates(context, { branch, ground, limit, after: readCursor(cursor, place) });
      const shown = page.pairs.flatMap(({ lowId, highId }) => [lowId, highId]);
      await recordAccessToEach(context, actor, 'duplicates shown', shown);
      return present(page);
    },
  );
};

function present({ pairs, count, search, next }: DuplicatePage): z.input<typeof duplicatePageSchema> {
  return {
    duplicates: pairs.map(({ records, grounds, weakGrounds, checking }) => ({
      records,
      grounds: duplicateGrounds
        .filter((ground) => grounds.includes(ground))
        .map((ground) => ({ ground, weak: weakGrounds.includes(ground) })),
      checking,
    })),
    count,
    search:
      search === null
        ? null
        : {
            examined: search.examined,
            customers: search.customers,
            finishedAt: search.finishedAt === null ? null : toTimestamp(search.finishedAt),
          },
    nextCursor: next === null ? null : writeCursor(next),
  };
}
