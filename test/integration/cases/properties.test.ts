import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/domain/decide.ts';
import { decide } from '../../../src/domain/decide.ts';
import type { Facts } from '../../../src/domain/facts.ts';
import { cellIndex, isFreshConsent } from '../../../src/domain/facts.ts';
import { evidenceLevel, fold } from '../../../src/domain/fold.ts';
import type { LedgerEvent } from '../../../src/domain/ledger-event.ts';
import { effectiveAt } from '../../../src/domain/ledger-event.ts';
import { defaultPolicySettings } from '../../../src/domain/policy.ts';
import { denyReasons } from '../../../src/domain/reason.ts';
import { judgeStanding, standingAnswer } from '../../../src/domain/standing.ts';
import { categories, channels, methods } from '../../../src/domain/vocabulary.ts';
import type { HistoryEntry } from '../../support/random-history.ts';
import {
  afterEverything,
  chained,
  factsOf,
  history,
  historyEntry,
  ownEntity,
  policySettings,
  questionAt,
  surroundings,
  validRequest,
} from '../../support/random-history.ts';

/** A counterexample is printed with its seed: give `seed` and `path` here to see it again. */
const parameters = { numRuns: 400 };

const situation = fc.record({
  events: history,
  around: surroundings,
  policy: policySettings,
  request: validRequest,
  now: questionAt,
});

const answer = ({ verdict, reasons, warnings, basis, retryAt }: Decision): unknown => ({
  verdict,
  reasons,
  warnings,
  basis,
  retryAt,
});

const isRefusal = ({ reasons }: Decision): boolean =>
  reasons.some((code) => code in denyReasons && denyReasons[code as keyof typeof denyReasons].stage === 'S2');

const blank: HistoryEntry = {
  customerId: 'customer',
  act: { kind: 'opened' },
  cells: [],
  occurredAt: null,
  recordedAt: 0,
  actor: { kind: 'staff', id: null },
  method: null,
  wordingHash: null,
  evidenceCommitment: null,
  legalEntityId: ownEntity,
  batchId: null,
  corrects: null,
};

/** The history with one more entry, recorded last. */
function followedBy(events: readonly LedgerEvent[], entry: HistoryEntry): LedgerEvent[] {
  const recordedAt = Math.max(entry.recordedAt, ...events.map((event) => event.recordedAt));
  return [...events, { ...entry, recordedAt, sequence: events.length + 1 }];
}

describe('unknown is no', () => {
  const removals: readonly (readonly [string, (facts: Facts) => Facts])[] = [
    [
      'what the customer agreed to, and what was assumed',
      (facts) => ({
        ...facts,
        cells: facts.cells.map((cell) => (cell?.state === 'granted' ? undefined : cell)),
        scopedCells: new Map([...(facts.scopedCells ?? [])].filter(([, cell]) => cell.state !== 'granted')),
        legacy: facts.legacy === null ? null : { ...facts.legacy, assumed: false },
      }),
    ],
    [
      'the proof of it',
      (facts) => ({ ...facts, cells: facts.cells.map((cell) => cell && { ...cell, evidence: 'none' }) }),
    ],
    ['the facts of a sale', (facts) => ({ ...facts, softOptIn: null })],
    ['the assessments of legitimate interest', (facts) => ({ ...facts, assessments: [] })],
    ['the vehicles', (facts) => ({ ...facts, vehicles: [] })],
    ['the last review', (facts) => ({ ...facts, lastReviewAt: null })],
    [
      'the contact points',
      (facts) => ({
        ...facts,
        contacts: Object.fromEntries(channels.map((channel) => [channel, null])) as Facts['contacts'],
      }),
    ],
    [
      'which line a number is',
      (facts) => ({
        ...facts,
        contacts: Object.fromEntries(
          channels.map((channel) => {
            const contact = facts.contacts[channel];
            return [channel, contact === null ? null : { ...contact, line: null }];
          }),
        ) as Facts['contacts'],
      }),
    ],
    [
      'a screening that found the number clear',
      (facts) => ({
        ...facts,
        contacts: Object.fromEntries(
          channels.map((channel) => {
            const contact = facts.contacts[channel];
            return [
              channel,
              contact?.screening?.listedOn === null ? { ...contact, screening: null } : contact,
            ];
          }),
        ) as Facts['contacts'],
      }),
    ],
  ];

  it.each(removals)('not knowing %s never turns a no into a yes', (_, remove) => {
    fc.assert(
      fc.property(situation, ({ events, around, policy, request, now }) => {
        const facts = factsOf(events, around, policy, now);
        fc.pre(decide(facts, request, policy, now).verdict === 'deny');
        expect(decide(remove(facts), request, policy, now).verdict).toBe('deny');
      }),
      parameters,
    );
  });

  it('nobody of whom nothing is known is sent marketing', () => {
    fc.assert(
      fc.property(surroundings, policySettings, validRequest, questionAt, (around, policy, request, now) => {
        const decision = decide(factsOf([], around, policy, now), request, policy, now);
        if (decision.verdict === 'allow') expect(['service', 'legal_obligation']).toContain(decision.basis);
      }),
      parameters,
    );
  });

  it('any text may be asked, and what is not recognised is refused', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('', '__proto__', 'constructor', 'SMS', ' sms', 'sms\n'),
    );
    const anyRequest = fc.record({
      channel: fc.oneof(text, fc.constantFrom(...channels)),
      category: fc.oneof(text, fc.constantFrom(...categories, 'service_message')),
      vehicleId: fc.option(text),
      thirdPartyId: fc.option(text),
      safetyAdvisoryOn: fc.option(
        fc.oneof(text, fc.constantFrom('2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31')),
      ),
    });
    fc.assert(
      fc.property(history, surroundings, policySettings, anyRequest, (events, around, policy, request) => {
        const decision = decide(
          factsOf(events, around, policy, afterEverything),
          request,
          policy,
          afterEverything,
        );
        const known = channels.some((channel) => channel === request.channel);
        if (!known) expect(decision.reasons).toEqual(['REQUEST_INVALID']);
      }),
      parameters,
    );
  });
});

