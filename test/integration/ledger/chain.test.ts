import { createHmac, hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../../src/domain/ledger-event.ts';
import { canonicalEvent } from '../../../src/domain/ledger-event.ts';
import type { ChainedEvent, ChainHead } from '../../../src/features/ledger/chain.ts';
import { chain, emptyChain, sealHead, verifyChain } from '../../../src/features/ledger/chain.ts';

const customerId = '018f0000-0000-7000-8000-000000000001';
const otherCustomerId = '018f0000-0000-7000-8000-000000000002';
const key = Buffer.alloc(32, 7);

function entry(sequence: number): LedgerEvent {
  return {
    customerId,
    sequence,
    act: { kind: 'review_confirmed' },
    cells: [],
    occurredAt: null,
    recordedAt: Date.UTC(2026, 10, 23, 11, sequence),
    actor: { kind: 'staff', id: 'adviser' },
    method: null,
    wordingHash: null,
    evidenceCommitment: null,
    legalEntityId: 1,
    batchId: null,
    corrects: null,
  };
}

const first = chain(entry(1), emptyChain);
const second = chain(entry(2), headOf(first));
const third = chain(entry(3), headOf(second));

function headOf({ event, hash: newest }: ChainedEvent): ChainHead {
  return { sequence: event.sequence, hash: newest };
}

function sealed(head: ChainHead, of = customerId) {
  return { ...head, seal: sealHead(key, of, head) };
}

describe('the hash of an entry', () => {
  it('is SHA-256 over its canonical form with the hash of the entry before it', () => {
    expect(second.previousHash).toBe(first.hash);
    expect(second.hash).toBe(hash('sha256', canonicalEvent(entry(2), first.hash), 'hex'));
  });

  it('covers the hash of the entry before it: the same act elsewhere in a chain has another hash', () => {
    expect(chain(entry(2), { sequence: 1, hash: 'a'.repeat(64) }).hash).not.toBe(second.hash);
  });

  it('is only taken of an entry that follows the head', () => {
    expect(() => chain(entry(3), headOf(first))).toThrow(RangeError);
  });
});

describe('the seal of a head', () => {
  const head = headOf(third);
  const seal = sealHead(key, customerId, head);

  it('is a keyed hash over the customer, the number of entries and the newest hash', () => {
    const covered = `${customerId}|3|${head.hash}`;
    expect(seal).toBe(createHmac('sha256', key).update(covered).digest('hex'));
  });

  it.each([
    ['customer', sealHead(key, otherCustomerId, head)],
    ['number of entries', sealHead(key, customerId, { ...head, sequence: 2 })],
    ['newest hash', sealHead(key, customerId, { ...head, hash: second.hash })],
    ['key', sealHead(Buffer.alloc(32, 8), customerId, head)],
  ])('is another for another %s', (_, another) => {
    expect(another).not.toBe(seal);
  });
});

describe('a chain held against its sealed head', () => {
  const head = sealed(headOf(third));

  it('is sound as it was written', () => {
    expect(verifyChain(customerId, [first, second, third], head, key)).toBeNull();
  });

  it('is refused when an entry, whole in itself, follows another one than that before it', () => {
    const altered = chain({ ...entry(2), legalEntityId: 2 }, headOf(first));
    expect(verifyChain(customerId, [first, altered, third], head, key)).toEqual({
      kind: 'entry_not_chained',
      sequence: 3,
    });
  });

  it('is refused when the newest entry, whole in itself, is not the one that was sealed', () => {
    const altered = chain({ ...entry(3), legalEntityId: 2 }, headOf(second));
    expect(verifyChain(customerId, [first, second, altered], head, key)).toEqual({
      kind: 'entry_altered',
      sequence: 3,
    });
  });

  it('is refused when an entry was chained on beyond the head', () => {
    expect(verifyChain(customerId, [first, second, third], sealed(headOf(second)), key)).toEqual({
      kind: 'entry_beyond_head',
      sequence: 3,
    });
  });

  it('is refused when the head was sealed for another customer', () => {
    const foreign = sealed(headOf(third), otherCustomerId);
    expect(verifyChain(customerId, [first, second, third], foreign, key)).toEqual({
      kind: 'head_forged',
      sequence: 3,
    });
  });
});
