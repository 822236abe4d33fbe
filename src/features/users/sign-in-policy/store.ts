import type { Kysely } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface PolicyRow {
  readonly version: number;
  readonly secondFactorRoles: string[];
  readonly setAt: number;
  readonly setBy: string;
}

/** Of which roles a second factor is asked, as it is in force. */
export async function findPolicy(db: Kysely<Tables>): Promise<PolicyRow> {
  return db.selectFrom('signInPolicy').selectAll().orderBy('version', 'desc').executeTakeFirstOrThrow();
}

/** False when somebody else was first. */
export async function insertPolicy(db: Kysely<Tables>, policy: PolicyRow): Promise<boolean> {
  const result = await db
    .insertInto('signInPolicy')
    .values({ ...policy, setAt: toTimestamp(policy.setAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
