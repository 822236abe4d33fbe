import { z } from 'zod';
import { BackgroundWork } from '../../platform/background-work.ts';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { actorNames } from '../users/service.ts';
import {
  newResetSchema,
  resetPageSchema,
  resetParams,
  resetPlanRequestSchema,
  resetPlanSchema,
  resetQuery,
  resetSchema,
} from './contract.ts';
import type { WatchedReset } from './following/service.ts';
import { listResets, readReset, startReset, startUndoing } from './following/service.ts';
import { planReset, resetConfirmation } from './service.ts';

const tags = ['Resets'];

export const resetRoutes: Routes = (app) => {
  const background = new BackgroundWork(app.log);
  // why: before the requests under way are waited for, because some of them would take long.
  app.addHook('preClose', () => background.stop());
  routePlan(app);
  routeStart(app, background);
  routeUndo(app, background);
  routeList(app);
  routeRead(app);
};

function routePlan(app: RoutesApp): void {
  app.post(
    '/resets::plan',
    {
      config: { access: ['resets'], repeatable: true },
      schema: {
        operationId: 'planReset',
        summary: 'Say what a reset to "no permission was given" would change, and change nothing',
        tags,
        body: resetPlanRequestSchema,
        response: { 200: resetPlanSchema, ...problems(400) },
      },
    },
    async ({ context, body }) => {
      const plan = await planReset(context, body);
      return { ...plan, confirmation: resetConfirmation(plan.records) };
    },
  );
}

function routeStart(app: RoutesApp, background: BackgroundWork): void {
  app.post(
    '/resets',
    {
      config: { access: ['resets'], repeatable: true },
      schema: {
        operationId: 'startReset',
        summary: 'Reset every record that has a permission or an assumption',
        description:
          'Objections and old opt-outs always stay. Answers 202 once it has begun, or once it goes on where it was ' +
          'interrupted; read the reset to see how far it is. It can be undone.',
        tags,
        body: newResetSchema,
        response: { 200: resetSchema, 202: resetSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const { reset, started } = await startReset(context, { ...body, actor }, background);
      reply.code(started ? 202 : 200).header('location', `/api/v1/resets/${reset.id}`);
      return presentReset(context, { ...reset, atWork: started });
    },
  );
}

function routeUndo(app: RoutesApp, background: BackgroundWork): void {
  app.post(
    '/resets/:id(.+)::undo',
    {
      config: { access: ['resets'], repeatable: true },
      schema: {
        operationId: 'undoReset',
        summary: 'Undo a reset',
        description:
          'Permissions become what they were, by further entries of the ledger; what customers said since stays. ' +
          'Answers 202 once it has begun, 200 when there is nothing left to do.',
        tags,
        params: resetParams,
        response: { 200: resetSchema, 202: resetSchema, ...problems(404, 409) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { reset, started } = await startUndoing(context, params.id, actor, background);
      reply.code(started ? 202 : 200);
      return presentReset(context, { ...reset, atWork: started });
    },
  );
}

function routeList(app: RoutesApp): void {
  app.get(
    '/resets',
    {
      config: { access: ['resets'] },
      schema: {
        operationId: 'listResets',
        summary: 'Resets, newest first',
        tags,
        querystring: resetQuery,
        response: { 200: resetPageSchema, ...problems() },
      },
    },
    async ({ context, query }) => {
      const before = readCursor(query.cursor, z.uuid());
      const found = await listResets(context, { before, limit: query.limit + 1 });
      const resets = found.slice(0, query.limit);
      const last = found.length > query.limit ? resets.at(-1) : undefined;
      return {
        resets: await presentResets(context, resets),
        nextCursor: last === undefined ? null : writeCursor(last.id),
      };
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/resets/:id',
    {
      config: { access: ['resets'] },
      schema: {
        operationId: 'readReset',
        summary: 'How far a reset is, and what it did',
        tags,
        params: resetParams,
        response: { 200: resetSchema, ...problems(404) },
      },
    },
    async ({ context, params }) => presentReset(context, await readReset(context, params.id)),
  );
}

type PresentedReset = z.output<typeof resetSchema>;

async function presentReset(context: Context, reset: WatchedReset): Promise<PresentedReset> {
  const [presented] = await presentResets(context, [reset]);
  if (presented === undefined) throw new Error('A reset was read but not presented.');
  return presented;
}

async function presentResets(context: Context, resets: readonly WatchedReset[]): Promise<PresentedReset[]> {
  const names = await actorNames(
    context,
    resets.map(({ requestedBy }) => requestedBy),
  );
  return resets.map(({ id, ...reset }) => ({
    ...reset,
    resetId: id,
    requestedByName: names.get(reset.requestedBy) ?? reset.requestedBy,
    requestedAt: toTimestamp(reset.requestedAt),
    finishedAt: reset.finishedAt === null ? null : toTimestamp(reset.finishedAt),
    undoneAt: reset.undoneAt === null ? null : toTimestamp(reset.undoneAt),
  }));
}
