import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NewUserRow {
  readonly id: string;
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly branchId: number | null;
  readonly passwordHash: string;
  readonly demonstration: boolean;
  readonly createdAt: number;
  readonly email: string | null;
}

/** Adds a member of staff; false when the username is taken, in any case. */
export async function insertUser(db: Kysely<Tables>, user: NewUserRow): Promise<boolean> {
  const result = await db
    .insertInto('staffUser')
    .values({ ...user, createdAt: toTimestamp(user.createdAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly branchCode: string | null;
  readonly branchName: string | null;
  readonly passwordHash: string;
  readonly createdAt: number;
  readonly lastSignedInAt: number | null;
  readonly disabledAt: number | null;
  readonly demonstration: boolean;
  readonly version: number;
  /** Since when codes are asked for; null where a password is enough. */
  readonly secondFactorAddedAt: number | null;
  /** Until when the link of a password reset may be used; null where there is none. */
  readonly resetValidUntil: number | null;
  /** By which a provider of OpenID Connect knows them the first time. */
  readonly email: string | null;
  /** The issuer and what it calls them, once they signed in there. */
  readonly providerSubject: string | null;
}

const rowOf = sql`
  staff_user.id, staff_user.username, staff_user.full_name, staff_user.role, staff_user.password_hash,
  branch.code as branch_code, branch.name as branch_name, staff_user.created_at,
  staff_user.last_signed_in_at, staff_user.disabled_at, staff_user.demonstration, staff_user.version,
  second_factor.added_at as second_factor_added_at, password_reset.valid_until as reset_valid_until,
  staff_user.email, staff_user.provider_subject
  from staff_user left join branch on branch.id = staff_user.branch_id
  left join second_factor on second_factor.user_id = staff_user.id
  left join password_reset on password_reset.user_id = staff_user.id`;

export async function findUserRow(db: Kysely<Tables>, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`select ${rowOf} where staff_user.id = ${id}`.execute(db);
  return rows[0];
}

/** By username, after one of them; empty for the first page. */
export async function listUserRows(db: Kysely<Tables>, after: string, limit: number): Promise<UserRow[]> {
  const { rows } = await sql<UserRow>`
    select ${rowOf} where lower(staff_user.username) > ${after}
    order by lower(staff_user.username) limit ${limit}`.execute(db);
  return rows;
}

export interface UserColumns {
  fullName?: string;
  role?: string;
  branchId?: number | null;
  passwordHash?: string;
  disabledAt?: string | null;
  email?: string | null;
  providerSubject?: string | null;
}

/** Changes an account, which makes a new version of it. */
export async function updateUser(db: Kysely<Tables>, id: string, columns: UserColumns): Promise<void> {
  await db
    .updateTable('staffUser')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** One at a time for whatever depends on who else there is. */
export async function lockStaff(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('navigator staff'))`.execute(transaction);
}

/** How many administrators may sign in, leaving one of them out. */
export async function countAdministrators(db: Kysely<Tables>, except: string | null = null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from staff_user
    where disabled_at is null and role = 'administrator' and (${except}::uuid is null or id <> ${except})`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

export interface NewStaffEvent {
  readonly at: number;
  readonly kind: string;
  readonly userId: string;
  readonly actorKind: string;
  readonly actorId: string;
}

export async function insertStaffEvents(db: Kysely<Tables>, events: readonly NewStaffEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto('staffEvent')
    .values(events.map((event) => ({ ...event, at: toTimestamp(event.at) })))
    .execute();
}

export interface SignInUser {
  readonly id: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly branchId: number | null;
  readonly role: string;
}

/** Whether an email address is that of somebody else, in any case. */
export async function isEmailTaken(
  db: Kysely<Tables>,
  email: string,
  except: string | null = null,
): Promise<boolean> {
  const { rows } = await sql`
    select from staff_user
    where lower(email) = lower(${email}) and (${except}::uuid is null or id <> ${except})`.execute(db);
  return rows.length > 0;
}

/** Somebody by username, in any case, whether or not they may sign in. */
export async function findSignInUser(
  db: Kysely<Tables>,
  username: string,
): Promise<(SignInUser & { readonly disabledAt: number | null }) | undefined> {
  return db
    .selectFrom('staffUser')
    .select(['id', 'username', 'passwordHash', 'branchId', 'role', 'disabledAt'])
    .where(({ eb, fn }) => eb(fn<string>('lower', ['username']), '=', username.toLowerCase()))
    .executeTakeFirst();
}

export async function deleteSessionsOf(db: Kysely<Tables>, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db.deleteFrom('staffSession').where('userId', 'in', userIds).execute();
}

/** The link of a password reset is of no use any more. */
export async function deleteReset(db: Kysely<Tables>, userId: string): Promise<void> {
  await db.deleteFrom('passwordReset').where('userId', '=', userId).execute();
}

export interface NewApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly keyHash: Buffer;
  readonly scopes: string[];
  readonly createdAt: number;
}

export async function insertApiKey(db: Kysely<Tables>, key: NewApiKeyRow): Promise<void> {
  await db
    .insertInto('apiKey')
    .values({ ...key, createdAt: toTimestamp(key.createdAt) })
    .execute();
}

export async function findApiKey(
  db: Kysely<Tables>,
  keyHash: Buffer,
): Promise<{ id: string; scopes: string[] } | undefined> {
  return db
    .selectFrom('apiKey')
    .select(['id', 'scopes'])
    .where('keyHash', '=', keyHash)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

export async function listApiKeyRows(db: Kysely<Tables>): Promise<ApiKeyRow[]> {
  return db
    .selectFrom('apiKey')
    .select(['id', 'name', 'scopes', 'createdAt', 'revokedAt'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** False when there is no such key, or it was revoked before. */
export async function setRevoked(db: Kysely<Tables>, id: string, at: number): Promise<boolean> {
  const result = await db
    .updateTable('apiKey')
    .set({ revokedAt: toTimestamp(at) })
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Full names of staff and names of API keys, by id. */
export async function findNames(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('staffUser')
    .select(['id', 'fullName as name'])
    .where('id', 'in', ids)
    .unionAll(db.selectFrom('apiKey').select(['id', 'name']).where('id', 'in', ids))
    .execute();
}
