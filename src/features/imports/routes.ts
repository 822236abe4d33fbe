import { Readable } from 'node:stream';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { BackgroundWork } from '../../platform/background-work.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { nextCursorSchema, pageQuery, readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import {
  importFilesSchema,
  importPlanSchema,
  importSchema,
  keptFileSchema,
  mappingProposalSchema,
} from './contract.ts';
import { planImport } from './plan/service.ts';
import { proposeMappingOf } from './proposal/service.ts';
import type { WatchedImport } from './service.ts';
import { listImports, readImport, rejectsCsv } from './service.ts';
import { keepUpload, startImport, startReversal, uploadBytesMax, withUploads } from './uploads/service.ts';

const tags = ['Imports'];
const access = ['imports'];
const idParams = z.object({ id: z.uuid().describe('A UUID.') });
const csv = { 'text/csv': { schema: z.any() } };

export const importRoutes: Routes = (app) => {
  // why: in a scope of its own, because every other route refuses what is not JSON.
  app.register((scope, _options, done) => {
    scope.addContentTypeParser('text/csv', (_request, payload, read) => read(null, payload));
    routeUpload(scope.withTypeProvider<ZodTypeProvider>());
    done();
  });
  const background = new BackgroundWork(app.log);
  app.addHook('onClose', () => background.stop());
  routeProposal(app);
  routePlan(app);
  routeStart(app, background);
  routeReversal(app, background);
  routeList(app);
  routeRead(app);
  routeRejects(app);
};

function routeUpload(app: RoutesApp): void {
  app.put(
    '/import-files/:id',
    {
      config: { access },
      bodyLimit: uploadBytesMax,
      schema: {
        operationId: 'uploadImportFile',
        summary: 'Upload a file to import',
        description:
          'Under a UUID of your own, so that sending it again is harmless. The bytes as they are, in UTF-8 or ' +
          'Windows-1252, at most 1 GB. Kept for a week, or until it is imported.',
        tags,
        params: idParams,
        consumes: ['text/csv'],
        body: z.any(),
        response: { 200: keptFileSchema, 201: keptFileSchema, ...problems(409, 413, 415) },
      },
    },
    async ({ context, actor, params, body }, reply) => {
      const { file, created } = await keepUpload(context, params.id, body as Readable, actor);
      reply.code(created ? 201 : 200);
      return { fileId: file.id, bytes: file.byteCount, sha256: file.sha256 };
    },
  );
}

function routeProposal(app: RoutesApp): void {
  app.post(
    '/imports::propose-mapping',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'proposeImportMapping',
        summary: 'Propose how to read a file in another layout',
        description:
          'Looks at the headers and the first rows. Have a person check the mapping before using it.',
        tags,
        body: z.strictObject({ file: z.uuid() }),
        response: { 200: mappingProposalSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }) => {
      await recordAccess(context, actor, 'import planned');
      const { mapping, notes } = await withUploads(context, { customersFile: body.file }, (request) =>
        proposeMappingOf(request.customersFile),
      );
      return { mapping, notes: [...notes] };
    },
  );
}

function routePlan(app: RoutesApp): void {
  app.post(
    '/imports::plan',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'planImport',
        summary: 'Say what an import would do, under each policy, and change nothing',
        tags,
        body: importFilesSchema,
        response: { 200: importPlanSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }) => {
      await recordAccess(context, actor, 'import planned');
      return withUploads(context, body, (request) => planImport(context, request));
    },
  );
}

function routeStart(app: RoutesApp, background: BackgroundWork): void {
  app.post(
    '/imports',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'startImport',
        summary: 'Begin an import, or go on with one that was interrupted',
        description:
          'Answers 202 once it has begun; read the import to see how far it is. The same files again change ' +
          'nothing, and answer 200. Old flags need a policy that somebody chose.',
        tags,
        body: importFilesSchema,
        response: { 200: importSchema, 202: importSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const { batch, started } = await startImport(context, body, actor, background);
      reply.code(started ? 202 : 200).header('location', `/api/v1/imports/${batch.id}`);
      return presentImport({ ...batch, atWork: started });
    },
  );
}

function routeReversal(app: RoutesApp, background: BackgroundWork): void {
  app.post(
    '/imports/:id(.+)::reverse',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'reverseImport',
        summary: 'Take an import back',
        description:
          'Permissions become what they were, by further entries of the ledger; customers it created and nobody ' +
          'touched since are removed. Answers 202 once it has begun, 200 when there is nothing left to do.',
        tags,
        params: idParams,
        response: { 200: importSchema, 202: importSchema, ...problems(404, 409) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { batch, started } = await startReversal(context, params.id, actor, background);
      reply.code(started ? 202 : 200);
      return presentImport({ ...batch, atWork: started });
    },
  );
}

function routeList(app: RoutesApp): void {
  app.get(
    '/imports',
    {
      config: { access },
      schema: {
        operationId: 'listImports',
        summary: 'Imports, newest first',
        tags,
        querystring: z.object(pageQuery),
        response: {
          200: z.object({ imports: z.array(importSchema), nextCursor: nextCursorSchema }),
          ...problems(),
        },
      },
    },
    async ({ context, query }) => {
      const before = readCursor(query.cursor, z.uuid());
      const found = await listImports(context, { before, limit: query.limit + 1 });
      const imports = found.slice(0, query.limit);
      const last = found.length > query.limit ? imports.at(-1) : undefined;
      return {
        imports: imports.map(presentImport),
        nextCursor: last === undefined ? null : writeCursor(last.id),
      };
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/imports/:id',
    {
      config: { access },
      schema: {
        operationId: 'readImport',
        summary: 'How far an import is, and what it did',
        tags,
        params: idParams,
        response: { 200: importSchema, ...problems(404) },
      },
    },
    async ({ context, params }) => presentImport(await readImport(context, params.id)),
  );
}

function routeRejects(app: RoutesApp): void {
  app.get(
    '/imports/:id/rejects',
    {
      config: { access },
      schema: {
        operationId: 'readImportRejects',
        summary: 'The rejected rows of an import, as CSV',
        description: 'File, line, column, reason and the original text, in the order of the files.',
        tags,
        params: idParams,
        response: { 200: { description: 'The rows.', content: csv }, ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { id } = await readImport(context, params.id);
      await recordAccess(context, actor, 'import rejects read');
      return reply
        .type('text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="rejects-${id}.csv"`)
        .send(Readable.from(rejectsCsv(context, id)));
    },
  );
}

function presentImport(batch: WatchedImport): z.output<typeof importSchema> {
  const { id, policyVersionId, customersDoneLine, vehiclesDoneLine, ...rest } = batch;
  return {
    ...rest,
    importId: id,
    policyVersion: policyVersionId,
    startedAt: toTimestamp(batch.startedAt),
    finishedAt: batch.finishedAt === null ? null : toTimestamp(batch.finishedAt),
    reversedAt: batch.reversedAt === null ? null : toTimestamp(batch.reversedAt),
  };
}