describe('the order of events', () => {
  const answers = fc.array(
    historyEntry.filter((entry) => entry.act.kind === 'recorded'),
    { maxLength: 8 },
  );

  it('decides nothing by the order in which it was written down', () => {
    fc.assert(
      fc.property(answers, fc.infiniteStream(fc.nat()), (entries, order) => {
        const dated = entries.map((entry) => ({
          ...entry,
          occurredAt: effectiveAt({ ...entry, sequence: 0 }),
        }));
        const shuffled = dated
          .map((entry) => ({ entry, place: order.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ entry }, index) => ({ ...entry, recordedAt: afterEverything - 1000 + index }));
        expect(statesOf(chained(shuffled))).toEqual(statesOf(chained(dated)));
      }),
      parameters,
    );
  });

  it('lets no older yes outlive a later no', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const events = chained(entries);
        const { cells } = fold(events, options);
        for (const channel of channels) {
          for (const category of categories) {
            const given = events.flatMap((event) =>
              event.legalEntityId === ownEntity
                ? event.cells
                    .filter(
                      (c) => c.channel === channel && c.category === category && c.scopeId === undefined,
                    )
                    .map((c) => ({ ...c, at: effectiveAt(event), event }))
                : [],
            );
            const lastNo = Math.max(...given.filter((c) => c.after !== 'granted').map((c) => c.at));
            const lifted = given.some(
              (c) =>
                c.at > lastNo &&
                isFreshConsent({
                  state: c.after,
                  basis: c.basis ?? null,
                  at: c.at,
                  by: c.event.actor.kind,
                  evidence: evidenceLevel(c.event),
                  line: null,
                  sequence: null,
                }),
            );
            if (Number.isFinite(lastNo) && !lifted) {
              expect(cells[cellIndex(channel, category)]?.state).not.toBe('granted');
              expect(cells[cellIndex(channel, category)]).toBeDefined();
            }
          }
        }
      }),
      parameters,
    );
  });

  const options = { at: afterEverything, legalEntityId: ownEntity, mergePolicy: 'most_restrictive' as const };
  function statesOf(events: readonly LedgerEvent[]): unknown {
    const state = fold(events, options);
    return {
      cells: state.cells.map((cell) => cell?.state),
      scoped: [...(state.scopedCells ?? [])].map(([key, cell]) => `${key} ${cell.state}`).sort(),
    };
  }
});

