import { v7 as uuid } from 'uuid';
import { readCriteria } from '../../../domain/selection-english.ts';
import { ConflictError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { listBranches } from '../../branches/service.ts';
import { branchNames } from '../answers/service.ts';
import type { Selection } from '../contract.ts';
import { selectionSchema } from '../contract.ts';
import type { NewSavedSelection, SavedSelectionChanges } from './contract.ts';
import type { SavedSelectionRow } from './store.ts';
import {
  deleteSavedSelection,
  findSavedSelection,
  insertSavedSelection,
  listSavedSelectionRows,
  updateSavedSelection,
} from './store.ts';

/**
 * Selections that are kept under a name: the question, never the people.
 * Guarantees that whoever uses one is answered as of that moment, that each name is there once, and that
 * nobody's change is lost to another one.
 */
export interface SavedSelection extends Omit<SavedSelectionRow, 'selection'> {
  readonly selection: Selection;
  readonly plainEnglish: string;
}

/** Throws ConflictError for a name that is taken, InvalidError for a branch that does not exist. */
export async function saveSelection(
  context: Context,
  { name, selection }: NewSavedSelection,
  actor: Actor,
): Promise<SavedSelection> {
  await branchNames(context, selection.criteria);
  const id = uuid();
  const createdBy = actor.id ?? actor.kind;
  const row = { id, name, selection, createdBy, createdAt: nowOf(context) };
  if (!(await insertSavedSelection(context.database.db, row))) throw nameTaken();
  return readSavedSelection(context, id);
}

/** By name; `after` is the last name of the page before. */
export async function listSavedSelections(
  context: Context,
  page: { readonly after: string | null; readonly limit: number },
): Promise<SavedSelection[]> {
  const rows = await listSavedSelectionRows(context.database.db, page.after, page.limit);
  return read(context, rows);
}

/** Throws NotFoundError. */
export async function readSavedSelection(context: Context, id: string): Promise<SavedSelection> {
  const row = await findSavedSelection(context.database.db, id);
  const [saved] = await read(context, row === undefined ? [] : [row]);
  if (saved === undefined) throw unknown();
  return saved;
}

/**
 * Changes the name, the selection or both.
 *
 * Throws NotFoundError, ConflictError `version-changed` when somebody else was first or for a name that is
 * taken, InvalidError for a branch that does not exist.
 */
export async function changeSavedSelection(
  context: Context,
  id: string,
  changes: SavedSelectionChanges,
  by: { readonly actor: Actor; readonly expectedVersion: number },
): Promise<SavedSelection> {
  if (changes.selection !== undefined) await branchNames(context, changes.selection.criteria);
  const { actor, expectedVersion: version } = by;
  const update = { ...changes, changedBy: actor.id ?? actor.kind, changedAt: nowOf(context) };
  const changed = await refusingTakenName(updateSavedSelection(context.database.db, { id, version }, update));
  const saved = await readSavedSelection(context, id);
  if (changed) return saved;
  throw new ConflictError('Somebody else changed this selection meanwhile: read it again.', {
    code: 'version-changed',
  });
}

/** Throws NotFoundError. What was exported with it stays on record. */
export async function forgetSavedSelection(context: Context, id: string): Promise<void> {
  if (!(await deleteSavedSelection(context.database.db, id))) throw unknown();
}

async function read(context: Context, rows: readonly SavedSelectionRow[]): Promise<SavedSelection[]> {
  if (rows.length === 0) return [];
  const names = new Map((await listBranches(context)).map(({ code, name }) => [code.toLowerCase(), name]));
  const branch = (code: string): string => names.get(code.toLowerCase()) ?? code;
  return rows.map((row) => {
    const selection = selectionSchema.parse(row.selection);
    return { ...row, selection, plainEnglish: readCriteria(selection.criteria, { branch }) };
  });
}

async function refusingTakenName<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw (error as { code?: unknown }).code === '23505' ? nameTaken() : error;
  }
}

function nameTaken(): ConflictError {
  return new ConflictError('Another selection has this name: choose another one, or change that one.', {
    code: 'name-taken',
    field: 'name',
  });
}

function unknown(): NotFoundError {
  return new NotFoundError('There is no such saved selection.', { code: 'saved-selection-not-found' });
}
