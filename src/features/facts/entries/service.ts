import type { LedgerEvent } from '../../../domain/ledger-event.ts';
import type { EventRow } from '../store.ts';

/** A stored entry as the domain knows it. */
export function toLedgerEvent(row: EventRow): LedgerEvent {
  return {
    customerId: row.customerId,
    sequence: row.sequence,
    act: row.act,
    cells: row.cells,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    actor: { kind: row.actorKind, id: row.actorId },
    method: row.method,
    wordingHash: row.wordingHash?.toString('hex') ?? null,
    evidenceCommitment: row.evidenceCommitment?.toString('hex') ?? null,
    legalEntityId: row.legalEntityId,
    batchId: row.batchId,
    corrects: row.corrects,
  };
}
