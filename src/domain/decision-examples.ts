import type { DecisionRequest } from './decision-request.ts';
import type { CellFacts, ContactFacts, Facts } from './facts.ts';
import { cellCount, cellIndex, scopedCellKey } from './facts.ts';
import { legacyFacts } from './legacy-flags.ts';
import type { PolicySettings } from './policy.ts';
import { defaultPolicySettings } from './policy.ts';
import type { DenyReason } from './reason.ts';
import type { Basis, Category, Channel, LegacyFlag } from './vocabulary.ts';
import { categories, channels } from './vocabulary.ts';

/**
 * Plain situations that the engine is asked about when its decision table is printed: one in which all is
 * well, and for every reason one in which it blocks.
 */
export interface Question {
  readonly facts: Facts;
  readonly request: DecisionRequest;
  readonly policy: PolicySettings;
}

/** A Monday morning, within contact hours. Milliseconds. */
export const askedAt = Date.parse('2026-11-23T11:00:00Z');

const dayMilliseconds = 86_400_000;
const agreedAt = askedAt - 100 * dayMilliseconds;
const laterThanAgreed = askedAt - 10 * dayMilliseconds;
const upgradedAt = askedAt - 200 * dayMilliseconds;
const vehicleId = 'vehicle';
const company = 'company';

const clearNumber: ContactFacts = {
  status: 'ok',
  inUseSince: 0,
  line: { id: 'line', sameNumber: [], others: [] },
  suppressedAt: null,
  screening: { listedOn: null, screenedOn: '2026-11-20' },
};

function everyChannel(contact: ContactFacts | null): Facts['contacts'] {
  return Object.fromEntries(channels.map((channel) => [channel, contact])) as Facts['contacts'];
}

/** Reachable on every channel, keeper of a vehicle, lately reviewed, an assessment on file, never asked. */
const knownCustomer: Facts = {
  corporate: false,
  person: {
    erased: false,
    deceased: false,
    restricted: false,
    identityUnresolved: false,
    careHold: false,
    birthOn: null,
  },
  prospect: false,
  objectedAt: null,
  legacy: null,
  cells: new Array<CellFacts | undefined>(cellCount).fill(undefined),
  scopedCells: null,
  contacts: everyChannel(clearNumber),
  vehicles: [{ id: vehicleId, ownedUntil: null, optedOut: false }],
  softOptIn: null,
  assessments: [
    { id: 'assessment', channels, categories, from: upgradedAt, until: askedAt + 100 * dayMilliseconds },
  ],
  mpsListed: false,
  lastReviewAt: askedAt - dayMilliseconds,
  marketingSentAt: [],
  openEnquiries: [],
};

const provenSale: Facts['softOptIn'] = {
  obtainedIn: 'sale',
  optOutOffered: true,
  similarProducts: true,
  sameLegalEntity: true,
  obtainedOn: '2026-08-15',
};

/** A question about somebody who was never asked anything. */
export function plainQuestion(channel: Channel, category: DecisionRequest['category']): Question {
  return {
    facts: knownCustomer,
    request: { channel, category, vehicleId, thirdPartyId: company },
    policy: defaultPolicySettings,
  };
}

/** The same question about somebody who answered every box alike, on one basis, with full evidence. */
export function answered(question: Question, basis: Exclude<Basis, 'migrated'>): Question {
  return answeredAs(question, {
    state: 'granted',
    basis,
    at: agreedAt,
    by: 'customer',
    evidence: 'full',
    line: null,
    sequence: 1,
  });
}

export function withFacts(question: Question, facts: Partial<Facts>): Question {
  return { ...question, facts: { ...question.facts, ...facts } };
}

/** A record of the upgrade that nobody has gone through since, under one of the two policies. */
export function migrated(question: Question, flag: LegacyFlag, policy: PolicySettings['policy']): Question {
  const legacy = legacyFacts(flag, upgradedAt, true);
  return withPolicy(withFacts(question, { legacy }), { policy });
}

/** A sale on file that fulfils every condition of PECR reg 22(3). */
export const withProvenSale = (question: Question): Question =>
  withFacts(question, { softOptIn: provenSale });

export const asCompany = (question: Question): Question => withFacts(question, { corporate: true });

function answeredAs(question: Question, answer: CellFacts): Question {
  const named = channels.map(
    (channel) => [scopedCellKey(cellIndex(channel, 'third_party_marketing'), company), answer] as const,
  );
  return withFacts(question, {
    cells: question.facts.cells.map(() => answer),
    scopedCells: new Map(named),
  });
}

function withPolicy(question: Question, settings: Partial<PolicySettings>): Question {
  return { ...question, policy: { ...question.policy, ...settings } };
}

function withRequest(question: Question, request: Partial<DecisionRequest>): Question {
  return { ...question, request: { ...question.request, ...request } };
}

function withContact(question: Question, contact: Partial<ContactFacts>): Question {
  return withFacts(question, { contacts: everyChannel({ ...clearNumber, ...contact }) });
}

function withPerson(question: Question, person: Partial<Facts['person']>): Question {
  return withFacts(question, { person: { ...question.facts.person, ...person } });
}

function withAnswer(question: Question, answer: Partial<CellFacts>): Question {
  const granted: CellFacts = {
    state: 'granted',
    basis: 'consent',
    at: agreedAt,
    by: 'customer',
    evidence: 'full',
    line: null,
    sequence: 1,
  };
  return answeredAs(question, { ...granted, ...answer });
}

function withOldFlag(question: Question, flag: LegacyFlag): Question {
  return withFacts(question, { legacy: legacyFacts(flag, laterThanAgreed, false) });
}

