import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ContactPointKind } from '../../../domain/vocabulary.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface PastPointRow {
  readonly id: string;
  readonly kind: ContactPointKind;
  readonly value: string;
  readonly normalised: string | null;
  readonly line1: string | null;
  readonly addedAt: number;
  readonly removedAt: number | null;
  readonly status: string;
}

/** Every number and address that a customer ever had. */
export async function findPastPoints(db: Kysely<Tables>, customerId: string): Promise<PastPointRow[]> {
  const { rows } = await sql<PastPointRow>`
    select id, kind, value, normalised, address ->> 'line1' as line1,
      coalesce(recorded_at, in_use_since) as added_at, removed_at, status
    from contact_point where customer_id = ${customerId}`.execute(db);
  return rows;
}

export interface EarlierStatusRow {
  readonly contactPointId: string;
  readonly status: string;
  readonly until: number;
}

/** In what state each was until when, the oldest first. */
export async function findEarlierStatuses(
  db: Kysely<Tables>,
  customerId: string,
): Promise<EarlierStatusRow[]> {
  const { rows } = await sql<EarlierStatusRow>`
    select contact_point_id, status, recorded_until as until
    from contact_point_before where customer_id = ${customerId}
    order by recorded_until, id`.execute(db);
  return rows;
}

export interface PastScreeningRow {
  readonly register: string;
  readonly subject: string;
  readonly listedOn: string | null;
  readonly recordedAt: number;
}

/** What the registers said of these numbers, or of a customer by id. */
export async function findPastScreenings(
  db: Kysely<Tables>,
  subjects: readonly string[],
): Promise<PastScreeningRow[]> {
  const { rows } = await sql<PastScreeningRow>`
    select register, subject, listed_on, recorded_at from register_screening
    where register in ('tps', 'ctps', 'mps') and subject = any(${subjects}::text[])`.execute(db);
  return rows;
}

export interface PastSuppressionRow {
  /** Hexadecimal. */
  readonly contactHash: string;
  readonly recordedAt: number;
  readonly reason: string;
  readonly recordedBy: string | null;
  readonly taken: 'on' | 'off';
}

/** When these hashes, hexadecimal, were put on the do-not-contact list and taken off it. */
export async function findPastSuppressions(
  db: Kysely<Tables>,
  hashes: readonly string[],
): Promise<PastSuppressionRow[]> {
  const { rows } = await sql<PastSuppressionRow>`
    with asked as (select decode(hash, 'hex') as contact_hash from unnest(${hashes}::text[]) as hash)
    select encode(contact_hash, 'hex') as contact_hash, recorded_at, reason, recorded_by, 'on' as taken
    from suppression where contact_hash in (select contact_hash from asked)
    union all
    select encode(contact_hash, 'hex'), recorded_at, reason, recorded_by, 'off'
    from suppression_removal where contact_hash in (select contact_hash from asked)`.execute(db);
  return rows;
}
