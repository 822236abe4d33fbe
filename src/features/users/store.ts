import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NewUserRow {
  readonly id: string;
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly passwordHash: string;
  readonly createdAt: number;
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

export async function findUser(
  db: Kysely<Tables>,
  username: string,
): Promise<{ id: string; passwordHash: string; disabledAt: number | null } | undefined> {
  return db
    .selectFrom('staffUser')
    .select(['id', 'passwordHash', 'disabledAt'])
    .where(({ eb, fn }) => eb(fn<string>('lower', ['username']), '=', username.toLowerCase()))
    .executeTakeFirst();
}

/** Members of staff, and API keys, by id. */
export async function findActorNames(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, full_name as name from staff_user where id = any(${ids}::uuid[])
    union all
    select id, name from api_key where id = any(${ids}::uuid[])`.execute(db);
  return rows;
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
