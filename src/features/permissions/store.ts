import type { Kysely } from 'kysely';
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
