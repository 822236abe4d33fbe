import type { Kysely } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';

/** The customer numbers of these ids; of those no longer on file there is none. */
export async function findNumbers(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('customer')
    .select(['id', 'customerNumber'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, customerNumber }) => [id, customerNumber]));
}