describe('a wish for no reminders about a vehicle', () => {
  /** Everything that nobody could prove, and the wish itself; a merge or a correction is no word of the customer. */
  const unproved = fc.array(
    historyEntry
      .map((entry) => (evidenceLevel(entry) === 'full' ? { ...entry, method: null } : entry))
      .filter(({ act }) => act.kind !== 'vehicle_contact_set' || act.permitted),
    { maxLength: 10 },
  );
  const wish = historyEntry.map((entry) => ({
    ...entry,
    act: { kind: 'vehicle_contact_set' as const, vehicleId: 'first-vehicle', permitted: false },
    cells: [],
  }));
  const optOutsOf = (entries: readonly HistoryEntry[]): ReadonlyMap<string, number> =>
    fold(chained(entries), {
      at: Number.MAX_SAFE_INTEGER,
      legalEntityId: ownEntity,
      mergePolicy: 'latest_wins',
    }).vehicleOptOuts;

  it('is lifted by nothing that cannot be proved, in whatever order', () => {
    fc.assert(
      fc.property(unproved, wish, (entries, refusal) => {
        expect(optOutsOf([...entries, refusal]).has('first-vehicle')).toBe(true);
        expect(optOutsOf([refusal, ...entries]).has('first-vehicle')).toBe(true);
      }),
      parameters,
    );
  });

  it('is lifted by no proof of the same instant, in whatever order', () => {
    fc.assert(
      fc.property(wish, fc.constantFrom(...methods), fc.boolean(), (refusal, method, isFirst) => {
        const at = refusal.recordedAt;
        const no = { ...refusal, occurredAt: at };
        const yes: HistoryEntry = {
          ...no,
          act: { ...refusal.act, permitted: true },
          actor: { kind: 'customer', id: null },
          method,
          wordingHash: 'a'.repeat(64),
          legalEntityId: ownEntity,
        };
        expect(optOutsOf(isFirst ? [no, yes] : [yes, no]).has('first-vehicle')).toBe(true);
        const later = { ...yes, occurredAt: at + 1, recordedAt: at + 1 };
        expect(optOutsOf([no, later]).size).toBe(0);
        // What a sister company was told is not ours to rely on.
        expect(optOutsOf([no, { ...later, legalEntityId: ownEntity + 1 }]).size).toBe(1);
      }),
      parameters,
    );
  });
});

describe('one more entry', () => {
  /** Entries about something else than general marketing by email. */
  const unrelated = historyEntry
    .map((entry) => ({ ...entry, cells: entry.cells.filter((cell) => cell.channel !== 'email') }))
    .filter(
      ({ act }) =>
        act.kind === 'opened' ||
        act.kind === 'review_attempted' ||
        act.kind === 'vehicle_contact_set' ||
        (act.kind === 'recorded' && !act.review),
    );

  it('about something else changes no decision', () => {
    fc.assert(
      fc.property(situation, unrelated, ({ events, around, policy, now }, entry) => {
        const request = { channel: 'email', category: 'general_marketing' };
        const before = decide(factsOf(events, around, policy, now), request, policy, now);
        const after = decide(factsOf(followedBy(events, entry), around, policy, now), request, policy, now);
        expect(answer(after)).toEqual(answer(before));
      }),
      parameters,
    );
  });

  it.each<[string, (entry: HistoryEntry) => HistoryEntry]>([
    [
      'of an import',
      (entry) => ({
        ...entry,
        act: { kind: 'imported', legacy: 'none', assumed: true },
        actor: { kind: 'import', id: null },
      }),
    ],
    [
      'of a legitimate interest',
      (entry) => ({
        ...entry,
        cells: entry.cells.map((cell) => ({ ...cell, after: 'granted', basis: 'legitimate_interest' })),
        act: { kind: 'recorded', review: false },
      }),
    ],
    [
      'of a tick that nobody can prove',
      (entry) => ({
        ...entry,
        cells: entry.cells.map((cell) => ({ ...cell, after: 'granted', basis: 'consent' })),
        act: { kind: 'recorded', review: false },
        method: null,
        wordingHash: null,
      }),
    ],
  ])('%s never turns a no into a yes', (_, made) => {
    const fullEntry = historyEntry.filter((entry) => entry.cells.length > 0);
    fc.assert(
      fc.property(situation, fullEntry, ({ events, around, policy, request }, entry) => {
        const now = afterEverything;
        const before = decide(factsOf(events, around, policy, now), request, policy, now);
        fc.pre(isRefusal(before));
        const facts = factsOf(followedBy(events, made(entry)), around, policy, now);
        expect(decide(facts, request, policy, now).verdict).toBe('deny');
      }),
      parameters,
    );
  });

  it('that resets permissions never turns a no into a yes, and keeps every reason for it', () => {
    fc.assert(
      fc.property(situation, fc.boolean(), ({ events, around, policy, request }, keepConsent) => {
        const now = afterEverything;
        const before = decide(factsOf(events, around, policy, now), request, policy, now);
        fc.pre(before.verdict === 'deny');
        const reset: HistoryEntry = { ...blank, act: { kind: 'reset', keepConsent }, recordedAt: now };
        const after = decide(factsOf(followedBy(events, reset), around, policy, now), request, policy, now);
        expect(after.verdict).toBe('deny');
        if (isRefusal(before)) expect(after.reasons).toEqual(expect.arrayContaining([...before.reasons]));
      }),
      parameters,
    );
  });

  it('and its correction amount to nothing', () => {
    fc.assert(
      fc.property(situation, historyEntry, ({ events, around, policy, request }, entry) => {
        const now = afterEverything;
        const wrong = followedBy(events, entry);
        const corrected = followedBy(wrong, {
          ...blank,
          act: { kind: 'corrected', reason: 'wrong_entry' },
          recordedAt: now,
          corrects: wrong.length,
        });
        const before = decide(factsOf(events, around, policy, now), request, policy, now);
        const after = decide(factsOf(corrected, around, policy, now), request, policy, now);
        expect(answer(after)).toEqual(answer(before));
        const undone = followedBy(corrected, {
          ...blank,
          act: { kind: 'corrected', reason: 'wrong_entry' },
          recordedAt: now,
          corrects: corrected.length,
        });
        expect(answer(decide(factsOf(undone, around, policy, now), request, policy, now))).toEqual(
          answer(decide(factsOf(wrong, around, policy, now), request, policy, now)),
        );
      }),
      parameters,
    );
  });

  it('is not seen before it is recorded', () => {
    fc.assert(
      fc.property(situation, historyEntry, ({ events, around, policy, request, now }, entry) => {
        const later = followedBy(events, { ...entry, recordedAt: Math.max(entry.recordedAt, now + 1) });
        expect(answer(decide(factsOf(later, around, policy, now), request, policy, now))).toEqual(
          answer(decide(factsOf(events, around, policy, now), request, policy, now)),
        );
      }),
      parameters,
    );
  });
});

