import type { Kysely } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';

export interface PositionRow {
  readonly ledgerSequence: number;
  readonly judgedAt: number;
}

export async function findPosition(db: Kysely<Tables>, customerId: string): Promise<PositionRow | undefined> {
  return db
    .selectFrom('permissionStanding')
    .select(['ledgerSequence', 'judgedAt'])
    .where('customerId', '=', customerId)
    .executeTakeFirst();
}
