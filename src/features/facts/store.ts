import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { LedgerAct, LedgerCell } from '../../domain/ledger-event.ts';
import type { ActorKind, ContactPointKind, CustomerKind, Method } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

/** Everything the engine needs to know of customers, read as of one instant. Rows keep their column names. */
export interface ProfileRow {
  readonly id: string;
  readonly kind: CustomerKind;
  readonly birthOn: string | null;
  readonly prospect: boolean;
  readonly branchId: number;
  readonly legalEntityId: number;
  readonly mergedIntoId: string | null;
}

export async function findProfiles(db: Kysely<Tables>, ids: readonly string[]): Promise<ProfileRow[]> {
  const { rows } = await sql<ProfileRow>`
    select customer.id, customer.kind, customer.birth_on, customer.prospect, customer.branch_id,
      branch.legal_entity_id, customer.merged_into_id
    from customer join branch on branch.id = customer.branch_id
    where customer.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

export interface AbsorbedRow {
  readonly id: string;
  readonly mergedIntoId: string;
}

/**
 * Records that were merged into these, directly or through another. Asked for step by step, since hardly
 * anybody was merged: one recursive statement sets memory aside for all that it might find, each time.
 */
export async function findAbsorbed(db: Kysely<Tables>, ids: readonly string[]): Promise<AbsorbedRow[]> {
  const found = new Map<string, AbsorbedRow>();
  for (let asked = ids; asked.length > 0; ) {
    const direct = (await findDirectlyAbsorbed(db, asked)).filter(({ id }) => !found.has(id));
    for (const row of direct) found.set(row.id, row);
    asked = direct.map(({ id }) => id);
  }
  return [...found.values()];
}

/**
 * `offset 0` keeps the planner from turning the search around and reading every customer, which it does while
 * an import has left it without statistics.
 */
async function findDirectlyAbsorbed(db: Kysely<Tables>, ids: readonly string[]): Promise<AbsorbedRow[]> {
  const { rows } = await sql<AbsorbedRow>`
    select direct.id, direct.merged_into_id
    from unnest(${ids}::uuid[]) as given (id)
    cross join lateral (
      select id, merged_into_id from customer where merged_into_id = given.id offset 0
    ) direct`.execute(db);
  return rows;
}

export interface ContactPointRow {
  readonly customerId: string;
  readonly id: string;
  readonly kind: ContactPointKind;
  readonly normalised: string | null;
  readonly line1: string | null;
  readonly rank: number;
  readonly inUseSince: number;
  readonly status: 'ok' | 'bounced' | 'unverified';
}

export async function findContactPoints(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<ContactPointRow[]> {
  const { rows } = await sql<ContactPointRow>`
    select customer_id, id, kind, normalised, address ->> 'line1' as line1, rank, in_use_since, status
    from contact_point
    where customer_id = any(${ids}::uuid[])
      and in_use_since <= ${toTimestamp(at)}
      and (removed_at is null or removed_at > ${toTimestamp(at)})
    order by customer_id, rank, in_use_since, id`.execute(db);
  return rows;
}

export interface LineRow {
  readonly customerId: string;
  readonly id: string;
  readonly normalised: string | null;
  readonly inUseSince: number;
  readonly removedAt: number | null;
}

/** Every number in use at an instant or before it. */
export async function findLines(db: Kysely<Tables>, ids: readonly string[], at: number): Promise<LineRow[]> {
  const { rows } = await sql<LineRow>`
    select customer_id, id, normalised, in_use_since,
      case when removed_at <= ${toTimestamp(at)} then removed_at end as removed_at
    from contact_point
    where customer_id = any(${ids}::uuid[]) and kind in ('mobile', 'landline')
      and in_use_since <= ${toTimestamp(at)}
    order by customer_id, in_use_since, id`.execute(db);
  return rows;
}

export interface KeeperRow {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly fromOn: string | null;
  readonly untilOn: string | null;
}

export async function findKeepers(db: Kysely<Tables>, ids: readonly string[]): Promise<KeeperRow[]> {
  const { rows } = await sql<KeeperRow>`
    select customer_id, vehicle_id, from_on, until_on
    from keeper
    where customer_id = any(${ids}::uuid[])
    order by customer_id, vehicle_id`.execute(db);
  return rows;
}

export interface EventRow {
  readonly customerId: string;
  readonly sequence: number;
  readonly act: LedgerAct;
  readonly cells: readonly LedgerCell[];
  readonly occurredAt: number | null;
  readonly recordedAt: number;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly method: Method | null;
  readonly wordingHash: Buffer | null;
  readonly evidenceCommitment: Buffer | null;
  readonly legalEntityId: number;
  readonly batchId: string | null;
  readonly corrects: number | null;
}

/** An entry with the hashes by which it is chained. */
export interface StoredEventRow extends EventRow {
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

const eventColumns = sql.raw(
  `customer_id, sequence, act, cells, occurred_at, recorded_at, actor_kind, actor_id, method,
   wording_hash, evidence_commitment, legal_entity_id, batch_id, corrects`,
);

/** Entries recorded by an instant, in the order of each customer's chain. */
export async function findEvents(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select ${eventColumns} from ledger_event
    where customer_id = any(${ids}::uuid[]) and recorded_at <= ${toTimestamp(at)}
    order by customer_id, sequence`.execute(db);
  return rows;
}

