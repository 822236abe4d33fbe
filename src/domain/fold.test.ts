import { describe, expect, it } from 'vitest';
import { cellIndex, scopedCellKey } from './facts.ts';
import type { FoldOptions } from './fold.ts';
import { evidenceLevel, fold } from './fold.ts';
import type { LedgerCell, LedgerEvent } from './ledger-event.ts';
import { personStatuses } from './ledger-event.ts';

const options: FoldOptions = { at: 1000, legalEntityId: 1, mergePolicy: 'most_restrictive' };
const smsFollowUp = cellIndex('sms', 'service_follow_up');

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

function said(after: LedgerCell['after'], scopeId?: string): Partial<LedgerEvent> {
  const cell = { channel: 'sms', category: 'service_follow_up', before: 'unset', after } as const;
  return {
    cells: [
      {
        ...cell,
        ...(after === 'granted' ? { basis: 'consent' as const } : {}),
        ...(scopeId === undefined ? {} : { scopeId }),
      },
    ],
  };
}

const stateOf = (events: LedgerEvent[], changed: Partial<FoldOptions> = {}): string =>
  fold(events, { ...options, ...changed }).cells[smsFollowUp]?.state ?? 'unset';

describe('what entries amount to', () => {
  it('is nothing when there are none', () => {
    const state = fold([], options);
    expect(state).toMatchObject({
      objectedAt: null,
      legacy: null,
      softOptIn: null,
      sequence: 0,
      scopedCells: null,
    });
    expect(state.cells.every((cell) => cell === undefined)).toBe(true);
  });

  it('follows the order in which the customer acted, not that of the keyboard', () => {
    const keyedLater = entry(2, { ...said('granted'), occurredAt: 5, recordedAt: 20 });
    expect(stateOf([entry(1, said('withdrawn')), keyedLater])).toBe('withdrawn');
  });

  it('counts an undated act from when it was written down', () => {
    expect(stateOf([entry(1, said('granted')), entry(2, { ...said('withdrawn'), occurredAt: null })])).toBe(
      'withdrawn',
    );
  });

  it('sees an entry only from the moment it was recorded', () => {
    const events = [entry(1, said('granted')), entry(2, { ...said('withdrawn'), occurredAt: 15 })];
    expect(stateOf(events, { at: 19 })).toBe('granted');
    expect(stateOf(events, { at: 20 })).toBe('withdrawn');
    expect(fold(events, { ...options, at: 19 }).sequence).toBe(1);
  });

  it('leaves out what was corrected, and takes it back when the correction was wrong', () => {
    const withdrawn = [entry(1, said('granted')), entry(2, said('withdrawn'))];
    const correction = entry(3, { act: { kind: 'corrected', reason: 'wrong_entry' }, corrects: 2 });
    expect(stateOf([...withdrawn, correction])).toBe('granted');
    expect(stateOf([...withdrawn, correction], { at: 25 })).toBe('withdrawn');
    const undone = entry(4, { act: { kind: 'corrected', reason: 'wrong_entry' }, corrects: 3 });
    expect(stateOf([...withdrawn, correction, undone])).toBe('withdrawn');
  });

  it('is given to one legal entity, while an objection holds for all', () => {
    const sister = { legalEntityId: 2 };
    const state = fold(
      [entry(1, { ...said('granted'), ...sister }), entry(2, { act: { kind: 'objected' }, ...sister })],
      options,
    );
    expect(state.cells[smsFollowUp]).toBeUndefined();
    expect(state.objectedAt).toBe(20);
  });
});

describe('an answer about one vehicle or company', () => {
  const ofCar = (events: LedgerEvent[]): string | undefined =>
    fold(events, options).scopedCells?.get(scopedCellKey(smsFollowUp, 'car'))?.state;

  it('follows a no about the whole category', () => {
    expect(ofCar([entry(1, said('granted', 'car')), entry(2, said('withdrawn'))])).toBe('withdrawn');
  });

  it('stays a no when the whole category is granted later, until a yes names it', () => {
    const refused = [entry(1, said('withdrawn', 'car')), entry(2, said('granted'))];
    expect(ofCar(refused)).toBe('withdrawn');
    expect(ofCar([...refused, entry(3, said('granted', 'car'))])).toBe('granted');
  });

  it('needs fresh consent after a no about the whole category', () => {
    const unproved = entry(2, { ...said('granted', 'car'), method: null, wordingHash: null });
    expect(ofCar([entry(1, said('withdrawn')), unproved])).toBe('withdrawn');
    expect(ofCar([entry(1, said('withdrawn')), entry(2, said('granted', 'car'))])).toBe('granted');
  });
});

