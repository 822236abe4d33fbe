import { z } from 'zod';
import { InvalidError } from '../../platform/application-error.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { csvAnswer, sendCsv } from '../../platform/http-csv.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import {
  exportParams,
  exportRecordSchema,
  exportReportSchema,
  exportRequestSchema,
  selectedPageSchema,
  selectionCountSchema,
  selectionListSchema,
} from './answers/contract.ts';
import type { ExportReport, LeftOut, SelectionWarning } from './contract.ts';
import { selectionSchema } from './contract.ts';
import { readExport } from './export/service.ts';
import type { ExportPart } from './fetching/service.ts';
import { fetchExport, prepareExport, storeExport } from './fetching/service.ts';
import { countSelection, listSelection } from './service.ts';

const selections = ['Selections'];
const exports = ['Exports'];

export const mailshotRoutes: Routes = (app) => {
  routeCount(app);
  routeList(app);
  routeExport(app);
  routeRecord(app);
  routeFile(app, '/exports/:id/list', 'list');
  routeFile(app, '/exports/:id/left-out', 'left_out');
};

function routeCount(app: RoutesApp): void {
  app.post(
    '/selections::count',
    {
      config: { access: ['selections'], repeatable: true },
      schema: {
        operationId: 'countSelection',
        summary: 'How many match, how many may be contacted, and why the others not',
        description:
          'Counts people. Contact hours and the content of a message are for the moment of sending; the ' +
          'frequency cap is applied here.',
        tags: selections,
        body: selectionSchema,
        response: { 200: selectionCountSchema, ...problems(400) },
      },
    },
    async ({ context, body }) => {
      const count = await countSelection(context, body);
      return { ...count, ...presentCounted(count), asOf: toTimestamp(count.asOf) };
    },
  );
}

function routeList(app: RoutesApp): void {
  app.post(
    '/selections::list',
    {
      config: { access: ['selections'], repeatable: true },
      schema: {
        operationId: 'listSelection',
        summary: 'The people behind one figure of a count',
        description:
          'Page by page, in the order of their ids. Because it shows who they are, it needs the scope ' +
          '`customers:read` as well.',
        tags: selections,
        body: selectionListSchema,
        response: { 200: selectedPageSchema, ...problems(400) },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, body } = request;
      const after = readCursor(body.cursor, z.uuid());
      const page = await inSelection(() =>
        listSelection(context, body.selection, body.part, { actor, after, limit: body.limit }),
      );
      return {
        people: page.people.map((person) => ({
          ...person,
          reasons: [...person.reasons],
          sentences: [...person.sentences],
          warnings: [...person.warnings],
        })),
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeExport(app: RoutesApp): void {
  app.post(
    '/selections::export',
    {
      config: { access: ['exports'] },
      preHandler: ({ context }) => prepareExport(context),
      schema: {
        operationId: 'exportSelection',
        summary: 'Make the list of everybody who may be contacted now',
        description:
          'Everybody is decided again at this moment, and whoever is on the list counts as contacted for the ' +
          'frequency cap. The list can be fetched for an hour; its record stays.',
        tags: exports,
        body: exportRequestSchema,
        response: { 201: exportReportSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const { selection, columns, leftOut, countedAt } = body;
      const report = await inSelection(() =>
        storeExport(context, selection, {
          columns,
          leftOut,
          actor,
          ...(countedAt === undefined ? {} : { countedAt: Date.parse(countedAt) }),
        }),
      );
      const url = `/api/v1/exports/${report.exportId}`;
      reply.code(201).header('location', url);
      return {
        ...presentReport(report),
        leftOutList: leftOut ? `${url}/left-out` : null,
        list: `${url}/list`,
      };
    },
  );
}

function routeRecord(app: RoutesApp): void {
  app.get(
    '/exports/:id',
    {
      config: { access: ['exports'] },
      schema: {
        operationId: 'readExport',
        summary: 'The record of an export',
        tags: exports,
        params: exportParams,
        response: { 200: exportRecordSchema, ...problems(404) },
      },
    },
    async ({ context, params }) => {
      const record = await readExport(context, params.id);
      return {
        exportId: record.id,
        exportedAt: toTimestamp(record.exportedAt),
        exportedBy: record.exportedBy,
        channel: record.channel,
        category: record.category,
        selection: record.criteria,
        columns: [...record.columns],
        rows: record.rowCount,
        leftOut: record.leftOut.map(({ reasons, people }) => ({ reasons: [...reasons], people })),
        sha256: record.sha256,
        policyVersion: record.policyVersionId,
      };
    },
  );
}

function routeFile(app: RoutesApp, url: string, part: ExportPart): void {
  const isList = part === 'list';
  app.get(
    url,
    {
      config: { access: ['exports'] },
      schema: {
        operationId: isList ? 'fetchList' : 'fetchLeftOut',
        summary: isList ? 'The list of an export, as CSV' : 'Who was left out of an export, and why, as CSV',
        description: 'Can be fetched for an hour after the export.',
        tags: exports,
        params: exportParams,
        response: { ...csvAnswer, ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { file, byteCount } = await fetchExport(context, params.id, part, actor);
      const name = isList ? `list-${params.id}.csv` : `left-out-${params.id}.csv`;
      return sendCsv(reply, name, file.read(), byteCount);
    },
  );
}

/** A fault in the criteria is told by where they stand in a request that holds a selection among other things. */
async function inSelection<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidError) || error.field !== 'criteria') throw error;
    throw new InvalidError(error.message, { code: error.code, field: 'selection.criteria', cause: error });
  }
}

interface Counted {
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly SelectionWarning[];
}

function presentCounted({ leftOut, warnings }: Counted) {
  return { leftOut: leftOut.map(presentLeftOut), warnings: warnings.map((warning) => ({ ...warning })) };
}

function presentLeftOut({ reasons, sentences, people }: LeftOut) {
  return { reasons: [...reasons], sentences: [...sentences], people };
}

function presentReport(report: ExportReport & { readonly fetchableUntil: number }) {
  return {
    ...report,
    ...presentCounted(report),
    droppedOut: report.droppedOut.map(presentLeftOut),
    exportedAt: toTimestamp(report.exportedAt),
    fetchableUntil: toTimestamp(report.fetchableUntil),
  };
}
