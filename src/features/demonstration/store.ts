import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export async function findDemonstration(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('demonstration').select('id').executeTakeFirst()) !== undefined;
}

/** Whether nobody has entered, chosen or imported anything yet. */
export async function findUntouched(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ untouched: boolean }>`
    select not (
      exists (select from customer) or exists (select from import_batch) or exists (select from staff_user)
      or exists (select from api_key) or exists (select from legitimate_interest_assessment)
      or exists (select from policy_version where chosen_explicitly or recorded_by <> 'navigator')
    ) as untouched`.execute(db);
  return rows[0]?.untouched === true;
}

/** Writes the mark; false where it was there before. */
export async function insertDemonstration(
  transaction: Transaction<Tables>,
  begunAt: number,
): Promise<boolean> {
  const row = await transaction
    .insertInto('demonstration')
    .values({ begunAt: toTimestamp(begunAt) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
