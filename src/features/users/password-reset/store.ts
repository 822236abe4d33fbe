import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** Puts a link in the place of the one somebody had. */
export async function replaceReset(
  db: Kysely<Tables>,
  reset: {
    readonly userId: string;
    readonly tokenHash: Buffer;
    readonly at: number;
    readonly validUntil: number;
  },
): Promise<void> {
  const values = {
    tokenHash: reset.tokenHash,
    madeAt: toTimestamp(reset.at),
    validUntil: toTimestamp(reset.validUntil),
  };
  await db
    .insertInto('passwordReset')
    .values({ userId: reset.userId, ...values })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(values))
    .execute();
}

export interface ResetRow {
  readonly userId: string;
  readonly username: string;
  readonly validUntil: number;
}

/** The link of a token, of somebody who may sign in. */
export async function findReset(db: Kysely<Tables>, tokenHash: Buffer): Promise<ResetRow | undefined> {
  const { rows } = await sql<ResetRow>`
    select password_reset.user_id, staff_user.username, password_reset.valid_until
    from password_reset
    join staff_user on staff_user.id = password_reset.user_id and staff_user.disabled_at is null
    where password_reset.token_hash = ${tokenHash}`.execute(db);
  return rows[0];
}