const oldNumber = { inUseSince: laterThanAgreed };

/** For every reason, what makes it block a message that fresh consent would otherwise allow. */
export const troubles: Readonly<Record<Exclude<DenyReason, 'REQUEST_INVALID'>, (q: Question) => Question>> = {
  PERSON_ERASED: (q) => withPerson(q, { erased: true }),
  PERSON_DECEASED: (q) => withPerson(q, { deceased: true }),
  PROCESSING_RESTRICTED: (q) => withPerson(q, { restricted: true }),
  IDENTITY_UNRESOLVED: (q) => withPerson(q, { identityUnresolved: true }),
  OBJECTION_ALL_MARKETING: (q) => withFacts(q, { objectedAt: laterThanAgreed }),
  SUPPRESSION_LIST_MATCH: (q) => withContact(q, { suppressedAt: laterThanAgreed }),
  LEGACY_NO_FOLLOW_UP: (q) => withOldFlag(q, 'no_follow_up'),
  LEGACY_NO_MARKETING: (q) => withOldFlag(q, 'no_marketing'),
  VEHICLE_OPT_OUT: (q) => withFacts(q, { vehicles: [{ id: vehicleId, ownedUntil: null, optedOut: true }] }),
  PERMISSION_WITHDRAWN: (q) => withAnswer(q, { state: 'withdrawn', basis: null }),
  PERMISSION_REFUSED: (q) => withAnswer(q, { state: 'not_given', basis: null }),
  CHILD_MARKETING_BLOCK: (q) => withPerson(q, { birthOn: '2012-06-01' }),
  VULNERABLE_HOLD: (q) => withPerson(q, { careHold: true }),
  CONTACT_POINT_MISSING: (q) => withFacts(q, { contacts: everyChannel(null) }),
  CONTACT_POINT_INVALID: (q) => withContact(q, { status: 'bounced' }),
  CONTACT_POINT_UNVERIFIED: (q) => withContact(q, { status: 'unverified' }),
  TPS_REGISTERED: (q) =>
    withContact(q, { ...oldNumber, screening: { listedOn: '2026-01-05', screenedOn: '2026-11-20' } }),
  TPS_SCREEN_STALE: (q) => withContact(q, { ...oldNumber, screening: null }),
  MPS_REGISTERED: (q) => withFacts(q, { mpsListed: true, prospect: true }),
  VEHICLE_NOT_OWNED: (q) =>
    withFacts(q, { vehicles: [{ id: vehicleId, ownedUntil: '2026-06-01', optedOut: false }] }),
  VEHICLE_NOT_LINKED: (q) => withRequest(q, { vehicleId: null }),
  THIRD_PARTY_NOT_NAMED: (q) => withRequest(q, { thirdPartyId: 'another company' }),
  THIRD_PARTY_CONSENT_REQUIRED: (q) => withAnswer(q, { basis: 'legitimate_interest' }),
  NO_PERMISSION: (q) =>
    withFacts(q, {
      cells: knownCustomer.cells,
      scopedCells: null,
    }),
  AUTOMATED_CALL_CONSENT_REQUIRED: (q) => withContact(q, oldNumber),
  CLAIMS_CALL_CONSENT_REQUIRED: (q) => withRequest(withContact(q, oldNumber), { claimsManagement: true }),
  PECR_CONSENT_REQUIRED: (q) => withAnswer(q, { basis: 'legitimate_interest' }),
  SOFT_OPT_IN_INCOMPLETE: (q) => withAnswer(q, { basis: 'soft_opt_in' }),
  AUDIENCE_CONSENT_REQUIRED: (q) => withAnswer(q, { basis: 'legitimate_interest' }),
  LIA_MISSING: (q) => withFacts(withAnswer(q, { basis: 'legitimate_interest' }), { assessments: [] }),
  CONSENT_EVIDENCE_MISSING: (q) => withAnswer(q, { evidence: 'partial' }),
  CONSENT_EXPIRED: (q) => withPolicy(q, { consentMaxAgeMonths: 1 }),
  REVIEW_NEVER_DONE: (q) =>
    withPolicy(withFacts(q, { lastReviewAt: null }), { reviewOverdueEffect: 'block' }),
  REVIEW_OVERDUE: (q) =>
    withPolicy(withFacts(q, { lastReviewAt: upgradedAt }), { reviewOverdueEffect: 'block' }),
  QUIET_HOURS: (q) => withPolicy(q, { bankHolidays: ['2026-11-23'] }),
  FREQUENCY_CAP: (q) =>
    withPolicy(withFacts(q, { marketingSentAt: [laterThanAgreed] }), { frequencyCapPer30Days: 1 }),
  SENDER_IDENTITY_MISSING: (q) => withRequest(q, { message: { identity: false } }),
  OPT_OUT_MEANS_MISSING: (q) => withRequest(q, { message: { optOutMeans: false } }),
  CLI_WITHHELD: (q) => withRequest(q, { message: { callerNumber: false } }),
};

/** The kinds of message of the table of blocks; a safety recall is a service message with its own ground. */
export const messageKinds = ['service_message', 'safety_recall', ...categories] as const;
export type MessageKind = (typeof messageKinds)[number];

/** A message of one kind to somebody who agreed to everything. */
export function agreedQuestion(channel: Channel, kind: MessageKind): Question {
  const category: 'service_message' | Category = kind === 'safety_recall' ? 'service_message' : kind;
  const question = answered(plainQuestion(channel, category), 'consent');
  return kind === 'safety_recall' ? withRequest(question, { recall: true }) : question;
}