describe('a wish for no reminders about a vehicle', () => {
  const wish = (permitted: boolean): Partial<LedgerEvent> => ({
    act: { kind: 'vehicle_contact_set', vehicleId: 'car', permitted },
  });
  const isOptedOut = (...events: LedgerEvent[]): boolean => fold(events, options).vehicleOptOuts.has('car');

  it('ends when the customer says so later, with everything that proves it', () => {
    expect(isOptedOut(entry(1, wish(false)), entry(2, wish(true)))).toBe(false);
    expect(isOptedOut(entry(1, wish(false)), entry(2, wish(true)), entry(3, wish(false)))).toBe(true);
  });

  it.each<[string, Partial<LedgerEvent>]>([
    ['how', { method: null }],
    ['on what wording', { wordingHash: null }],
    ['when', { occurredAt: null }],
    ['by whom', { actor: { kind: 'import', id: null } }],
  ])('stands while nobody knows %s it was taken back', (_, unknown) => {
    expect(isOptedOut(entry(1, wish(false)), entry(2, { ...wish(true), ...unknown }))).toBe(true);
  });

  it('stands when the customer welcomes reminders of a sister company', () => {
    const sister = { ...wish(true), legalEntityId: 2 };
    expect(isOptedOut(entry(1, wish(false)), entry(2, sister))).toBe(true);
    expect(isOptedOut(entry(1, { ...wish(false), legalEntityId: 2 }), entry(2, sister))).toBe(true);
    expect(isOptedOut(entry(1, { ...wish(false), legalEntityId: 2 }), entry(2, wish(true)))).toBe(false);
  });

  it('wins at the same instant, in whichever order the two were written down', () => {
    expect(isOptedOut(entry(1, wish(false)), entry(2, { ...wish(true), occurredAt: 10 }))).toBe(true);
    expect(isOptedOut(entry(1, wish(true)), entry(2, { ...wish(false), occurredAt: 10 }))).toBe(true);
  });

  it('is ended by the correction of an entry that was a mistake', () => {
    const correction = entry(2, { act: { kind: 'corrected', reason: 'wrong_entry' }, corrects: 1 });
    expect(isOptedOut(entry(1, wish(false)), correction)).toBe(false);
  });
});

describe('a care hold', () => {
  const held = (value: boolean): Partial<LedgerEvent> => ({
    act: { kind: 'status_set', status: 'care_hold', value },
  });
  const isHeld = (...events: LedgerEvent[]): boolean => fold(events, options).statuses.has('care_hold');

  it('ends when it is taken off later', () => {
    expect(isHeld(entry(1, held(true)), entry(2, held(false)))).toBe(false);
  });

  it('wins at the same instant, in whichever order the two were written down', () => {
    expect(isHeld(entry(1, held(true)), entry(2, { ...held(false), occurredAt: 10 }))).toBe(true);
    expect(isHeld(entry(1, held(false)), entry(2, { ...held(true), occurredAt: 10 }))).toBe(true);
  });
});

describe('an old record', () => {
  const imported = (
    legacy: 'none' | 'no_marketing' | 'no_follow_up',
    assumed = true,
  ): Partial<LedgerEvent> => ({
    act: { kind: 'imported', legacy, assumed },
    occurredAt: null,
  });

  it('read twice keeps every no of both readings', () => {
    const { legacy } = fold(
      [entry(1, imported('no_follow_up')), entry(2, imported('no_marketing'))],
      options,
    );
    expect(legacy).toMatchObject({ flag: 'both', noFollowUpAt: 10, noMarketingAt: 20, assumed: true });
    const again = fold([entry(1, imported('no_marketing')), entry(2, imported('none'))], options);
    expect(again.legacy).toMatchObject({ flag: 'no_marketing', noMarketingAt: 10, assumed: true });
  });

  it('loses its assumptions by a reset, for good, and keeps its no', () => {
    const reset = entry(2, { act: { kind: 'reset', keepConsent: true } });
    const { legacy } = fold([entry(1, imported('no_follow_up')), reset, entry(3, imported('none'))], options);
    expect(legacy).toMatchObject({ flag: 'no_follow_up', assumed: false });
  });
});

