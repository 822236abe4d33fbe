import type { Kysely } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** Puts a link in the place of the one there was. */
export async function replaceLink(db: Kysely<Tables>, tokenHash: Buffer, validUntil: number): Promise<void> {
  const values = { tokenHash, validUntil: toTimestamp(validUntil) };
  await db
    .insertInto('setUpLink')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}

export async function findLink(
  db: Kysely<Tables>,
  tokenHash: Buffer,
): Promise<{ validUntil: number } | undefined> {
  return db
    .selectFrom('setUpLink')
    .select('validUntil')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
}

export async function deleteLink(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('setUpLink').execute();
}
