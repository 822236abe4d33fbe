import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { PolicySettings } from '../../domain/policy.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface StoredPolicy {
  readonly id: number;
  readonly settings: unknown;
  readonly effectiveAt: number;
  readonly chosenExplicitly: boolean;
  readonly reason: string | null;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly warningAcceptedBy: string | null;
  /** When the version after this one takes effect; null when none is recorded. */
  readonly nextEffectiveAt: number | null;
}

/** The version in force at an instant: among those effective by then, the newest. */
export async function findPolicy(db: Kysely<Tables>, at: number): Promise<StoredPolicy | undefined> {
  const { rows } = await sql<StoredPolicy>`
    select id, settings, effective_at, chosen_explicitly, reason, recorded_by, recorded_at,
      warning_accepted_by,
      (select min(later.effective_at) from policy_version later
        where later.effective_at > ${toTimestamp(at)}) as next_effective_at
    from policy_version
    where effective_at <= ${toTimestamp(at)}
    order by effective_at desc, id desc
    limit 1`.execute(db);
  return rows[0];
}

/** Every version, oldest first. */
export async function listPolicies(db: Kysely<Tables>): Promise<StoredPolicy[]> {
  const { rows } = await sql<StoredPolicy>`
    select id, settings, effective_at, chosen_explicitly, reason, recorded_by, recorded_at,
      warning_accepted_by, lead(effective_at) over (order by effective_at, id) as next_effective_at
    from policy_version
    order by effective_at, id`.execute(db);
  return rows;
}

export interface NewPolicy {
  readonly settings: PolicySettings;
  readonly effectiveAt: number;
  readonly chosenExplicitly: boolean;
  readonly reason: string | null;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly warningAcceptedBy: string | null;
  readonly warningAccepted: string | null;
}

export async function insertPolicy(db: Kysely<Tables>, policy: NewPolicy): Promise<number> {
  const row = await db
    .insertInto('policyVersion')
    .values({
      ...policy,
      settings: JSON.stringify(policy.settings),
      effectiveAt: toTimestamp(policy.effectiveAt),
      recordedAt: toTimestamp(policy.recordedAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** One policy change at a time, so that each is made against the one before it. */
export async function lockPolicies(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('navigator policy'))`.execute(transaction);
}
