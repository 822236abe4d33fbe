import { createHmac, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { CommitmentRow, EvidenceRow } from './store.ts';
import { findCommitments, findEvidence, insertEvidence } from './store.ts';

/**
 * Evidence: the free text behind an entry, kept apart so that it can be erased. Guarantees that the entry
 * commits to it without telling anything of it, so that evidence altered later is found.
 */
function commitmentTo(document: unknown, salt: Buffer): string {
  return createHmac('sha256', salt).update(JSON.stringify(document)).digest('hex');
}

/** Keeps a note; answers the salted commitment to it, hexadecimal. */
export async function keepEvidenceIn(
  transaction: Parameters<typeof insertEvidence>[0],
  context: Context,
  customerId: string,
  note: string,
): Promise<string> {
  const salt = randomBytes(32);
  // One member only: the database may give back several in another order, and the commitment is over the text.
  const document = { note };
  await insertEvidence(transaction, { customerId, id: uuid(), salt, document, createdAt: nowOf(context) });
  return commitmentTo(document, salt);
}

/** Evidence that is not what any entry commits to. */
export interface AlteredEvidence {
  readonly customerId: string;
  /** The entry it must have been written for; null when no entry is without its evidence. */
  readonly sequence: number | null;
}

/**
 * Holds what is kept of these customers against what their entries commit to. Evidence that is missing is no
 * fault: it may have been erased.
 */
export async function findAlteredEvidence(
  snapshot: Context['database']['db'],
  ids: readonly string[],
): Promise<AlteredEvidence[]> {
  const kept = await findEvidence(snapshot, ids);
  if (kept.length === 0) return [];
  const commitments = Map.groupBy(
    await findCommitments(snapshot, ids),
    (commitment) => commitment.customerId,
  );
  return [...Map.groupBy(kept, (row) => row.customerId)].flatMap(([customerId, rows]) =>
    alteredOf(rows, commitments.get(customerId) ?? []).map((sequence) => ({ customerId, sequence })),
  );
}

/** The entries of one customer whose evidence was altered. Each entry answers for one piece of evidence. */
function alteredOf(rows: readonly EvidenceRow[], commitments: readonly CommitmentRow[]): (number | null)[] {
  const open = new Map(commitments.map((row) => [row.commitment.toString('hex'), row]));
  const altered = rows.filter(({ document, salt }) => !open.delete(commitmentTo(document, salt)));
  return altered.map(({ createdAt }) => {
    // Nothing else ties the two together: an entry is recorded with its evidence, or a moment later.
    const candidates = [...open].filter(([, entry]) => entry.recordedAt >= createdAt);
    const [commitment, entry] = candidates[0] ?? [...open][0] ?? [];
    if (commitment === undefined || entry === undefined) return null;
    open.delete(commitment);
    return entry.sequence;
  });
}
