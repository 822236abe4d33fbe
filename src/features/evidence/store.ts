import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export async function insertEvidence(
  db: Kysely<Tables>,
  evidence: { customerId: string; id: string; salt: Buffer; document: unknown; createdAt: number },
): Promise<void> {
  await db
    .insertInto('evidence')
    .values({
      ...evidence,
      document: JSON.stringify(evidence.document),
      createdAt: toTimestamp(evidence.createdAt),
    })
    .execute();
}

export interface EvidenceRow {
  readonly customerId: string;
  readonly salt: Buffer;
  readonly document: unknown;
  readonly createdAt: number;
}

/** What is kept of these customers, in the order in which it was written. */
export async function findEvidence(db: Kysely<Tables>, ids: readonly string[]): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select customer_id, salt, document, created_at from evidence
    where customer_id = any(${ids}::uuid[])
    order by customer_id, created_at, id`.execute(db);
  return rows;
}

export interface CommitmentRow {
  readonly customerId: string;
  readonly sequence: number;
  readonly commitment: Buffer;
  readonly recordedAt: number;
}

/** The entries of these customers that commit to evidence, in the order of each chain. */
export async function findCommitments(db: Kysely<Tables>, ids: readonly string[]): Promise<CommitmentRow[]> {
  const { rows } = await sql<CommitmentRow>`
    select customer_id, sequence, evidence_commitment as commitment, recorded_at from ledger_event
    where customer_id = any(${ids}::uuid[]) and evidence_commitment is not null
    order by customer_id, sequence`.execute(db);
  return rows;
}
