import { z } from 'zod';
import { BackgroundWork } from '../../platform/background-work.ts';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { csvAnswer, sendCsv } from '../../platform/http-csv.ts';
import { nextCursorSchema, pageQuery, readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { LimitedPlaces } from '../../platform/limited-places.ts';
import { signalOfLeaving } from '../../platform/request-body.ts';
import { recordAccess } from '../access/service.ts';
import { actorNames } from '../users/service.ts';
import { importFilesSchema, importPlanSchema, importSchema, mappingProposalSchema } from './contract.ts';
import { planImport } from './plan/service.ts';
import { proposeMappingOf } from './proposal/service.ts';
import type { WatchedImport } from './service.ts';
import { listImports, readImport, rejectsCsv } from './service.ts';
import { uploadRoutes } from './uploads/routes.ts';
import { openUpload, openUploads, resumeImport, startImport, startReversal } from './uploads/service.ts';

const tags = ['Imports'];
const access = ['imports'];
const idParams = z.object({ id: z.uuid().describe('The id of the import.') });
/** Each looks through whole files, for minutes where they are large, and holds a connection to the database. */
const filesReadAtOnce = 2;

export const importRoutes: Routes = (app) => {
  const background = new BackgroundWork(app.log);
  // why: before the requests under way are waited for, because some of them would take long.
  app.addHook('preClose', () => background.stop());
  uploadRoutes(app, background.signal);
  const readers = new LimitedPlaces(filesReadAtOnce, {
    sentence: `${filesReadAtOnce} files are being looked through already: wait until one of them is done.`,
    code: 'plans-running',
  });
  routeProposal(app, readers);
  routePlan(app, readers, background);
  routeStart(app, background);
  routeResumption(app, background);
  routeReversal(app, background);
  routeList(app);
  routeRead(app);
  routeRejects(app);
};

function routeProposal(app: RoutesApp, readers: LimitedPlaces): void {
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
        body: z.strictObject({ file: z.uuid().describe('The id under which it was uploaded.') }),
        response: { 200: mappingProposalSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }) => {
      const file = await openUpload(context, body.file, 'file');
      await recordAccess(context, actor, 'import file looked at', null, { fileId: body.file });
      const { mapping, recognised, samples, notes } = await readers.take(() => proposeMappingOf(file));
      return {
        mapping,
        recognised,
        samples: samples.map(({ column, values }) => ({ column, values: [...values] })),
        notes: [...notes],
      };
    },
  );
}

function routePlan(app: RoutesApp, readers: LimitedPlaces, background: BackgroundWork): void {
  app.post(
    '/imports::plan',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'planImport',
        summary: 'Say what an import would do, under each policy, and change nothing',
        description: 'The answer takes as long as reading the files does: minutes for a million rows.',
        tags,
        body: importFilesSchema,
        response: { 200: importPlanSchema, ...problems(400, 503) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const signal = AbortSignal.any([background.signal, signalOfLeaving(reply)]);
      const request = await openUploads(context, body);
      const { customersFile, vehiclesFile = null } = body;
      await recordAccess(context, actor, 'import planned', null, { customersFile, vehiclesFile });
      return readers.take(() => planImport(context, request, { signal }));
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
          'Answers 202 once it is at work; read the import to see how far it is. Files that were imported ' +
          'before change nothing, and answer 200. Old flags need a policy that somebody chose.',
        tags,
        body: importFilesSchema,
        response: { 200: importSchema, 202: importSchema, ...problems(400, 409, 503) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const { batch, atWork } = await startImport(context, body, actor, background);
      reply.code(atWork ? 202 : 200).header('location', `/api/v1/imports/${batch.id}`);
      return presentImport(context, { ...batch, atWork });
    },
  );
}

function routeResumption(app: RoutesApp, background: BackgroundWork): void {
  app.post(
    '/imports/:id(.+)::resume',
    {
      config: { access, repeatable: true },
      schema: {
        operationId: 'resumeImport',
        summary: 'Go on with an import that was interrupted',
        description:
          'From the uploaded files, which are kept for a week. Answers 202 once it is at work, 200 when there ' +
          'is nothing left to do.',
        tags,
        params: idParams,
        response: { 200: importSchema, 202: importSchema, ...problems(404, 409, 503) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { batch, atWork } = await resumeImport(context, params.id, actor, background);
      reply.code(atWork ? 202 : 200);
      return presentImport(context, { ...batch, atWork });
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
          'touched since are removed. Answers 202 once it is at work, 200 when there is nothing left to do.',
        tags,
        params: idParams,
        response: { 200: importSchema, 202: importSchema, ...problems(404, 409, 503) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { batch, atWork } = await startReversal(context, params.id, actor, background);
      reply.code(atWork ? 202 : 200);
      return presentImport(context, { ...batch, atWork });
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
        imports: await presentImports(context, imports),
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
    async ({ context, params }) => presentImport(context, await readImport(context, params.id)),
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
        response: { ...csvAnswer, ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { id } = await readImport(context, params.id);
      await recordAccess(context, actor, 'import rejects read', null, { importId: id });
      return sendCsv(reply, `rejects-${id}.csv`, rejectsCsv(context, id));
    },
  );
}

type PresentedImport = z.output<typeof importSchema>;

async function presentImport(context: Context, batch: WatchedImport): Promise<PresentedImport> {
  const [presented] = await presentImports(context, [batch]);
  if (presented === undefined) throw new Error('An import was read but not presented.');
  return presented;
}

async function presentImports(
  context: Context,
  batches: readonly WatchedImport[],
): Promise<PresentedImport[]> {
  const names = await actorNames(
    context,
    batches.map(({ startedBy }) => startedBy),
  );
  return batches.map((batch) => presentNamed(batch, names.get(batch.startedBy) ?? batch.startedBy));
}

function presentNamed(batch: WatchedImport, startedByName: string): PresentedImport {
  const { id, policyVersionId, customersDoneLine, vehiclesDoneLine, ...rest } = batch;
  return {
    ...rest,
    importId: id,
    startedByName,
    policyVersion: policyVersionId,
    startedAt: toTimestamp(batch.startedAt),
    finishedAt: batch.finishedAt === null ? null : toTimestamp(batch.finishedAt),
    reversedAt: batch.reversedAt === null ? null : toTimestamp(batch.reversedAt),
  };
}
