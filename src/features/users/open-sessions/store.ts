import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface OpenSessionRow {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly browser: string;
  readonly method: string;
  readonly branch: string;
  readonly signedInAt: number;
  readonly lastUsedAt: number;
  readonly endsAt: number;
}

/** Those that have not ended, the one used last first. */
export async function listOpenSessions(
  db: Kysely<Tables>,
  userId: string,
  times: { readonly now: number; readonly usedAfter: number },
): Promise<OpenSessionRow[]> {
  const { rows } = await sql<OpenSessionRow>`
    select staff_session.id, token_hash, browser, method, branch.name as branch, signed_in_at, last_used_at, ends_at
    from staff_session join branch on branch.id = staff_session.branch_id
    where user_id = ${userId} and ends_at > ${toTimestamp(times.now)}
      and last_used_at > ${toTimestamp(times.usedAfter)}
    order by last_used_at desc, signed_in_at desc, staff_session.id`.execute(db);
  return rows;
}

/** Ends one session of somebody; false when they have no such one. */
export async function deleteSessionById(db: Kysely<Tables>, userId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('staffSession')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Ends every session of somebody but one; null for all of them. Answers how many. */
export async function deleteSessionsBut(
  db: Kysely<Tables>,
  userId: string,
  tokenHash: Buffer | null,
): Promise<number> {
  let deleting = db.deleteFrom('staffSession').where('userId', '=', userId);
  if (tokenHash !== null) deleting = deleting.where('tokenHash', '!=', tokenHash);
  const result = await deleting.executeTakeFirst();
  return Number(result.numDeletedRows);
}
