import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

/**
 * A page of customers, in the order of their ids, who may have something to reset: an assumption, a grant, or
 * a record that became part of theirs. The fold says whether they have.
 */
export async function findCandidates(db: Kysely<Tables>, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from customer
    where id > ${after}::uuid and exists (
      select from ledger_event entry
      where entry.customer_id = customer.id
        and (
          (entry.kind = 'imported' and (entry.act ->> 'assumed')::boolean)
          or entry.kind = 'merged'
          or entry.cells @> '[{"after": "granted"}]'
        )
    )
    order by id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

export type ResetStatus = 'running' | 'finished' | 'undoing' | 'undone';

export interface ResetRow {
  readonly id: string;
  readonly status: ResetStatus;
  readonly keepConsent: boolean;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: number;
  readonly finishedAt: number | null;
  readonly undoneAt: number | null;
  readonly records: number;
  /** So far; each is counted in the transaction that does it. */
  readonly recordsReset: number;
  readonly recordsRestored: number;
}

const resetColumns = [
  'id',
  'status',
  'keepConsent',
  'reason',
  'requestedBy',
  'requestedAt',
  'finishedAt',
  'undoneAt',
  'records',
  'recordsReset',
  'recordsRestored',
] as const;

/** Undefined for an id that is none, too. */
export async function findReset(db: Kysely<Tables>, id: string): Promise<ResetRow | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('permissionReset')
    .select(resetColumns)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as ResetRow | undefined;
}

/** The reset or undoing that was begun and not finished. */
export async function findOpenReset(db: Kysely<Tables>): Promise<ResetRow | undefined> {
  const row = await db
    .selectFrom('permissionReset')
    .select(resetColumns)
    .where('status', 'in', ['running', 'undoing'])
    .executeTakeFirst();
  return row as ResetRow | undefined;
}

export async function insertReset(
  db: Kysely<Tables>,
  reset: Pick<ResetRow, 'id' | 'keepConsent' | 'reason' | 'requestedBy' | 'requestedAt' | 'records'>,
): Promise<void> {
  await db
    .insertInto('permissionReset')
    .values({ ...reset, requestedAt: toTimestamp(reset.requestedAt), status: 'running' })
    .execute();
}

export async function setResetStatus(
  db: Kysely<Tables>,
  id: string,
  status: ResetStatus,
  at: number,
): Promise<void> {
  await db
    .updateTable('permissionReset')
    .set({
      status,
      ...(status === 'finished' ? { finishedAt: toTimestamp(at) } : {}),
      ...(status === 'undone' ? { undoneAt: toTimestamp(at) } : {}),
    })
    .where('id', '=', id)
    .execute();
}

export async function addProgress(
  db: Kysely<Tables>,
  id: string,
  what: 'recordsReset' | 'recordsRestored',
  records: number,
): Promise<void> {
  await db
    .updateTable('permissionReset')
    .set((row) => ({ [what]: row(what, '+', records) }))
    .where('id', '=', id)
    .execute();
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listResetRows(
  db: Kysely<Tables>,
  before: string | null,
  limit: number,
): Promise<ResetRow[]> {
  const rows = await db
    .selectFrom('permissionReset')
    .select(resetColumns)
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows as ResetRow[];
}
