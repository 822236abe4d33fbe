import { describe, expect, it } from 'vitest';
import type { LedgerNames } from './ledger-english.ts';
import { ledgerSentence } from './ledger-english.ts';
import type { LedgerAct, LedgerCell, LedgerEvent } from './ledger-event.ts';
import { innerChannels, screenCategories, screenChannels } from './screen-channels.ts';

const at = Date.parse('2026-05-23T10:00:00Z');
const names: LedgerNames = {
  by: 'Tom Eyre',
  wordingVersion: null,
  voidedBy: null,
  branch: (id) => (id === 1 ? 'Sheffield' : null),
  vehicle: (id) => (id === 'focus' ? 'Ford Focus AB12 CDE' : null),
  company: (id) => (id === 'acme' ? 'Acme Motor Insurance Ltd' : null),
  customer: (id) => (id === 'other' ? '20419' : null),
};

function event(act: LedgerAct, more: Partial<LedgerEvent> = {}): LedgerEvent {
  return {
    customerId: 'customer',
    sequence: 5,
    act,
    cells: [],
    occurredAt: at,
    recordedAt: at,
    actor: { kind: 'staff', id: 'tom' },
    method: null,
    wordingHash: null,
    evidenceCommitment: null,
    legalEntityId: 1,
    batchId: null,
    corrects: null,
    ...more,
  };
}

const said = (act: LedgerAct, more: Partial<LedgerEvent> = {}, known: Partial<LedgerNames> = {}) =>
  ledgerSentence(event(act, more), { ...names, ...known });

const recorded = { kind: 'recorded', review: true } as const;

/** The grid of the screen with these boxes ticked. */
function gridWith(ticked: readonly string[]): LedgerCell[] {
  return screenCategories.flatMap((category) =>
    screenChannels.flatMap((channel) =>
      innerChannels(channel).map((inner): LedgerCell => {
        const cell = { channel: inner, category, before: 'unset' } as const;
        return ticked.includes(`${channel} ${category}`)
          ? { ...cell, after: 'granted', basis: 'consent' }
          : { ...cell, after: 'not_given' };
      }),
    ),
  );
}

describe('an entry of the ledger in words', () => {
  it('says what a review brought, the two cells of Social media as the one box they are', () => {
    const cells = gridWith([
      'sms service_follow_up',
      'social_media service_follow_up',
      'email general_marketing',
    ]);
    expect(said(recorded, { cells, method: 'in_person' }, { wordingVersion: 3 })).toEqual({
      sentence:
        'Reviewed in person: yes to service follow-up by SMS and social media, general dealer marketing by email; ' +
        'the rest left unticked',
      detail: 'Tom Eyre · wording 3',
    });
  });

  it('says so when every box was left unticked', () => {
    expect(said(recorded, { cells: gridWith([]) }).sentence).toBe('Reviewed: every box left unticked');
  });

  it('names what is no longer agreed to', () => {
    const cells: LedgerCell[] = [
      { channel: 'email', category: 'general_marketing', before: 'granted', after: 'withdrawn' },
    ];
    const own = { cells, method: 'portal', actor: { kind: 'customer', id: null } } as const;
    expect(said({ kind: 'recorded', review: false }, own, { by: null })).toEqual({
      sentence: 'The customer chose on the portal: no longer general dealer marketing by email',
      detail: null,
    });
  });

  it('never calls a permission consent that stands on another ground', () => {
    const cells: LedgerCell[] = [
      {
        channel: 'letter',
        category: 'general_marketing',
        before: 'unset',
        after: 'granted',
        basis: 'legitimate_interest',
      },
    ];
    expect(said({ kind: 'recorded', review: false }, { cells }).sentence).toBe(
      'Recorded: yes to general dealer marketing (legitimate interest) by letter',
    );
  });

  it('names the vehicle and the company that a box is about, and not twice what is said of the category', () => {
    const yes = { before: 'unset', after: 'granted', basis: 'consent' } as const;
    const cells: LedgerCell[] = [
      { channel: 'sms', category: 'service_follow_up', ...yes },
      { channel: 'sms', category: 'service_follow_up', scopeId: 'focus', ...yes },
      { channel: 'email', category: 'service_follow_up', scopeId: 'focus', ...yes },
      { channel: 'email', category: 'third_party_marketing', scopeId: 'acme', ...yes },
    ];
    expect(said(recorded, { cells }).sentence).toBe(
      'Reviewed: yes to service follow-up by SMS, service follow-up about Ford Focus AB12 CDE by email, ' +
        'third-party marketing for Acme Motor Insurance Ltd by email',
    );
  });

  it('says when it was written down later, and when it was corrected', () => {
    const later = { recordedAt: Date.parse('2026-05-25T10:00:00Z') };
    expect(said({ kind: 'objected' }, later, { voidedBy: 7 }).detail).toBe(
      'Tom Eyre · written down on 25 May 2026 · corrected by entry 7: counts for nothing',
    );
  });

  it.each<[LedgerAct, string]>([
    [{ kind: 'opened' }, 'Entered as a customer'],
    [
      { kind: 'imported', legacy: 'none', assumed: true },
      'Taken over from the old records: no opt-out, assumed permitted at the upgrade',
    ],
    [
      { kind: 'imported', legacy: 'no_follow_up', assumed: true },
      'Taken over from the old records: marked No Follow-Up, the rest assumed permitted at the upgrade',
    ],
    [
      { kind: 'imported', legacy: 'both', assumed: false },
      'Taken over from the old records: marked No Follow-Up and No Marketing',
    ],
    [{ kind: 'review_confirmed' }, 'Confirmed the preferences as they stand'],
    [
      { kind: 'review_attempted', outcome: 'did_not_ask', reason: 'dropped_keys', branchId: 1 },
      'Review not done at Sheffield: did not ask (dropped keys)',
    ],
    [
      { kind: 'review_attempted', outcome: 'declined_to_answer', reason: null },
      'Review not done: declined to answer',
    ],
    [{ kind: 'objected' }, 'Stopped all marketing'],
    [
      { kind: 'vehicle_contact_set', vehicleId: 'focus', permitted: false },
      'No reminders about Ford Focus AB12 CDE',
    ],
    [
      {
        kind: 'soft_opt_in_recorded',
        obtainedIn: 'sale',
        optOutOffered: true,
        similarProducts: true,
        obtainedOn: '2019-03-12',
      },
      'Existing customer: details taken in a sale on 12 March 2019, an opt-out offered',
    ],
    [{ kind: 'status_set', status: 'care_hold', value: true }, 'A care note stops marketing'],
    [{ kind: 'status_set', status: 'deceased', value: false }, 'No longer recorded as deceased'],
    [
      { kind: 'merged', absorbedCustomerId: 'other' },
      'Record 20419 of the same person became part of this one',
    ],
    [{ kind: 'reset', keepConsent: true }, 'Reset to no permission, consent kept'],
    [{ kind: 'corrected', reason: 'import_reversed' }, 'An import was taken back'],
  ])('reads %j as: %s', (act, sentence) => {
    expect(said(act).sentence).toBe(sentence);
  });

  it('names the entry that a correction makes void', () => {
    expect(said({ kind: 'corrected', reason: 'wrong_entry' }, { corrects: 4 }).sentence).toBe(
      'Entry 4 was recorded wrongly and counts for nothing',
    );
  });
});
