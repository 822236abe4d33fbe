import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { readCursor, writeCursor } from '../../../platform/http-paging.ts';
import { problems } from '../../../platform/http-problem.ts';
import {
  newSavedSelectionSchema,
  savedSelectionChangesSchema,
  savedSelectionPageSchema,
  savedSelectionParams,
  savedSelectionQuery,
  savedSelectionSchema,
} from './contract.ts';
import type { SavedSelection } from './service.ts';
import {
  changeSavedSelection,
  forgetSavedSelection,
  listSavedSelections,
  readSavedSelection,
  saveSelection,
} from './service.ts';

const tags = ['Selections'];
const params = savedSelectionParams;

export const savedSelectionRoutes: Routes = (app) => {
  routeSave(app);
  routeList(app);
  routeRead(app);
  routeChange(app);
  routeForget(app);
};

function routeSave(app: RoutesApp): void {
  app.post(
    '/saved-selections',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'saveSelection',
        summary: 'Keep a selection under a name',
        description: 'The question is kept, not the people: whoever uses it is answered as of that moment.',
        tags,
        body: newSavedSelectionSchema,
        response: { 201: savedSelectionSchema, ...problems(400, 409) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const saved = await saveSelection(context, body, actor);
      reply.code(201).header('location', `/api/v1/saved-selections/${saved.id}`);
      return answer(reply, saved);
    },
  );
}

function routeList(app: RoutesApp): void {
  app.get(
    '/saved-selections',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'listSavedSelections',
        summary: 'Saved selections, by name',
        tags,
        querystring: savedSelectionQuery,
        response: { 200: savedSelectionPageSchema, ...problems() },
      },
    },
    async ({ context, query }) => {
      const after = readCursor(query.cursor, z.string().max(200));
      const found = await listSavedSelections(context, { after, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return {
        savedSelections: page.map(present),
        nextCursor: last === undefined ? null : writeCursor(last.name),
      };
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/saved-selections/:id',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'readSavedSelection',
        summary: 'One saved selection',
        tags,
        params,
        response: { 200: savedSelectionSchema, ...problems(404) },
      },
    },
    async (request, reply) => answer(reply, await readSavedSelection(request.context, request.params.id)),
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/saved-selections/:id',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'changeSavedSelection',
        summary: 'Change its name, its selection or both',
        tags,
        params,
        body: savedSelectionChangesSchema,
        response: { 200: savedSelectionSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      const by = { actor, expectedVersion: expectedVersion(request) };
      return answer(reply, await changeSavedSelection(context, request.params.id, body, by));
    },
  );
}

function routeForget(app: RoutesApp): void {
  app.delete(
    '/saved-selections/:id',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'forgetSavedSelection',
        summary: 'Remove a saved selection',
        description: 'What was exported with it stays on record.',
        tags,
        params,
        response: { 204: z.undefined().describe('It is gone.'), ...problems(404) },
      },
    },
    async (request, reply) => {
      await forgetSavedSelection(request.context, request.params.id);
      return reply.code(204).send();
    },
  );
}

function answer(reply: FastifyReply, saved: SavedSelection): z.output<typeof savedSelectionSchema> {
  writeEntityTag(reply, saved.version);
  return present(saved);
}

function present(saved: SavedSelection): z.output<typeof savedSelectionSchema> {
  return {
    ...saved,
    createdAt: toTimestamp(saved.createdAt),
    changedAt: toTimestamp(saved.changedAt),
  };
}
