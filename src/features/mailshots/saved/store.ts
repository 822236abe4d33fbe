import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface SavedSelectionRow {
  readonly id: string;
  readonly name: string;
  readonly selection: unknown;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly changedBy: string;
  readonly changedAt: number;
}

const columns = [
  'id',
  'name',
  'selection',
  'version',
  'createdBy',
  'createdAt',
  'changedBy',
  'changedAt',
] as const;

/** False: another one has this name. */
export async function insertSavedSelection(
  db: Kysely<Tables>,
  {
    id,
    name,
    selection,
    createdBy,
    createdAt,
  }: Omit<SavedSelectionRow, 'version' | 'changedBy' | 'changedAt'>,
): Promise<boolean> {
  const at = toTimestamp(createdAt);
  const row = await db
    .insertInto('savedSelection')
    .values({
      id,
      name,
      selection: JSON.stringify(selection),
      createdBy,
      createdAt: at,
      changedBy: createdBy,
      changedAt: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findSavedSelection(
  db: Kysely<Tables>,
  id: string,
): Promise<SavedSelectionRow | undefined> {
  return db.selectFrom('savedSelection').select(columns).where('id', '=', id).executeTakeFirst();
}

/** By name; `after` is the last name of the page before. */
export async function listSavedSelectionRows(
  db: Kysely<Tables>,
  after: string | null,
  limit: number,
): Promise<SavedSelectionRow[]> {
  return db
    .selectFrom('savedSelection')
    .select(columns)
    .$if(after !== null, (query) => query.where(sql<boolean>`lower(name) > lower(${after})`))
    .orderBy(sql`lower(name)`)
    .limit(limit)
    .execute();
}

export interface SavedSelectionUpdate {
  readonly name?: string | undefined;
  readonly selection?: unknown;
  readonly changedBy: string;
  readonly changedAt: number;
}

/** False: it is gone or has another version. A name that is taken is the database's unique violation. */
export async function updateSavedSelection(
  db: Kysely<Tables>,
  place: { readonly id: string; readonly version: number },
  { name, selection, changedBy, changedAt }: SavedSelectionUpdate,
): Promise<boolean> {
  const row = await db
    .updateTable('savedSelection')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(selection === undefined ? {} : { selection: JSON.stringify(selection) }),
      changedBy,
      changedAt: toTimestamp(changedAt),
      version: place.version + 1,
    })
    .where('id', '=', place.id)
    .where('version', '=', place.version)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** False: there is none. */
export async function deleteSavedSelection(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db.deleteFrom('savedSelection').where('id', '=', id).returning('id').executeTakeFirst();
  return row !== undefined;
}
