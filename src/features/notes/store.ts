import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NoteRow {
  readonly id: string;
  readonly kind: 'note' | 'care';
  readonly text: string | null;
  readonly version: number;
  readonly writtenAt: number;
  readonly writtenBy: string;
  readonly editedAt: number | null;
  readonly editedBy: string | null;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
  readonly removedAt: number | null;
  readonly removedBy: string | null;
}

const shown = sql`
  note.id, note.kind, note_version.text, note.version, note.written_at, note.written_by,
  case when note.version > 1 then note_version.written_at end as edited_at,
  case when note.version > 1 then note_version.written_by end as edited_by,
  note.ended_at, note.ended_by, note.removed_at, note.removed_by`;

const joined = sql`
  note left join note_version on note_version.customer_id = note.customer_id
    and note_version.note_id = note.id and note_version.version = note.version`;

async function findWhere(
  db: Kysely<Tables>,
  condition: RawBuilder<unknown>,
  limit: number,
): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select ${shown} from ${joined}
    where ${condition}
    order by note.written_at desc, note.id desc
    limit ${limit}`.execute(db);
  return rows;
}

export async function findNote(
  db: Kysely<Tables>,
  customerId: string,
  id: string,
): Promise<NoteRow | undefined> {
  const [row] = await findWhere(db, sql`note.customer_id = ${customerId} and note.id = ${id}`, 1);
  return row;
}

/** Notes of a customer, the newest first, after a place in that order. */
export async function findNotes(
  db: Kysely<Tables>,
  customerId: string,
  after: { readonly at: number; readonly id: string } | null,
  limit: number,
): Promise<NoteRow[]> {
  const at = after === null ? null : toTimestamp(after.at);
  return findWhere(
    db,
    sql`note.customer_id = ${customerId} and (${at}::timestamptz is null
      or (note.written_at, note.id) < (${at}::timestamptz, ${after?.id ?? null}::uuid))`,
    limit,
  );
}

/** Care notes that are neither ended nor removed, the newest first. */
export async function findCareNotes(
  db: Kysely<Tables>,
  customerId: string,
  limit: number,
): Promise<NoteRow[]> {
  return findWhere(
    db,
    sql`note.customer_id = ${customerId} and note.kind = 'care' and note.ended_at is null
      and note.removed_at is null`,
    limit,
  );
}

/** Locks the row of the customer, so that what is counted stays so; false where there is none in use. */
export async function holdCustomer(transaction: Transaction<Tables>, customerId: string): Promise<boolean> {
  const { rows } = await sql`
    select from customer where id = ${customerId} and merged_into_id is null for no key update`.execute(
    transaction,
  );
  return rows.length > 0;
}

interface Writing {
  readonly customerId: string;
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly by: string;
}

export async function insertNote(
  transaction: Transaction<Tables>,
  { kind, ...writing }: Writing & { readonly kind: NoteRow['kind'] },
): Promise<void> {
  const { customerId, id, at, by } = writing;
  await transaction
    .insertInto('note')
    .values({ customerId, id, kind, writtenAt: toTimestamp(at), writtenBy: by })
    .execute();
  await insertNoteVersion(transaction, writing, 1);
}

async function insertNoteVersion(
  transaction: Transaction<Tables>,
  { customerId, id, text, at, by }: Writing,
  version: number,
): Promise<void> {
  await transaction
    .insertInto('noteVersion')
    .values({ customerId, noteId: id, version, text, writtenAt: toTimestamp(at), writtenBy: by })
    .execute();
}

/** Writes another version over the one that was read; false where that is not the newest any more. */
export async function rewriteNote(
  transaction: Transaction<Tables>,
  writing: Writing,
  expectedVersion: number,
): Promise<boolean> {
  const { rows } = await sql`
    update note set version = version + 1
    where customer_id = ${writing.customerId} and id = ${writing.id} and version = ${expectedVersion}
      and removed_at is null
    returning id`.execute(transaction);
  if (rows.length === 0) return false;
  await insertNoteVersion(transaction, writing, expectedVersion + 1);
  return true;
}

export async function endNote(
  transaction: Transaction<Tables>,
  { customerId, id, at, by }: Omit<Writing, 'text'>,
  expectedVersion: number,
): Promise<boolean> {
  const { rows } = await sql`
    update note set ended_at = ${toTimestamp(at)}, ended_by = ${by}
    where customer_id = ${customerId} and id = ${id} and version = ${expectedVersion} and removed_at is null
    returning id`.execute(transaction);
  return rows.length > 0;
}

/** Takes away every version of what was written. That something was, and who removed it, stays. */
export async function eraseNote(
  transaction: Transaction<Tables>,
  { customerId, id, at, by }: Omit<Writing, 'text'>,
): Promise<boolean> {
  const { rows } = await sql`
    update note set removed_at = ${toTimestamp(at)}, removed_by = ${by}
    where customer_id = ${customerId} and id = ${id} and removed_at is null
    returning id`.execute(transaction);
  if (rows.length === 0) return false;
  await transaction
    .deleteFrom('noteVersion')
    .where('customerId', '=', customerId)
    .where('noteId', '=', id)
    .execute();
  return true;
}

export interface NoteVersionRow {
  readonly version: number;
  readonly text: string;
  readonly writtenAt: number;
  readonly writtenBy: string;
}

/** The newest first. */
export async function findNoteVersions(
  db: Kysely<Tables>,
  customerId: string,
  id: string,
): Promise<NoteVersionRow[]> {
  return db
    .selectFrom('noteVersion')
    .select(['version', 'text', 'writtenAt', 'writtenBy'])
    .where('customerId', '=', customerId)
    .where('noteId', '=', id)
    .orderBy('version', 'desc')
    .execute();
}
