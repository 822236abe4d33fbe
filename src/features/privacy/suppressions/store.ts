import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** Which of these hashes stand on the list now; an entry that was taken off does not. */
export async function findListed(db: Kysely<Tables>, hashes: readonly Buffer[]): Promise<Buffer[]> {
  const { rows } = await sql<{ contactHash: Buffer }>`
    select distinct listed.contact_hash from suppression listed
    where listed.contact_hash = any(${hashes}::bytea[])
      and not exists (
        select from suppression_removal removal
        where removal.contact_hash = listed.contact_hash and removal.recorded_at > listed.recorded_at
      )`.execute(db);
  return rows.map(({ contactHash }) => contactHash);
}

export async function insertRemovals(
  transaction: Transaction<Tables>,
  hashes: readonly Buffer[],
  removal: { readonly recordedAt: number; readonly reason: string; readonly recordedBy: string | null },
): Promise<void> {
  await sql`
    insert into suppression_removal (contact_hash, recorded_at, reason, recorded_by)
    select contact_hash, ${toTimestamp(removal.recordedAt)}, ${removal.reason}, ${removal.recordedBy}
    from unnest(${hashes}::bytea[]) as given (contact_hash)
    on conflict do nothing`.execute(transaction);
}

export interface SuppressionRow {
  readonly contactHash: Buffer;
  readonly suppressedAt: number;
  readonly recordedAt: number;
  readonly reason: string;
  readonly recordedBy: string | null;
  readonly removedAt: number | null;
}

/** The last entry of a page: where the next one goes on. */
export interface SuppressionKey {
  readonly recordedAt: number;
  readonly contactHash: string;
}

/** Entries of the list, the newest first. */
export async function listSuppressionRows(
  db: Kysely<Tables>,
  after: SuppressionKey | null,
  limit: number,
): Promise<SuppressionRow[]> {
  const at = after === null ? null : toTimestamp(after.recordedAt);
  const hash = after === null ? null : Buffer.from(after.contactHash, 'hex');
  const { rows } = await sql<SuppressionRow>`
    select listed.contact_hash, listed.suppressed_at, listed.recorded_at, listed.reason, listed.recorded_by, (
      select min(removal.recorded_at) from suppression_removal removal
      where removal.contact_hash = listed.contact_hash and removal.recorded_at > listed.recorded_at
    ) as removed_at
    from suppression listed
    where ${at}::timestamptz is null
      or (listed.recorded_at, listed.contact_hash) < (${at}::timestamptz, ${hash}::bytea)
    order by listed.recorded_at desc, listed.contact_hash desc
    limit ${limit}`.execute(db);
  return rows;
}