export type Register = 'tps' | 'ctps' | 'mps';

/** Every entry, whenever it was recorded, in the order of each customer's chain. */
export async function findStoredEvents(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<StoredEventRow[]> {
  const { rows } = await sql<StoredEventRow>`
    select ${eventColumns}, previous_hash, hash from ledger_event
    where customer_id = any(${ids}::uuid[])
    order by customer_id, sequence`.execute(db);
  return rows;
}

export interface ScreeningRow {
  readonly register: Register;
  readonly subject: string;
  readonly listedOn: string | null;
  readonly screenedOn: string;
}

/**
 * The latest screening of each subject against each register recorded by an instant: the latest day it was screened,
 * however late it was loaded.
 */
export async function findScreenings(
  db: Kysely<Tables>,
  registers: readonly Register[],
  subjects: readonly string[],
  at: number,
): Promise<ScreeningRow[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<ScreeningRow>`
    select distinct on (register, subject) register, subject, listed_on, screened_on
    from register_screening
    where register = any(${registers}::text[]) and subject = any(${subjects}::text[])
      and recorded_at <= ${toTimestamp(at)}
    order by register, subject, screened_on desc, recorded_at desc`.execute(db);
  return rows;
}

/** Whether anybody is on the do-not-contact list at all. */
export async function hasSuppressions(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`select exists (select from suppression) as known`.execute(
    db,
  );
  return rows[0]?.known === true;
}

/**
 * When each of these numbers or addresses was last put on the do-not-contact list, by keyed hash. One that was taken
 * off is not on it until it is put on again; at the same instant it stays on.
 */
export async function findSuppressions(
  db: Kysely<Tables>,
  hashes: readonly Buffer[],
  at: number,
): Promise<{ contactHash: Buffer; suppressedAt: number }[]> {
  if (hashes.length === 0) return [];
  const { rows } = await sql<{ contactHash: Buffer; suppressedAt: number }>`
    select contact_hash, max(suppressed_at) as suppressed_at
    from suppression listed
    where contact_hash = any(${hashes}::bytea[])
      and recorded_at <= ${toTimestamp(at)} and suppressed_at <= ${toTimestamp(at)}
      and not exists (
        select from suppression_removal removal
        where removal.contact_hash = listed.contact_hash
          and removal.recorded_at > listed.recorded_at and removal.recorded_at <= ${toTimestamp(at)}
      )
    group by contact_hash`.execute(db);
  return rows;
}

export interface AssessmentRow {
  readonly id: string;
  readonly legalEntityId: number;
  readonly channels: string[];
  readonly categories: string[];
  readonly effectiveAt: number;
  readonly reviewOn: string;
}

export async function findAssessments(db: Kysely<Tables>, at: number): Promise<AssessmentRow[]> {
  const { rows } = await sql<AssessmentRow>`
    select id, legal_entity_id, channels, categories, effective_at, review_on
    from legitimate_interest_assessment
    where withdrawn_at is null or withdrawn_at > ${toTimestamp(at)}
    order by effective_at, id`.execute(db);
  return rows;
}

/** Marketing handed over in the 30 days before an instant, for the frequency cap. */
export async function findHandOvers(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<{ customerId: string; handedOverAt: number }[]> {
  const { rows } = await sql<{ customerId: string; handedOverAt: number }>`
    select customer_id, handed_over_at
    from hand_over
    where customer_id = any(${ids}::uuid[]) and marketing
      and handed_over_at > ${toTimestamp(at - 30 * 86_400_000)} and handed_over_at <= ${toTimestamp(at)}
    order by customer_id, handed_over_at`.execute(db);
  return rows;
}

/** The enquiries that were open at an instant: their latest stage by then was neither sold nor lost. */
export async function findOpenEnquiries(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<{ customerId: string; id: string }[]> {
  const { rows } = await sql<{ customerId: string; id: string }>`
    select customer_id, enquiry_id as id
    from (
      select distinct on (customer_id, enquiry_id) customer_id, enquiry_id, stage
      from enquiry_stage
      where customer_id = any(${ids}::uuid[]) and changed_at <= ${toTimestamp(at)}
      order by customer_id, enquiry_id, sequence desc
    ) as latest
    where stage not in ('sold', 'lost')`.execute(db);
  return rows;
}
