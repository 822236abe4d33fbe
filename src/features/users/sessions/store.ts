import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';
import type { SignInUser } from '../store.ts';

export interface SessionRow {
  readonly userId: string;
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly legalEntityName: string;
  readonly lastUsedAt: number;
  readonly method: string;
  readonly hasSecondFactor: boolean;
  readonly needsSecondFactor: boolean;
}

/** The session of a token that has not ended, of somebody who may still sign in. */
export async function findSession(
  db: Kysely<Tables>,
  tokenHash: Buffer,
  now: number,
  usedAfter: number,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select staff_user.id as user_id, staff_user.username, staff_user.full_name, staff_user.role,
      branch.code as branch_code, branch.name as branch_name, legal_entity.name as legal_entity_name,
      staff_session.last_used_at, staff_session.method,
      exists (
        select from second_factor where user_id = staff_user.id and added_at is not null
      ) as has_second_factor,
      staff_user.role = any (
        (select second_factor_roles from sign_in_policy order by version desc limit 1)::text[]
      ) as needs_second_factor
    from staff_session
    join staff_user on staff_user.id = staff_session.user_id and staff_user.disabled_at is null
    join branch on branch.id = staff_session.branch_id
    join legal_entity on legal_entity.id = branch.legal_entity_id
    where staff_session.token_hash = ${tokenHash} and staff_session.ends_at > ${toTimestamp(now)}
      and staff_session.last_used_at > ${toTimestamp(usedAfter)}`.execute(db);
  return rows[0];
}

/**
 * Writes down that somebody signs in. False when they were disabled or their password was changed since it was
 * looked at; from here on, whoever does either waits for this transaction.
 */
export async function markSignedIn(
  db: Kysely<Tables>,
  user: Pick<SignInUser, 'id' | 'passwordHash'>,
  at: number,
): Promise<boolean> {
  const result = await db
    .updateTable('staffUser')
    .set({ lastSignedInAt: toTimestamp(at) })
    .where('id', '=', user.id)
    .where('passwordHash', '=', user.passwordHash)
    .where('disabledAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface NewSessionRow {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly branchId: number;
  readonly at: number;
  readonly endsAt: number;
  readonly browser: string;
  readonly method: string;
}

export async function insertSession(db: Kysely<Tables>, session: NewSessionRow): Promise<void> {
  const at = toTimestamp(session.at);
  await db
    .insertInto('staffSession')
    .values({
      tokenHash: session.tokenHash,
      userId: session.userId,
      branchId: session.branchId,
      signedInAt: at,
      lastUsedAt: at,
      endsAt: toTimestamp(session.endsAt),
      browser: session.browser,
      method: session.method,
    })
    .execute();
}

export async function touchSession(db: Kysely<Tables>, tokenHash: Buffer, at: number): Promise<void> {
  await db
    .updateTable('staffSession')
    .set({ lastUsedAt: toTimestamp(at) })
    .where('tokenHash', '=', tokenHash)
    .execute();
}

export async function setSessionBranch(
  db: Kysely<Tables>,
  tokenHash: Buffer,
  branchId: number,
): Promise<void> {
  await db.updateTable('staffSession').set({ branchId }).where('tokenHash', '=', tokenHash).execute();
}

/** Ends one session; answers whose it was, undefined when there was none. */
export async function deleteSession(db: Kysely<Tables>, tokenHash: Buffer): Promise<string | undefined> {
  const row = await db
    .deleteFrom('staffSession')
    .where('tokenHash', '=', tokenHash)
    .returning('userId')
    .executeTakeFirst();
  return row?.userId;
}

/** Removes what has ended by itself. */
export async function deleteEndedSessions(
  db: Kysely<Tables>,
  times: { readonly now: number; readonly usedAfter: number },
  most: number,
): Promise<void> {
  await sql`
    delete from staff_session where token_hash in (
      select token_hash from staff_session
      where ends_at <= ${toTimestamp(times.now)} or last_used_at <= ${toTimestamp(times.usedAfter)}
      limit ${most} for update skip locked
    )`.execute(db);
}
