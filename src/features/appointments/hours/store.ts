import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export async function findHours(
  db: Kysely<Tables>,
  branchId: number,
): Promise<{ settings: unknown; version: number } | undefined> {
  return db
    .selectFrom('workshopHours')
    .select(['settings', 'version'])
    .where('branchId', '=', branchId)
    .executeTakeFirst();
}

/** One change of the hours of a branch at a time. */
export async function lockHours(transaction: Transaction<Tables>, branchId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('workshop hours', ${branchId}))`.execute(
    transaction,
  );
}

export async function upsertHours(
  transaction: Transaction<Tables>,
  hours: {
    branchId: number;
    settings: unknown;
    version: number;
    updatedBy: string;
    at: number;
  },
): Promise<void> {
  const { branchId, version, updatedBy } = hours;
  const settings = JSON.stringify(hours.settings);
  const updatedAt = toTimestamp(hours.at);
  await transaction
    .insertInto('workshopHours')
    .values({ branchId, settings, version, updatedBy, updatedAt })
    .onConflict((conflict) =>
      conflict.column('branchId').doUpdateSet({ settings, version, updatedBy, updatedAt }),
    )
    .execute();
}
