import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface AttemptCount {
  readonly subjectHash: Buffer;
  readonly attempts: number;
  readonly forgetAt: number;
}

/** Counts one attempt on each subject, from one again where the earlier ones are forgotten; answers the counts. */
export async function countAttempt(
  db: Kysely<Tables>,
  subjects: readonly Buffer[],
  times: { readonly at: number; readonly forgetAt: number },
): Promise<AttemptCount[]> {
  const at = toTimestamp(times.at);
  const forgetAt = toTimestamp(times.forgetAt);
  // Always in the same order, so that two attempts at once wait for each other instead of for ever.
  const { rows } = await sql<AttemptCount>`
    insert into sign_in_attempt (subject_hash, attempts, forget_at)
    select subject_hash, 1, ${forgetAt} from unnest(${subjects}::bytea[]) as subject_hash order by subject_hash
    on conflict (subject_hash) do update
    set attempts = case when sign_in_attempt.forget_at <= ${at} then 1 else sign_in_attempt.attempts + 1 end,
      forget_at = case
        when sign_in_attempt.forget_at <= ${at} then excluded.forget_at else sign_in_attempt.forget_at
      end
    returning subject_hash, attempts, forget_at`.execute(db);
  return rows;
}

/** Takes one attempt on each subject back: it was no guess. */
export async function uncountAttempt(db: Kysely<Tables>, subjects: readonly Buffer[]): Promise<void> {
  await sql`
    update sign_in_attempt set attempts = greatest(attempts - 1, 0)
    where subject_hash in (
      select subject_hash from sign_in_attempt where subject_hash = any(${subjects}::bytea[])
      order by subject_hash for update
    )`.execute(db);
}

export async function forgetAttempts(db: Kysely<Tables>, before: number, most: number): Promise<void> {
  await sql`
    delete from sign_in_attempt where subject_hash in (
      select subject_hash from sign_in_attempt where forget_at <= ${toTimestamp(before)}
      limit ${most} for update skip locked
    )`.execute(db);
}