describe('a reset', () => {
  const reset = (keepConsent: boolean): LedgerEvent => entry(3, { act: { kind: 'reset', keepConsent } });

  it('keeps consent or clears it, as was said', () => {
    expect(stateOf([entry(1, said('granted')), reset(true)])).toBe('granted');
    expect(stateOf([entry(1, said('granted')), reset(false)])).toBe('unset');
  });

  it('keeps every no', () => {
    expect(stateOf([entry(1, said('withdrawn')), reset(false)])).toBe('withdrawn');
    const objected = fold([entry(1, { act: { kind: 'objected' } }), reset(false)], options);
    expect(objected.objectedAt).toBe(10);
  });
});

describe('a merge', () => {
  const merged = entry(5, { act: { kind: 'merged', absorbedCustomerId: 'other' } });
  const absorbed = new Map([
    [
      'other',
      [entry(1, { ...said('withdrawn'), customerId: 'other' }), entry(2, { act: { kind: 'objected' } })],
    ],
  ]);

  it('keeps the no of either record, and its objection', () => {
    const state = fold([entry(3, said('granted')), merged], { ...options, absorbed });
    expect(state.cells[smsFollowUp]?.state).toBe('withdrawn');
    expect(state.objectedAt).toBe(20);
  });

  it('leaves later answers to count after it', () => {
    const state = fold([merged, entry(6, said('granted'))], { ...options, absorbed });
    expect(state.cells[smsFollowUp]?.state).toBe('granted');
  });

  it.each(personStatuses)('keeps what stops contact with the person of either record: %s', (status) => {
    const set = entry(1, { act: { kind: 'status_set', status, value: true } });
    const cleared = entry(2, { act: { kind: 'status_set', status, value: false } });
    const other = new Map([['other', [set]]]);
    expect([...fold([merged], { ...options, absorbed: other }).statuses.keys()]).toEqual([status]);
    expect([...fold([set, merged], { ...options, absorbed: new Map() }).statuses.keys()]).toEqual([status]);
    expect(fold([merged], { ...options, absorbed: new Map([['other', [set, cleared]]]) }).statuses.size).toBe(
      0,
    );
  });

  it('keeps the no about a vehicle of either record', () => {
    const refused = (vehicleId: string): LedgerEvent =>
      entry(1, { act: { kind: 'vehicle_contact_set', vehicleId, permitted: false } });
    const other = new Map([['other', [refused('her car')]]]);
    const { vehicleOptOuts } = fold([refused('his car'), merged], { ...options, absorbed: other });
    expect([...vehicleOptOuts.keys()].sort()).toEqual(['her car', 'his car']);
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [false, false, false],
  ])('assumes nothing that one of the records no longer assumes (%s, %s)', (own, theirs, together) => {
    const imported = (assumed: boolean): LedgerEvent =>
      entry(1, { act: { kind: 'imported', legacy: 'none', assumed } });
    const other = new Map([['other', [imported(theirs)]]]);
    expect(fold([imported(own), merged], { ...options, absorbed: other }).legacy?.assumed).toBe(together);
  });

  it('dates each old mark by the records that carry it, not by the take-over of the other', () => {
    const imported = (sequence: number, legacy: 'none' | 'no_marketing' | 'both'): LedgerEvent =>
      entry(sequence, { act: { kind: 'imported', legacy, assumed: true } });
    const other = new Map([['other', [imported(4, 'none')]]]);
    const { legacy } = fold([imported(1, 'no_marketing'), merged], { ...options, absorbed: other });
    expect(legacy).toMatchObject({ flag: 'no_marketing', noMarketingAt: 10, noFollowUpAt: null });
    const both = new Map([['other', [imported(4, 'both')]]]);
    const together = fold([imported(1, 'no_marketing'), merged], { ...options, absorbed: both });
    expect(together.legacy).toMatchObject({ flag: 'both', noMarketingAt: 40, noFollowUpAt: 40 });
  });

  it('leaves the review to be done when one of the records never had one', () => {
    const reviewed = entry(1, { act: { kind: 'review_confirmed' } });
    expect(fold([reviewed, merged], { ...options, absorbed }).lastReviewAt).toBeNull();
    expect(fold([reviewed], options).lastReviewAt).toBe(10);
  });
});

describe('evidence', () => {
  it.each([
    [1, 'portal', 'hash', 'full'],
    [null, 'portal', 'hash', 'partial'],
    [1, null, 'hash', 'partial'],
    [1, 'portal', null, 'partial'],
    [1, null, null, 'none'],
  ] as const)('acted at %s, method %s, wording %s is %s', (occurredAt, method, wordingHash, level) => {
    expect(evidenceLevel({ occurredAt, method, wordingHash })).toBe(level);
  });
});
