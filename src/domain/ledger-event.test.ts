import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerAct, LedgerEvent } from './ledger-event.ts';
import { canonicalEvent, effectiveAt, genesisHash } from './ledger-event.ts';

const event: LedgerEvent = {
  customerId: 'c0ffee00-0000-7000-8000-000000000001',
  sequence: 1,
  act: { kind: 'recorded', review: true },
  cells: [
    { channel: 'sms', category: 'general_marketing', before: 'unset', after: 'granted', basis: 'consent' },
  ],
  occurredAt: 1_780_000_000_000,
  recordedAt: 1_780_000_060_000,
  actor: { kind: 'customer', id: null },
  method: 'portal',
  wordingHash: 'ab'.repeat(32),
  evidenceCommitment: null,
  legalEntityId: 1,
  batchId: null,
  corrects: null,
};

describe('the text over which an entry is hashed', () => {
  it('is for ever: a changed letter would break every chain there is', () => {
    expect(canonicalEvent(event, genesisHash)).toBe(
      '{"act":{"kind":"recorded","review":true},"actor":{"id":null,"kind":"customer"},"batchId":null,' +
        '"cells":[{"after":"granted","basis":"consent","before":"unset","category":"general_marketing",' +
        '"channel":"sms"}],"corrects":null,"customerId":"c0ffee00-0000-7000-8000-000000000001",' +
        `"evidenceCommitment":null,"legalEntityId":1,"method":"portal","occurredAt":1780000000000,` +
        `"previousHash":"${'0'.repeat(64)}","recordedAt":1780000060000,"sequence":1,"wordingHash":"${'ab'.repeat(32)}"}`,
    );
  });

  it('of a review that was tried stays as it was before its branch was written down', () => {
    const act = { kind: 'review_attempted', outcome: 'did_not_ask', reason: 'dropped_keys' } as const;
    const canonicalAct = '"act":{"kind":"review_attempted","outcome":"did_not_ask","reason":"dropped_keys"}';
    expect(canonicalEvent({ ...event, act }, genesisHash)).toContain(`${canonicalAct},`);
    const branched = canonicalEvent({ ...event, act: { ...act, branchId: 2 } }, genesisHash);
    expect(branched).toContain('"act":{"branchId":2,"kind":"review_attempted"');
  });

  it('of a yes to calls stays as it was before its line was written down', () => {
    const cell = { channel: 'live_call', category: 'general_marketing', before: 'unset' } as const;
    const yes = { ...cell, after: 'granted', basis: 'consent' } as const;
    const text = (cells: LedgerEvent['cells']): string => canonicalEvent({ ...event, cells }, genesisHash);
    expect(text([yes])).toContain('"channel":"live_call"}],');
    expect(text([{ ...yes, line: 'c0ffee' }])).toContain('"channel":"live_call","line":"c0ffee"}],');
  });

  it('of what an import writes by the million is that of any other entry, without being sorted', () => {
    const text = fc.string({ unit: 'grapheme' });
    const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
    const act: fc.Arbitrary<LedgerAct> = fc.oneof(
      fc.constant({ kind: 'opened' } as const),
      fc.record({
        kind: fc.constant('imported' as const),
        legacy: fc.constantFrom('none', 'no_follow_up', 'no_marketing', 'both'),
        assumed: fc.boolean(),
      }),
    );
    const events: fc.Arbitrary<LedgerEvent> = fc.record({
      customerId: text,
      sequence: fc.nat(),
      act,
      cells: fc.constant([]),
      occurredAt: fc.option(instant),
      recordedAt: instant,
      actor: fc.record({ kind: fc.constantFrom('import', 'staff'), id: fc.option(text) }),
      method: fc.constantFrom('file', null),
      wordingHash: fc.option(text),
      evidenceCommitment: fc.option(text),
      legalEntityId: fc.nat(),
      batchId: fc.option(text),
      corrects: fc.option(fc.nat()),
    });
    fc.assert(
      fc.property(events, text, (opening, hash) => {
        expect(canonicalEvent(opening, hash)).toBe(canonicalize({ ...opening, previousHash: hash }));
      }),
    );
  });

  it('tells of whatever was added to an act', () => {
    const act = { kind: 'imported', legacy: 'none', assumed: true } as const;
    const opening: LedgerEvent = { ...event, act, cells: [] };
    const added = { ...opening, act: { ...act, note: 'added' } } as LedgerEvent;
    expect(canonicalEvent(added, genesisHash)).toContain('"note":"added"');
    expect(canonicalEvent(added, genesisHash)).not.toBe(canonicalEvent(opening, genesisHash));
  });

  it('does not depend on the order in which the fields were put together', () => {
    const backwards = Object.fromEntries(Object.entries(event).reverse()) as unknown as LedgerEvent;
    expect(canonicalEvent(backwards, genesisHash)).toBe(canonicalEvent(event, genesisHash));
  });

  it.each<[string, Partial<LedgerEvent>]>([
    ['the customer', { customerId: 'c0ffee00-0000-7000-8000-000000000002' }],
    ['the number', { sequence: 2 }],
    ['the act', { act: { kind: 'recorded', review: false } }],
    ['a cell', { cells: [] }],
    ['when it happened', { occurredAt: null }],
    ['when it was recorded', { recordedAt: 1 }],
    ['who acted', { actor: { kind: 'staff', id: null } }],
    ['how', { method: null }],
    ['the wording', { wordingHash: null }],
    ['the evidence', { evidenceCommitment: 'cd'.repeat(32) }],
    ['the legal entity', { legalEntityId: 2 }],
    ['the batch', { batchId: 'batch' }],
    ['what it corrects', { corrects: 1 }],
  ])('changes with %s', (_, change) => {
    expect(canonicalEvent({ ...event, ...change }, genesisHash)).not.toBe(canonicalEvent(event, genesisHash));
  });

  it('changes with the entry before it', () => {
    expect(canonicalEvent(event, 'f'.repeat(64))).not.toBe(canonicalEvent(event, genesisHash));
  });
});

describe('an act', () => {
  it('counts from when the customer acted, or else from when it was written down', () => {
    expect(effectiveAt(event)).toBe(1_780_000_000_000);
    expect(effectiveAt({ ...event, occurredAt: null })).toBe(1_780_000_060_000);
  });
});
