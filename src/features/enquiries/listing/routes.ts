import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import type { enquirySummarySchema } from '../contract.ts';
import { enquiryBoardQuery, enquiryBoardSchema, enquiryListQuery, enquiryPageSchema } from './contract.ts';
import type { EnquirySummary } from './service.ts';
import { boardOf, listEnquiries } from './service.ts';

const place = z.union([
  z.strictObject({ on: z.iso.date(), id: z.uuid() }),
  z.strictObject({ closedAt: z.int(), id: z.uuid() }),
]);

export const enquiryListRoutes: Routes = (app) => {
  routeList(app);
  routeBoard(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/enquiries',
    {
      config: { access: ['enquiries:read'] },
      schema: {
        operationId: 'listEnquiries',
        summary: 'Sales enquiries, overdue actions first',
        description: 'Page by page; the first page counts them. Closed ones come the latest first.',
        tags: ['Enquiries'],
        querystring: enquiryListQuery,
        response: { 200: enquiryPageSchema, ...problems() },
      },
    },
    async ({ context, actor, query }) => {
      const { cursor, ...question } = query;
      const page = await listEnquiries(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'enquiries listed');
      return {
        enquiries: page.enquiries.map(presentSummary),
        counts: page.counts,
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeBoard(app: RoutesApp): void {
  app.get(
    '/enquiry-board',
    {
      config: { access: ['enquiries:read'] },
      schema: {
        operationId: 'readEnquiryBoard',
        summary: 'Sales enquiries by stage',
        description: 'Every stage with how many there are and the first of them, overdue actions first.',
        tags: ['Enquiries'],
        querystring: enquiryBoardQuery,
        response: { 200: enquiryBoardSchema, ...problems() },
      },
    },
    async ({ context, actor, query }) => {
      const { columns, closedSinceOn } = await boardOf(context, query);
      await recordAccess(context, actor, 'enquiries listed');
      return {
        columns: columns.map((column) => ({ ...column, enquiries: column.enquiries.map(presentSummary) })),
        closedSinceOn,
      };
    },
  );
}

function presentSummary({
  openedAt,
  closedAt,
  ...enquiry
}: EnquirySummary): z.input<typeof enquirySummarySchema> {
  return {
    ...enquiry,
    openedAt: toTimestamp(openedAt),
    closedAt: closedAt === null ? null : toTimestamp(closedAt),
  };
}
