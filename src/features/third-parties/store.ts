import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export async function findThirdParties(
  db: Kysely<Tables>,
  names: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const lowered = names.map((name) => name.toLowerCase());
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from third_party where lower(name) = any(${lowered}::text[])`.execute(db);
  return rows;
}

/** Registers companies; one that is there already stays as it is. */
export async function insertThirdParties(
  db: Kysely<Tables>,
  companies: readonly { id: string; name: string; createdAt: number }[],
): Promise<void> {
  await db
    .insertInto('thirdParty')
    .values(companies.map((company) => ({ ...company, createdAt: toTimestamp(company.createdAt) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findThirdPartyNames(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('thirdParty')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .execute();
}
