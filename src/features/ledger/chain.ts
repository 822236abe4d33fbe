import { createHash, createHmac } from 'node:crypto';
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
export function hashEvent(event: LedgerEvent, previousHash: string): string {
  return createHash('sha256').update(canonicalEvent(event, previousHash)).digest('hex');
}

export function chain(event: LedgerEvent, head: ChainHead): ChainedEvent {
  if (event.sequence !== head.sequence + 1) throw new RangeError('An entry does not follow the head.');
  return { event, previousHash: head.hash, hash: hashEvent(event, head.hash) };
}

/**
 * A keyed seal over the head of a customer's chain. The key is derived from the installation's secret, which
 * is not in the database, so somebody with every right there can still not cut a chain short unseen.
 */
export function sealHead(key: Buffer, customerId: string, head: ChainHead): string {
  return createHmac('sha256', key).update(`${customerId}|${head.sequence}|${head.hash}`).digest('hex');
}
