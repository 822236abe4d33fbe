import fc from 'fast-check';
import type { DecisionRequest } from '../../src/domain/decision-request.ts';
import type { ContactFacts, Facts } from '../../src/domain/facts.ts';
import { fold } from '../../src/domain/fold.ts';
import type { LedgerAct, LedgerCell, LedgerEvent } from '../../src/domain/ledger-event.ts';
import { personStatuses } from '../../src/domain/ledger-event.ts';
import { londonDateOf } from '../../src/domain/london.ts';
import type { PolicySettings } from '../../src/domain/policy.ts';
import { defaultPolicySettings } from '../../src/domain/policy.ts';
import type { bases, Channel } from '../../src/domain/vocabulary.ts';
import {
  actorKinds,
  categories,
  cellStates,
  channels,
  legacyFlags,
  methods,
  purposes,
  tools,
} from '../../src/domain/vocabulary.ts';

/**
 * Random histories, facts, policies and requests for the properties of the engine. Instants fall on few
 * values, so that things happen at the same instant, on the same day and at the edges of a rule often.
 */
export const ownEntity = 1;
const sisterEntity = 2;
const firstInstant = Date.parse('2026-01-01T00:00:00Z');
const hour = 3_600_000;
const vehicles = ['first-vehicle', 'second-vehicle'] as const;
const lines = ['first-line', 'second-line'] as const;
const companies = ['Acme Motor Insurance Ltd', 'Best Warranty Ltd'] as const;

/** Before this instant everything that a history holds has been recorded. */
export const afterEverything = firstInstant + 500 * 24 * hour;

const instant = fc
  .record({ day: fc.integer({ min: 0, max: 420 }), hours: fc.constantFrom(0, 7, 8, 9, 12, 21, 23) })
  .map(({ day, hours }) => firstInstant + (day * 24 + hours) * hour);
const date = instant.map(londonDateOf);
const rarely = fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0);

const cell: fc.Arbitrary<LedgerCell> = fc
  .record({
    channel: fc.constantFrom(...channels),
    category: fc.constantFrom(...categories),
    scoped: fc.constantFrom(0, 0, 1, 2),
    after: fc.constantFrom(...cellStates, 'granted' as const),
    basis: fc.constantFrom('consent', 'consent', 'soft_opt_in', 'legitimate_interest'),
    line: fc.constantFrom(undefined, undefined, ...lines),
  })
  .map(({ channel, category, scoped, after, basis, line }) => {
    const scopes = category === 'service_follow_up' ? vehicles : companies;
    const scopeId = category === 'general_marketing' || scoped === 0 ? undefined : scopes[scoped - 1];
    return {
      channel,
      category,
      ...(scopeId === undefined ? {} : { scopeId }),
      before: 'unset' as const,
      after,
      ...(line !== undefined && after === 'granted' && channel.endsWith('_call') ? { line } : {}),
      ...(after === 'granted' ? { basis: basis as Exclude<(typeof bases)[number], 'migrated'> } : {}),
    };
  });

const act: fc.Arbitrary<LedgerAct> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('recorded' as const), review: fc.boolean() }) },
  fc.constant({ kind: 'opened' as const }),
  fc.record({
    kind: fc.constant('imported' as const),
    legacy: fc.constantFrom(...legacyFlags),
    assumed: fc.boolean(),
  }),
  fc.constant({ kind: 'review_confirmed' as const }),
  fc.constant({ kind: 'review_attempted' as const, outcome: 'did_not_ask' as const, reason: null }),
  fc.constant({ kind: 'objected' as const }),
  fc.record({
    kind: fc.constant('vehicle_contact_set' as const),
    vehicleId: fc.constantFrom(...vehicles),
    permitted: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('soft_opt_in_recorded' as const),
    obtainedIn: fc.constantFrom('sale' as const, 'negotiation' as const, 'other' as const),
    optOutOffered: fc.boolean(),
    similarProducts: fc.boolean(),
    obtainedOn: fc.option(date),
  }),
  fc.record({
    kind: fc.constant('status_set' as const),
    status: fc.constantFrom(...personStatuses),
    value: rarely,
  }),
  fc.record({ kind: fc.constant('reset' as const), keepConsent: fc.boolean() }),
);

