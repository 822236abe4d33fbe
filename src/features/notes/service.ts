import { v7 as uuid } from 'uuid';
import { careNoteLengthMax, careNotesMax } from '../../domain/care-note.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { readCustomer } from '../customers/service.ts';
import { actorNames } from '../users/service.ts';
import type { NewNote, NoteChanges } from './contract.ts';
import { newNoteSchema, noteChangesSchema } from './contract.ts';
import type { holdCustomer as Hold, NoteRow, NoteVersionRow } from './store.ts';
import {
  endNote,
  eraseNote,
  findCareNotes,
  findNote,
  findNotes,
  findNoteVersions,
  holdCustomer,
  insertNote,
  rewriteNote,
} from './store.ts';

/**
 * Notes: what staff want to remember of a customer, and care notes, the few words that stand on top of the record.
 * Guarantees that what was written before an edit is still there, that nothing of it is in the ledger, and that a
 * note which is removed is gone in every version, while it stays on record that there was one.
 */
export type Note = NoteRow;

/** Where a page of notes ends. */
export interface NotePlace {
  readonly at: number;
  readonly id: string;
}

type Transaction = Parameters<typeof Hold>[0];

/** The newest first, removed ones without their text. Throws NotFoundError for nobody. */
export async function listNotes(
  context: Context,
  customerId: string,
  { after, limit }: { readonly after: NotePlace | null; readonly limit: number },
): Promise<{ notes: Note[]; next: NotePlace | null }> {
  await readCustomer(context, customerId);
  const rows = await findNotes(context.database.db, customerId, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    notes: await named(context, page),
    next: last === undefined ? null : { at: last.writtenAt, id: last.id },
  };
}

/** The care notes in force, the oldest first. Throws NotFoundError for nobody. */
export async function careNotesOf(context: Context, customerId: string): Promise<Note[]> {
  await readCustomer(context, customerId);
  // A merge can bring those of two records together.
  const rows = await findCareNotes(context.database.db, customerId, careNotesMax * 10);
  return named(context, rows.reverse());
}

/** Every note of a customer, the newest first, for the timeline. */
export async function notesOf(context: Context, customerId: string): Promise<Note[]> {
  return named(context, await findNotes(context.database.db, customerId, null, notesOnTimeline));
}

const notesOnTimeline = 10_000;

/** What a note said, the newest version first. Throws NotFoundError. */
export async function noteVersionsOf(
  context: Context,
  customerId: string,
  id: string,
): Promise<NoteVersionRow[]> {
  if ((await findNote(context.database.db, customerId, id)) === undefined) throw unknownNote();
  const versions = await findNoteVersions(context.database.db, customerId, id);
  const names = await actorNames(
    context,
    versions.map(({ writtenBy }) => writtenBy),
  );
  return versions.map((version) => ({ ...version, writtenBy: names.get(version.writtenBy) ?? '' }));
}

/**
 * Writes a note. Throws NotFoundError, InvalidError for a care note that is too long, ConflictError for a record that
 * became part of another one or has as many care notes as anybody reads.
 */
export async function writeNote(
  context: Context,
  customerId: string,
  given: NewNote,
  actor: Actor,
): Promise<Note> {
  const { kind, text } = newNoteSchema.parse(given);
  requireShort(kind, text);
  await readCustomer(context, customerId);
  const id = uuid();
  await inTransaction(context.database.db, async (transaction) => {
    await requireInUse(transaction, customerId);
    if (kind === 'care') await requireRoom(transaction, customerId);
    await insertNote(transaction, { customerId, id, kind, text, ...writing(context, actor) });
  });
  return readNote(context, customerId, id);
}

/**
 * Edits a note, or ends a care note. Throws NotFoundError, InvalidError, and ConflictError when somebody else was
 * first or it was removed.
 */
export async function changeNote(
  context: Context,
  { customerId, id }: { readonly customerId: string; readonly id: string },
  given: NoteChanges,
  { expectedVersion, actor }: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<Note> {
  const { text, ended } = noteChangesSchema.parse(given);
  const known = await readNote(context, customerId, id);
  if (text !== undefined) requireShort(known.kind, text);
  if (ended !== undefined && known.kind !== 'care') {
    throw new InvalidError('Only a care note comes to an end: edit this note instead.', { field: 'ended' });
  }
  await inTransaction(context.database.db, async (transaction) => {
    const place = { customerId, id, ...writing(context, actor) };
    const rewritten =
      text === undefined || (await rewriteNote(transaction, { ...place, text }, expectedVersion));
    const version = text === undefined ? expectedVersion : expectedVersion + 1;
    if (rewritten && (ended === undefined || (await endNote(transaction, place, version)))) return;
    throw new ConflictError('Somebody else changed this note meanwhile: read it again.', {
      code: 'version-changed',
    });
  });
  return readNote(context, customerId, id);
}

/** Removes what a note says, every version of it. Throws NotFoundError; one that is removed already stays so. */
export async function removeNote(
  context: Context,
  { customerId, id }: { readonly customerId: string; readonly id: string },
  actor: Actor,
): Promise<void> {
  await readNote(context, customerId, id);
  await inTransaction(context.database.db, async (transaction) => {
    await eraseNote(transaction, { customerId, id, ...writing(context, actor) });
  });
}

/** Throws NotFoundError. */
async function readNote(context: Context, customerId: string, id: string): Promise<Note> {
  const row = await findNote(context.database.db, customerId, id);
  if (row === undefined) throw unknownNote();
  const [note] = await named(context, [row]);
  return note ?? row;
}

function writing(context: Context, actor: Actor): { at: number; by: string } {
  return { at: nowOf(context), by: actor.id ?? actor.kind };
}

function requireShort(kind: Note['kind'], text: string): void {
  if (kind === 'note' || text.length <= careNoteLengthMax) return;
  throw new InvalidError(
    `A care note has at most ${careNoteLengthMax} characters: say it shorter, or write a note.`,
    { field: 'text' },
  );
}

async function requireInUse(transaction: Transaction, customerId: string): Promise<void> {
  if (await holdCustomer(transaction, customerId)) return;
  throw new ConflictError('This record became part of another one: write the note there.', {
    code: 'customer-merged',
  });
}

async function requireRoom(transaction: Transaction, customerId: string): Promise<void> {
  if ((await findCareNotes(transaction, customerId, careNotesMax)).length < careNotesMax) return;
  throw new ConflictError(
    `There are ${careNotesMax} care notes already, and more would not be read: end one of them first.`,
    { code: 'care-notes-full', field: 'text' },
  );
}

/** With names in the place of ids. */
async function named(context: Context, rows: readonly NoteRow[]): Promise<Note[]> {
  const names = await actorNames(
    context,
    rows.flatMap(({ writtenBy, editedBy, endedBy, removedBy }) => [
      writtenBy,
      ...[editedBy, endedBy, removedBy].flatMap((who) => who ?? []),
    ]),
  );
  const nameOf = (who: string | null): string | null => (who === null ? null : (names.get(who) ?? who));
  return rows.map((row) => ({
    ...row,
    writtenBy: nameOf(row.writtenBy) ?? row.writtenBy,
    editedBy: nameOf(row.editedBy),
    endedBy: nameOf(row.endedBy),
    removedBy: nameOf(row.removedBy),
  }));
}

function unknownNote(): NotFoundError {
  return new NotFoundError('This customer has no such note.', { code: 'note-not-found' });
}
