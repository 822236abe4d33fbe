import { createHmac, hash } from 'node:crypto';
import type { LedgerEvent } from '../../domain/ledger-event.ts';
import { canonicalEvent, genesisHash } from '../../domain/ledger-event.ts';

/** How entries are chained, and how the head of a chain is sealed. */
export interface ChainedEvent {
  readonly event: LedgerEvent;
  readonly previousHash: string;
  readonly hash: string;
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export const emptyChain: ChainHead = { sequence: 0, hash: genesisHash };

/** The hash of an entry: SHA-256 over its canonical form with the hash of the entry before it. */
function hashEvent(event: LedgerEvent, previousHash: string): string {
  return hash('sha256', canonicalEvent(event, previousHash), 'hex');
}

export function chain(event: LedgerEvent, head: ChainHead): ChainedEvent {
  if (event.sequence !== head.sequence + 1) throw new RangeError('An entry does not follow the head.');
  return { event, previousHash: head.hash, hash: hashEvent(event, head.hash) };
}

/**
 * A keyed seal over the head of a customer's chain. The key is derived from the installation's secret, which
 * is not in the database, so somebody with every right there still cannot seal a head of their own making. It
 * says that this was the head once, not that it is the newest: an old head put back with its own seal, and the
 * entries since then removed, is not seen from inside the database.
 */
export function sealHead(key: Buffer, customerId: string, head: ChainHead): string {
  return createHmac('sha256', key).update(`${customerId}|${head.sequence}|${head.hash}`).digest('hex');
}

/** What is wrong with a customer's chain; the first thing found, in the order of the entries. */
export interface ChainFault {
  readonly kind:
    | 'entry_altered'
    | 'entry_missing'
    | 'entry_not_chained'
    | 'newest_entries_missing'
    | 'entry_beyond_head'
    | 'head_missing'
    | 'head_forged';
  /** The first entry that is not as it was written; for a missing one, the place where it should be. */
  readonly sequence: number;
}

export interface StoredHead extends ChainHead {
  readonly seal: string;
}

/**
 * Recomputes a customer's chain and holds it against its sealed head.
 *
 * @param entries as stored, in the order of their sequence.
 * @returns null when every entry is as it was written and none is missing.
 */
export function verifyChain(
  customerId: string,
  entries: readonly ChainedEvent[],
  head: StoredHead | null,
  sealKey: Buffer,
): ChainFault | null {
  let previous = emptyChain;
  for (const entry of entries) {
    const { sequence } = entry.event;
    if (sequence !== previous.sequence + 1) return { kind: 'entry_missing', sequence: previous.sequence + 1 };
    if (entry.previousHash !== previous.hash) return { kind: 'entry_not_chained', sequence };
    if (hashEvent(entry.event, entry.previousHash) !== entry.hash) return { kind: 'entry_altered', sequence };
    if (head !== null && sequence === head.sequence + 1) {
      return headFault(customerId, head, sealKey) ?? { kind: 'entry_beyond_head', sequence };
    }
    previous = { sequence, hash: entry.hash };
  }
  if (head === null) return { kind: 'head_missing', sequence: previous.sequence };
  const forged = headFault(customerId, head, sealKey);
  if (forged !== null) return forged;
  if (head.sequence > previous.sequence) {
    return { kind: 'newest_entries_missing', sequence: previous.sequence + 1 };
  }
  return head.hash === previous.hash ? null : { kind: 'entry_altered', sequence: previous.sequence };
}

function headFault(customerId: string, head: StoredHead, sealKey: Buffer): ChainFault | null {
  return sealHead(sealKey, customerId, head) === head.seal
    ? null
    : { kind: 'head_forged', sequence: head.sequence };
}
