import { describe, expect, it } from 'vitest';
import type { FoldOptions } from './fold.ts';
import { fold } from './fold.ts';
import type { LedgerEvent } from './ledger-event.ts';

const options: FoldOptions = { at: 1000, legalEntityId: 1, mergePolicy: 'most_restrictive' };

function entry(sequence: number, event: Partial<LedgerEvent>): LedgerEvent {
  return {
    customerId: 'customer',
    sequence,
    act: { kind: 'recorded', review: false },
    cells: [],
    occurredAt: sequence * 10,
    recordedAt: sequence * 10,
    actor: { kind: 'customer', id: null },
    method: 'portal',
    wordingHash: 'a'.repeat(64),
    evidenceCommitment: null,
    legalEntityId: 1,
    batchId: null,
    corrects: null,
    ...event,
  };
}

describe('a sister company', () => {
  const sister = { legalEntityId: 2 };

  it('is helped by no assumption of an upgrade that was not its own, and bound by its marks', () => {
    const imported = (legacy: 'none' | 'no_marketing') =>
      fold([entry(1, { act: { kind: 'imported', legacy, assumed: true }, ...sister })], options).legacy;
    expect(imported('none')?.assumed).toBe(false);
    expect(imported('no_marketing')?.flag).toBe('no_marketing');
  });

  it('has to ask for itself: a review with one is none with the other', () => {
    const reviewed = [
      entry(1, { act: { kind: 'recorded', review: true }, ...sister }),
      entry(2, { act: { kind: 'review_confirmed' }, ...sister }),
    ];
    expect(fold(reviewed, options).lastReviewAt).toBeNull();
    expect(fold(reviewed, { ...options, ...sister }).lastReviewAt).toBe(20);
  });
});