describe('the two policies', () => {
  it('assuming a legitimate interest denies nothing that the strict policy allows, but email of an old record', () => {
    fc.assert(
      fc.property(situation, ({ events, around, policy, request, now }) => {
        const facts = factsOf(events, around, policy, now);
        const strict = decide(facts, request, { ...policy, policy: 'pecr_strict' }, now);
        if (strict.verdict === 'deny') return;
        const assuming = decide(facts, request, { ...policy, policy: 'assume_legitimate_interest' }, now);
        if (assuming.verdict === 'allow') return;
        // Nothing is assumed of email, so a soft opt-in or a company's interest proved for it has no cell to stand on.
        expect(assuming.reasons).toEqual(['NO_PERMISSION']);
        expect(request.channel).toBe('email');
        expect(policy.migratedEmail).toBe('not_assumed');
        expect(facts.legacy?.assumed).toBe(true);
        expect(strict.evidence?.basis).toBe('migrated');
      }),
      { numRuns: 5000 },
    );
  });

  it('refuse alike what no policy can allow', () => {
    const always = new Set(['S1', 'S2', 'S3', 'S4', 'S5']);
    fc.assert(
      fc.property(situation, ({ events, around, policy, request, now }) => {
        const facts = factsOf(events, around, policy, now);
        const strict = decide(facts, request, { ...policy, policy: 'pecr_strict' }, now);
        const assuming = decide(facts, request, { ...policy, policy: 'assume_legitimate_interest' }, now);
        const [reason] = strict.reasons;
        if (
          reason !== undefined &&
          reason in denyReasons &&
          always.has(denyReasons[reason as keyof typeof denyReasons].stage)
        )
          expect(assuming.reasons).toEqual(strict.reasons);
      }),
      parameters,
    );
  });
});

