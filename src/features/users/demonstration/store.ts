import type { Kysely } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface DemonstrationUser {
  readonly id: string;
  readonly username: string;
  readonly passwordHash: string;
  readonly disabledAt: number | null;
}

export async function listDemonstrationUsers(db: Kysely<Tables>): Promise<DemonstrationUser[]> {
  return db
    .selectFrom('staffUser')
    .select(['id', 'username', 'passwordHash', 'disabledAt'])
    .where('demonstration', '=', true)
    .execute();
}

/** Disables every account of the demonstration; answers the ids of those that were not. */
export async function disableDemonstrationUsers(db: Kysely<Tables>, at: number): Promise<string[]> {
  const rows = await db
    .updateTable('staffUser')
    .set((eb) => ({ disabledAt: toTimestamp(at), version: eb('version', '+', 1) }))
    .where('demonstration', '=', true)
    .where('disabledAt', 'is', null)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
