import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface FactorRow {
  readonly secretSealed: Buffer | null;
  readonly addedAt: number | null;
  readonly pendingSealed: Buffer | null;
  readonly pendingUntil: number | null;
}

export async function findFactor(db: Kysely<Tables>, userId: string): Promise<FactorRow | undefined> {
  return db
    .selectFrom('secondFactor')
    .select(['secretSealed', 'addedAt', 'pendingSealed', 'pendingUntil'])
    .where('userId', '=', userId)
    .executeTakeFirst();
}

/** Keeps a secret that is not confirmed yet, beside the one that counts until it is. */
export async function keepPending(
  db: Kysely<Tables>,
  userId: string,
  pendingSealed: Buffer,
  until: number,
): Promise<void> {
  const pending = { pendingSealed, pendingUntil: toTimestamp(until) };
  await db
    .insertInto('secondFactor')
    .values({ userId, ...pending })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(pending))
    .execute();
}

/** The secret that was waiting counts from now on, and the code it was confirmed with does not again. */
export async function confirmPending(
  db: Kysely<Tables>,
  userId: string,
  { pendingSealed, step, at }: { readonly pendingSealed: Buffer; readonly step: number; readonly at: number },
): Promise<boolean> {
  const result = await db
    .updateTable('secondFactor')
    .set({
      secretSealed: pendingSealed,
      addedAt: toTimestamp(at),
      lastStep: step,
      pendingSealed: null,
      pendingUntil: null,
    })
    .where('userId', '=', userId)
    .where('pendingSealed', '=', pendingSealed)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Uses a time step up. False when it, or a later one, was used before: of two at once, one is first. */
export async function takeStep(db: Kysely<Tables>, userId: string, step: number): Promise<boolean> {
  const result = await db
    .updateTable('secondFactor')
    .set({ lastStep: step })
    .where('userId', '=', userId)
    .where('lastStep', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** False when there is no such code, or it was used before. */
export async function takeRecoveryCode(
  db: Kysely<Tables>,
  userId: string,
  codeHash: Buffer,
  at: number,
): Promise<boolean> {
  const result = await db
    .updateTable('recoveryCode')
    .set({ usedAt: toTimestamp(at) })
    .where('userId', '=', userId)
    .where('codeHash', '=', codeHash)
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** New codes in the place of all there were. */
export async function replaceRecoveryCodes(
  db: Kysely<Tables>,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await db.deleteFrom('recoveryCode').where('userId', '=', userId).execute();
  if (hashes.length === 0) return;
  await db
    .insertInto('recoveryCode')
    .values(hashes.map((codeHash) => ({ userId, codeHash })))
    .execute();
}

export async function countRecoveryCodes(db: Kysely<Tables>, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from recovery_code where user_id = ${userId} and used_at is null`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Takes a second factor away with its recovery codes; false when there was none that counted. */
export async function deleteFactor(db: Kysely<Tables>, userId: string): Promise<boolean> {
  await db.deleteFrom('recoveryCode').where('userId', '=', userId).execute();
  const row = await db
    .deleteFrom('secondFactor')
    .where('userId', '=', userId)
    .returning('addedAt')
    .executeTakeFirst();
  return row?.addedAt != null;
}