describe('an answer', () => {
  const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
    minLength: 4,
    maxLength: 4,
  });
  const within = (now: number, until: number | null, share: number): number =>
    now + Math.floor(((until ?? now + 400 * 86_400_000) - now) * share);

  it('holds until the instant it names', () => {
    fc.assert(
      fc.property(situation, moments, ({ events, around, policy, request, now }, shares) => {
        const facts = factsOf(events, around, policy, now);
        const decision = decide(facts, request, policy, now);
        const { holdsUntil } = decision;
        const last = holdsUntil === null ? [] : [holdsUntil - 1];
        for (const at of [...shares.map((share) => within(now, holdsUntil, share)), ...last]) {
          expect(answer(decide(facts, request, policy, at))).toEqual(answer(decision));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('that is denied for now is worth another try at the instant it names', () => {
    const agreed: HistoryEntry = {
      ...blank,
      act: { kind: 'recorded', review: true },
      cells: channels.map((channel) => ({
        channel,
        category: 'general_marketing',
        before: 'unset',
        after: 'granted',
        basis: 'consent',
      })),
      occurredAt: 0,
      actor: { kind: 'customer', id: null },
      method: 'portal',
      wordingHash: 'a'.repeat(64),
    };
    const capped = fc.record({
      channel: fc.constantFrom(...channels),
      now: questionAt,
      sent: fc.array(fc.integer({ min: 0, max: 31 * 24 }), { maxLength: 5 }),
      frequencyCapPer30Days: fc.constantFrom(null, 1, 2, 3),
      sunday: fc.constantFrom(null, { from: '12:00', until: '24:00' }, { from: '00:00', until: '00:30' }),
    });
    let denied = 0;
    fc.assert(
      fc.property(surroundings, capped, (around, { channel, now, sent, frequencyCapPer30Days, sunday }) => {
        const quietHours = { ...defaultPolicySettings.quietHours, sunday };
        const policy = { ...defaultPolicySettings, frequencyCapPer30Days, quietHours };
        const line = { id: 'line', sameNumber: [], others: [] };
        const reachable = { status: 'ok', inUseSince: 0, line, suppressedAt: null, screening: null } as const;
        const facts = {
          ...factsOf(chained([agreed]), { ...around, birthOn: null, mpsListed: false }, policy, now),
          contacts: { ...around.contacts, [channel]: reachable },
          marketingSentAt: sent.map((hours) => now - hours * 3_600_000),
        };
        const request = { channel, category: 'general_marketing' };
        const { verdict, reasons, retryAt } = decide(facts, request, policy, now);
        if (verdict === 'allow') {
          expect(reasons).toEqual(['CONSENT']);
          expect(retryAt).toBeNull();
          return;
        }
        denied += 1;
        expect(['QUIET_HOURS', 'FREQUENCY_CAP']).toContain(reasons[0]);
        expect(retryAt).toBeGreaterThan(now);
        expect(decide(facts, request, policy, retryAt ?? now).verdict).toBe('allow');
        expect(decide(facts, request, policy, (retryAt ?? now) - 1).verdict).toBe('deny');
      }),
      { numRuns: 1000 },
    );
    expect(denied).toBeGreaterThan(0);
  });

  it('that stands ready for bulk work is what decide() says, at every instant until it must be judged again', () => {
    fc.assert(
      fc.property(
        history,
        surroundings,
        policySettings,
        questionAt,
        moments,
        (events, around, policy, now, shares) => {
          const facts = factsOf(events, around, policy, now);
          const standing = judgeStanding(facts, policy, now);
          for (const share of [0, ...shares]) {
            const at = within(now, standing.holdsUntil, share);
            for (const channel of channels) {
              for (const category of categories) {
                const code = standing.codes[cellIndex(channel, category)] ?? 0;
                expectSame(code, decide(facts, { channel, category, tool: 'mailshot' }, policy, at));
              }
              for (const { vehicleId, codes } of standing.vehicles) {
                const request = {
                  channel,
                  category: 'service_follow_up',
                  vehicleId,
                  tool: 'mailshot' as const,
                };
                expectSame(codes[channels.indexOf(channel)] ?? 0, decide(facts, request, policy, at));
              }
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  function expectSame(code: number, decision: Decision): void {
    const stored = standingAnswer(code);
    expect(code).toBeGreaterThan(0);
    expect(code).toBeLessThanOrEqual(32_767);
    const [reason] = decision.reasons;
    // What belongs to one message (hours, frequency, content) is decided when that message is.
    const ofOneMessage =
      reason !== undefined &&
      reason in denyReasons &&
      ['S8', 'S9'].includes(denyReasons[reason as keyof typeof denyReasons].stage);
    if (ofOneMessage) {
      expect(stored.allowed).toBe(true);
      return;
    }
    expect(stored.reasons).toEqual(decision.reasons);
    expect(stored.warnings).toEqual(decision.warnings);
    expect(stored.allowed).toBe(decision.verdict === 'allow');
  }
});