/** One entry, as it will be once it has a place in the chain. */
export type HistoryEntry = Omit<LedgerEvent, 'sequence'>;

export const historyEntry: fc.Arbitrary<HistoryEntry> = fc
  .record({
    act,
    cells: fc.array(cell, { minLength: 1, maxLength: 4 }),
    actor: fc.constantFrom(...actorKinds, 'customer' as const, 'customer' as const),
    method: fc.option(fc.constantFrom(...methods), { freq: 4 }),
    worded: fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0),
    occurredAt: fc.option(instant, { freq: 5 }),
    delay: fc.constantFrom(0, 0, 1, 24, 24 * 40),
    recordedAt: instant,
    sister: rarely,
  })
  .map((made) => ({
    customerId: 'customer',
    act: made.act,
    cells: made.act.kind === 'recorded' ? made.cells : [],
    occurredAt: made.occurredAt,
    recordedAt: (made.occurredAt ?? made.recordedAt) + made.delay * hour,
    actor: { kind: made.actor, id: null },
    method: made.method,
    wordingHash: made.worded ? 'a'.repeat(64) : null,
    evidenceCommitment: null,
    legalEntityId: made.sister ? sisterEntity : ownEntity,
    batchId: null,
    corrects: null,
  }));

/** Entries get their numbers in the order in which they were recorded. */
export function chained(entries: readonly HistoryEntry[]): LedgerEvent[] {
  return [...entries]
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((entry, index) => ({ ...entry, sequence: index + 1 }));
}

export const history: fc.Arbitrary<LedgerEvent[]> = fc
  .array(historyEntry, { maxLength: 10 })
  .map((entries) => chained(entries));

const contact: fc.Arbitrary<ContactFacts | null> = fc.option(
  fc.record({
    status: fc.constantFrom(
      'ok' as const,
      'ok' as const,
      'ok' as const,
      'bounced' as const,
      'unverified' as const,
    ),
    inUseSince: fc.oneof(fc.constant(0), instant),
    line: fc.option(
      fc.record({
        id: fc.constantFrom(...lines),
        sameNumber: fc.subarray([...lines], { maxLength: 1 }),
        others: fc.array(fc.record({ from: instant, until: fc.option(instant) }), { maxLength: 1 }),
      }),
      { freq: 9 },
    ),
    suppressedAt: fc.option(instant, { freq: 1 }).map((at) => at),
    screening: fc.option(fc.record({ listedOn: fc.option(date, { freq: 1 }), screenedOn: date }), {
      freq: 5,
    }),
  }),
  { freq: 9 },
);

/** Everything the engine knows beside the ledger. */
export type Surroundings = Omit<
  Facts,
  'cells' | 'scopedCells' | 'objectedAt' | 'legacy' | 'softOptIn' | 'lastReviewAt' | 'person'
> & { readonly birthOn: string | null };

export const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  corporate: fc.boolean(),
  prospect: fc.boolean(),
  contacts: fc
    .tuple(...channels.map(() => contact))
    .map(
      (made) =>
        Object.fromEntries(channels.map((channel, index) => [channel, made[index] ?? null])) as Record<
          Channel,
          ContactFacts | null
        >,
    ),
  vehicles: fc
    .tuple(
      ...vehicles.map((id) => fc.record({ id: fc.constant(id), ownedUntil: fc.option(date, { freq: 1 }) })),
    )
    .map((made) => made.map((vehicle) => ({ ...vehicle, optedOut: false }))),
  assessments: fc.array(
    fc
      .record({
        channels: fc.subarray([...channels]),
        categories: fc.subarray([...categories]),
        from: instant,
        lasts: fc.integer({ min: 1, max: 400 }),
      })
      .map(({ from, lasts, ...scope }) => ({
        id: 'assessment',
        ...scope,
        from,
        until: from + lasts * 24 * hour,
      })),
    { maxLength: 2 },
  ),
  mpsListed: fc.boolean(),
  marketingSentAt: fc.array(instant, { maxLength: 4 }),
  openEnquiries: fc.constant([]),
  birthOn: fc.option(fc.constantFrom('1970-02-28', '2008-02-29', '2008-11-23', '2009-06-01'), { freq: 1 }),
});

