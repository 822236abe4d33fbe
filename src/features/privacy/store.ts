import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { ContactPointKind } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NewScreening {
  readonly register: 'tps' | 'ctps' | 'mps';
  readonly subject: string;
  readonly listedOn: string | null;
  readonly screenedOn: string;
}

/** Adds screening results; the newest result of a subject counts, the older ones answer for their time. */
export async function insertScreenings(
  transaction: Transaction<Tables>,
  screenings: readonly NewScreening[],
  recordedAt: number,
): Promise<void> {
  const rows = JSON.stringify(
    screenings.map((row) => ({
      register: row.register,
      subject: row.subject,
      listed_on: row.listedOn,
      screened_on: row.screenedOn,
    })),
  );
  await sql`
    insert into register_screening (register, subject, listed_on, screened_on, recorded_at)
    select register, subject, listed_on, screened_on, ${toTimestamp(recordedAt)}
    from jsonb_to_recordset(${rows}::jsonb)
      as screening (register text, subject text, listed_on date, screened_on date)
    on conflict do nothing`.execute(transaction);
}

export async function insertSuppression(
  transaction: Transaction<Tables>,
  suppression: {
    contactHash: Buffer;
    suppressedAt: number;
    recordedAt: number;
    reason: string;
    recordedBy: string | null;
  },
): Promise<void> {
  await transaction
    .insertInto('suppression')
    .values({
      ...suppression,
      suppressedAt: toTimestamp(suppression.suppressedAt),
      recordedAt: toTimestamp(suppression.recordedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Everybody who holds one of these numbers or addresses now. */
export async function findHolders(
  db: Kysely<Tables>,
  kinds: readonly ContactPointKind[],
  normalised: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    select distinct customer_id from contact_point
    where normalised collate "C" = any(${normalised}::text[]) and kind = any(${kinds}::text[]) and removed_at is null
    order by customer_id`.execute(db);
  return rows.map((row) => row.customerId);
}

export interface NewAssessment {
  readonly id: string;
  readonly legalEntityId: number;
  readonly channels: readonly string[];
  readonly categories: readonly string[];
  readonly purpose: string;
  readonly necessity: string;
  readonly balance: string;
  readonly approvedBy: string;
  readonly effectiveAt: number;
  readonly reviewOn: string;
}

export async function insertAssessment(db: Kysely<Tables>, assessment: NewAssessment): Promise<void> {
  await db
    .insertInto('legitimateInterestAssessment')
    .values({
      ...assessment,
      channels: [...assessment.channels],
      categories: [...assessment.categories],
      effectiveAt: toTimestamp(assessment.effectiveAt),
    })
    .execute();
}

export interface StoredAssessment extends NewAssessment {
  readonly legalEntity: string;
  readonly withdrawnAt: number | null;
}

/** Every assessment, the newest first. */
export async function listAssessmentRows(db: Kysely<Tables>): Promise<StoredAssessment[]> {
  const { rows } = await sql<StoredAssessment>`
    select a.id, a.legal_entity_id, e.name as legal_entity, a.channels, a.categories, a.purpose, a.necessity,
      a.balance, a.approved_by, a.effective_at, a.review_on, a.withdrawn_at
    from legitimate_interest_assessment a join legal_entity e on e.id = a.legal_entity_id
    order by a.effective_at desc, a.id desc`.execute(db);
  return rows;
}
