import { z } from 'zod';
import { toTimestamp } from '../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import { customerParams } from '../customers/contract.ts';
import { customerIdOf } from '../customers/service.ts';
import {
  careNotesSchema,
  newNoteSchema,
  noteChangesSchema,
  noteListQuery,
  notePageSchema,
  noteParams,
  noteSchema,
  noteVersionsSchema,
} from './contract.ts';
import type { Note } from './service.ts';
import { careNotesOf, changeNote, listNotes, noteVersionsOf, removeNote, writeNote } from './service.ts';

const tags = ['Notes'];
const place = z.strictObject({ at: z.int(), id: z.uuid() });

export const noteRoutes: Routes = (app) => {
  routeList(app);
  routeCareNotes(app);
  routeVersions(app);
  routeWrite(app);
  routeChange(app);
  routeRemove(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/customers/:id/notes',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'listNotes',
        summary: 'What was noted of a customer',
        description: 'The newest first, page by page, care notes and those that were removed included.',
        tags,
        params: customerParams,
        querystring: noteListQuery,
        response: { 200: notePageSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params, query }) => {
      const id = await customerIdOf(context, params.id);
      const after = readCursor(query.cursor, place);
      const page = await listNotes(context, id, { after, limit: query.limit });
      await recordAccess(context, actor, 'notes read', id);
      return {
        notes: page.notes.map(presentNote),
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeCareNotes(app: RoutesApp): void {
  app.get(
    '/customers/:id/care-notes',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'listCareNotes',
        summary: 'How a customer likes to be met',
        description: 'The care notes in force, for the top of whatever screen shows the customer.',
        tags,
        params: customerParams,
        response: { 200: careNotesSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => {
      const id = await customerIdOf(context, params.id);
      const notes = await careNotesOf(context, id);
      await recordAccess(context, actor, 'notes read', id);
      return { careNotes: notes.map(presentNote) };
    },
  );
}

function routeVersions(app: RoutesApp): void {
  app.get(
    '/customers/:id/notes/:noteId/versions',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'listNoteVersions',
        summary: 'What a note said before it was edited',
        tags,
        params: noteParams,
        response: { 200: noteVersionsSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => {
      const id = await customerIdOf(context, params.id);
      const versions = await noteVersionsOf(context, id, params.noteId);
      await recordAccess(context, actor, 'notes read', id, { noteId: params.noteId });
      return {
        versions: versions.map((each) => ({ ...each, writtenAt: toTimestamp(each.writtenAt) })),
      };
    },
  );
}

function routeWrite(app: RoutesApp): void {
  app.post(
    '/customers/:id/notes',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'writeNote',
        summary: 'Write a note on a customer, or a care note',
        description: 'Write nothing about health: a care note says what to do, and not why.',
        tags,
        params: customerParams,
        body: newNoteSchema,
        response: { 201: noteSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, params, body }, reply) => {
      const id = await customerIdOf(context, params.id);
      const note = await writeNote(context, id, body, actor);
      await recordAccess(context, actor, 'note changed', id, { noteId: note.id });
      writeEntityTag(reply, note.version);
      reply.code(201);
      return presentNote(note);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/customers/:id/notes/:noteId',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'changeNote',
        summary: 'Edit a note, or end a care note',
        description: 'What it said before stays on record.',
        tags,
        params: noteParams,
        body: noteChangesSchema,
        response: { 200: noteSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      const version = expectedVersion(request);
      const customerId = await customerIdOf(context, params.id);
      const where = { customerId, id: params.noteId };
      const note = await changeNote(context, where, body, { expectedVersion: version, actor });
      await recordAccess(context, actor, 'note changed', customerId, { noteId: note.id });
      writeEntityTag(reply, note.version);
      return presentNote(note);
    },
  );
}

function routeRemove(app: RoutesApp): void {
  app.delete(
    '/customers/:id/notes/:noteId',
    {
      config: { access: ['notes:remove'] },
      schema: {
        operationId: 'removeNote',
        summary: 'Remove what a note says, in every version',
        description: 'It cannot be brought back. That there was a note, and who removed it, stays on record.',
        tags,
        params: noteParams,
        response: { 204: z.null().describe('It is gone.'), ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const customerId = await customerIdOf(context, params.id);
      await removeNote(context, { customerId, id: params.noteId }, actor);
      await recordAccess(context, actor, 'note changed', customerId, { noteId: params.noteId });
      reply.code(204);
      return null;
    },
  );
}

function presentNote(note: Note): z.input<typeof noteSchema> {
  const instant = (at: number | null): string | null => (at === null ? null : toTimestamp(at));
  return {
    ...note,
    writtenAt: toTimestamp(note.writtenAt),
    editedAt: instant(note.editedAt),
    endedAt: instant(note.endedAt),
    removedAt: instant(note.removedAt),
  };
}