export const policySettings: fc.Arbitrary<PolicySettings> = fc
  .record({
    policy: fc.constantFrom('pecr_strict' as const, 'assume_legitimate_interest' as const),
    reviewIntervalMonths: fc.integer({ min: 1, max: 24 }),
    reviewOverdueEffect: fc.constantFrom('prompt' as const, 'prompt' as const, 'block' as const),
    tpsGrace: fc.constantFrom('immediate' as const, 'statutory_28_days' as const),
    tpsScreeningMaxAgeDays: fc.constantFrom(1, 28, 400),
    laterTpsOverridesConsent: fc.boolean(),
    customAudienceBasis: fc.constantFrom('consent' as const, 'li' as const),
    mergePolicy: fc.constantFrom('most_restrictive' as const, 'latest_wins' as const),
    legacyNoMarketingScope: fc.constantFrom('all_marketing' as const, 'mailshots_only' as const),
    migrationPolicy: fc.constantFrom(null, null, 'reset_all' as const),
    migratedEmail: fc.constantFrom('not_assumed' as const, 'as_sms' as const),
    consentMaxAgeMonths: fc.constantFrom(null, 1, 12),
    softOptInMaxMonths: fc.constantFrom(null, 1, 12),
    frequencyCapPer30Days: fc.constantFrom(null, 1, 3),
    childAge: fc.constantFrom(18, 16),
    safetyAdvisoryAsService: fc.boolean(),
  })
  .map((settings) => ({ ...defaultPolicySettings, ...settings }));

export const validRequest: fc.Arbitrary<DecisionRequest> = fc.record({
  channel: fc.constantFrom(...channels),
  category: fc.constantFrom(...purposes),
  vehicleId: fc.constantFrom(null, vehicles[0], vehicles[0], vehicles[1]),
  thirdPartyId: fc.constantFrom(null, companies[0], companies[0], companies[1]),
  recall: rarely,
  claimsManagement: rarely,
  tool: fc.constantFrom(...tools),
  safetyAdvisoryOn: fc.option(date, { freq: 1 }).map((on) => on),
  message: fc.record({
    promotion: rarely,
    identity: fc.constant(true),
    optOutMeans: rarely.map((missing) => !missing),
    callerNumber: fc.constant(true),
  }),
});

/** An instant of the question: while things still happen, or after everything. */
export const questionAt: fc.Arbitrary<number> = fc.oneof(instant, fc.constant(afterEverything));

/** The facts at an instant: what the ledger amounts to, in its surroundings. */
export function factsOf(
  events: readonly LedgerEvent[],
  around: Surroundings,
  policy: PolicySettings,
  at: number,
): Facts {
  const state = fold(events, { at, legalEntityId: ownEntity, mergePolicy: policy.mergePolicy });
  const { birthOn, ...known } = around;
  return {
    ...known,
    vehicles: around.vehicles.map((vehicle) => ({
      ...vehicle,
      optedOut: state.vehicleOptOuts.has(vehicle.id),
    })),
    person: {
      erased: state.statuses.has('erased'),
      deceased: state.statuses.has('deceased'),
      restricted: state.statuses.has('restricted'),
      identityUnresolved: state.statuses.has('identity_unresolved'),
      careHold: state.statuses.has('care_hold'),
      birthOn,
    },
    objectedAt: state.objectedAt,
    legacy: state.legacy,
    cells: state.cells,
    scopedCells: state.scopedCells,
    softOptIn: state.softOptIn,
    lastReviewAt: state.lastReviewAt,
  };
}
