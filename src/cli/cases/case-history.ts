import { namesCompany } from '../../domain/company-name.ts';
import type { LedgerAct, PersonStatus } from '../../domain/ledger-event.ts';
import type { PolicySettings } from '../../domain/policy.ts';
import { defaultPolicySettings } from '../../domain/policy.ts';
import type { ActorKind, Basis, Category, CellState, Channel, Method } from '../../domain/vocabulary.ts';
import { categories, channels } from '../../domain/vocabulary.ts';
import type { Case, CaseAnswer, CaseEvent } from './case-format.ts';

/**
 * What happened before the question of a case, as the acts that the product itself records, oldest first.
 * Every way of running a case starts from this one reading.
 */
export interface CaseAct {
  readonly act: LedgerAct;
  readonly cells: readonly CaseCell[];
  readonly occurredAt: number | null;
  readonly recordedAt: number;
  readonly actor: ActorKind;
  readonly method: Method | null;
  readonly worded: boolean;
  /** Recorded for a sister company, not for the legal entity that asks. */
  readonly sisterEntity: boolean;
}

export interface CaseCell {
  readonly channel: Channel;
  readonly category: Category;
  readonly thirdParty?: string;
  readonly after: CellState;
  readonly basis?: Exclude<Basis, 'migrated'>;
}

/** When a case's record was opened, and its old flags were set: before any answer that a case may give. */
export const caseOpenedAt = Date.parse('2000-01-03T09:00:00Z');

const routes: Readonly<Record<string, { actor: ActorKind; method: Method }>> = {
  customer: { actor: 'customer', method: 'paper' },
  portal: { actor: 'customer', method: 'portal' },
  web_form: { actor: 'customer', method: 'web_form' },
  sms_stop: { actor: 'customer', method: 'sms_stop' },
  paper: { actor: 'customer', method: 'paper' },
  letter: { actor: 'customer', method: 'letter' },
  email: { actor: 'customer', method: 'email' },
  phone: { actor: 'staff', method: 'phone' },
  call_outcome: { actor: 'staff', method: 'call_outcome' },
  in_person: { actor: 'staff', method: 'in_person' },
  staff: { actor: 'staff', method: 'in_person' },
  import: { actor: 'import', method: 'file' },
  system: { actor: 'system', method: 'file' },
};

const plain = { actor: 'system', method: null, worded: false, sisterEntity: false, cells: [] } as const;

/** The cell that the question is about: a permission request and a promotional service message ask for offers. */
function askedCell({ asked }: Case): { channel: Channel; category: Category } | null {
  const channel = channels.find((known) => known === asked.channel);
  const named = categories.find((known) => known === asked.category);
  const offers = asked.category === 'permission_request' || asked.category === 'service_message';
  const category = named ?? (offers ? 'general_marketing' : undefined);
  return channel === undefined || category === undefined ? null : { channel, category };
}

/** The acts of a case's own record, and of the second record where the case is about a merge. */
export function caseHistory(item: Case): { acts: CaseAct[]; absorbed: CaseAct[] | null } {
  const { given } = item;
  const acts: CaseAct[] = [...openingActs(item), ...statusActs(item)];
  if (given.objection !== undefined) {
    const at = Date.parse(given.objection.at);
    acts.push({ ...plain, act: { kind: 'objected' }, occurredAt: at, recordedAt: at, actor: 'customer' });
  }
  if (given.events !== undefined) {
    acts.push(...given.events.map((event) => eventAct(item, event)));
  } else if (given.two_list !== undefined) {
    acts.push(twoListAct(given.two_list), ...namedOnly(item));
  } else {
    acts.push(...(given.cell === undefined ? namedOnly(item) : answerActs(item, given.cell)));
  }
  if (given.merge !== undefined) acts.push(...answerActs(item, given.merge.a));
  acts.push(...reviewActs(item));
  acts.sort((a, b) => a.recordedAt - b.recordedAt);
  const absorbed =
    given.merge === undefined ? null : [...answerActs(item, given.merge.b), ...reviewActs(item)];
  absorbed?.sort((a, b) => a.recordedAt - b.recordedAt);
  return { acts, absorbed };
}

function openingActs({ given }: Case): CaseAct[] {
  // A flag without an upgrade is still a no, only nothing is assumed beside it.
  const assumed = given.migrated || [given.cell, given.merge?.a, given.merge?.b].some(isAssumption);
  const act: LedgerAct =
    assumed || given.legacy !== 'none'
      ? { kind: 'imported', legacy: given.legacy, assumed }
      : { kind: 'opened' };
  const at = { occurredAt: null, recordedAt: caseOpenedAt };
  const acts: CaseAct[] = [{ ...plain, ...at, act }];
  if (given.soft !== undefined) {
    const obtained = given.soft.obtained;
    acts.push({
      ...plain,
      ...at,
      act: {
        kind: 'soft_opt_in_recorded',
        obtainedIn: obtained === 'sale' || obtained === 'negotiation' ? obtained : 'other',
        optOutOffered: given.soft.offered,
        similarProducts: given.soft.similar,
        obtainedOn: given.soft.on ?? null,
      },
      sisterEntity: !given.soft.same_entity,
    });
  }
  return acts;
}

function statusActs({ given }: Case): CaseAct[] {
  const { person } = given;
  const statuses: readonly (readonly [PersonStatus, boolean])[] = [
    ['erased', person.erased],
    ['deceased', person.deceased],
    ['restricted', person.restricted],
    ['identity_unresolved', person.merge_pending],
    ['care_hold', person.vulnerable_hold],
  ];
  return statuses
    .filter(([, value]) => value)
    .map(([status]) => ({
      ...plain,
      act: { kind: 'status_set', status, value: true },
      occurredAt: null,
      recordedAt: caseOpenedAt,
    }));
}

function routeOf(by: string, evidence: CaseAnswer['evidence']): Pick<CaseAct, 'actor' | 'method' | 'worded'> {
  // A route nobody knows proves nothing: a no by it counts, a yes by it lifts nothing.
  const route = routes[by] ?? { actor: 'system', method: 'file' };
  return {
    actor: route.actor,
    method: evidence === 'none' ? null : route.method,
    worded: evidence === 'full',
  };
}

function cellsOf(item: Case, after: CellState, basis: CaseAnswer['basis']): CaseCell[] {
  const cell = askedCell(item);
  if (cell === null) return [];
  const answer =
    after === 'granted' && basis !== 'migrated_li' ? { ...cell, after, basis } : { ...cell, after };
  if (cell.category !== 'third_party_marketing') return [answer];
  // A case has one answer for the category: it is given in general, and for every company that was named.
  const named = item.given.third_party.named.filter(namesCompany);
  return [answer, ...named.map((thirdParty) => ({ ...answer, thirdParty }))];
}

/** A company that was named, with nothing agreed: at most an interest, which is not the consent it needs. */
function namedOnly(item: Case): CaseAct[] {
  const cells = cellsOf(item, 'granted', 'legitimate_interest').filter(
    (cell) => cell.thirdParty !== undefined,
  );
  if (cells.length === 0) return [];
  const act = { kind: 'recorded', review: false } as const;
  return [{ ...plain, act, cells, occurredAt: null, recordedAt: caseOpenedAt }];
}

/** What a case says was assumed is no answer: it is held as the product holds it, by the upgrade. */
function isAssumption(answer: CaseAnswer | undefined): boolean {
  return answer?.state === 'granted' && answer.basis === 'migrated_li';
}

function answerActs(item: Case, answer: CaseAnswer): CaseAct[] {
  if (answer.state === 'unset' || isAssumption(answer)) return namedOnly(item);
  const at = Date.parse(answer.at);
  return [
    {
      ...plain,
      ...routeOf(answer.by, answer.evidence),
      act: { kind: 'recorded', review: false },
      cells: cellsOf(item, answer.state, answer.basis),
      occurredAt: at,
      recordedAt: at,
    },
  ];
}

function eventAct(item: Case, event: CaseEvent): CaseAct {
  const evidenced = event.do === 'grant' && event.evidence === 'full';
  const after = event.do === 'grant' ? 'granted' : event.do === 'withdraw' ? 'withdrawn' : 'not_given';
  const occurredAt = event.at === null ? null : Date.parse(event.at);
  const recorded = event.recorded === undefined ? occurredAt : Date.parse(event.recorded);
  if (recorded === null) throw new RangeError('An event needs "at" or "recorded".');
  return {
    ...plain,
    ...routeOf(event.by, event.evidence),
    act: { kind: 'recorded', review: false },
    cells: cellsOf(item, after, event.basis),
    // Full evidence says when: of a yes without a date, that it was given as it was written down.
    occurredAt: occurredAt ?? (evidenced ? recorded : null),
    recordedAt: recorded,
  };
}

/** What a box of the source document stands for where the engine tells channels apart. */
const boxes: Readonly<Record<string, readonly Channel[]>> = {
  telephone: ['live_call'],
  social: ['social_dm', 'social_audience'],
  social_media: ['social_dm', 'social_audience'],
};

/** The source document's two tick lists: permission is the channel's tick and the category's tick. */
function twoListAct(lists: NonNullable<Case['given']['two_list']>): CaseAct {
  const tickedChannels = lists.channels.flatMap((box): readonly string[] => boxes[box] ?? [box]);
  const at = Date.parse('2026-06-01T10:00:00Z');
  const cells = channels.flatMap((channel) =>
    (['service_follow_up', 'general_marketing'] as const).map((category): CaseCell => {
      const ticked = tickedChannels.includes(channel) && lists.categories.includes(category);
      return ticked
        ? { channel, category, after: 'granted', basis: 'consent' }
        : { channel, category, after: 'not_given' };
    }),
  );
  return {
    ...plain,
    ...routeOf('customer', 'full'),
    act: { kind: 'recorded', review: false },
    cells,
    occurredAt: at,
    recordedAt: at,
  };
}

function reviewActs({ given, asked }: Case): CaseAct[] {
  if (given.last_review === null) return [];
  const at =
    given.last_review === undefined ? Date.parse(asked.when) - 86_400_000 : Date.parse(given.last_review);
  return [{ ...plain, act: { kind: 'review_confirmed' }, occurredAt: at, recordedAt: at, actor: 'customer' }];
}

const fixtureBankHolidays = ['2026-12-25', '2026-12-28', '2027-01-01'];

/** The policy of a case: its own settings over the defaults. */
export function casePolicy({ policy, given }: Case): PolicySettings {
  const { seedEmail, ...settings } = given.settings;
  const overrides = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    ...defaultPolicySettings,
    bankHolidays: fixtureBankHolidays,
    ...(seedEmail === undefined ? {} : { migratedEmail: seedEmail }),
    ...overrides,
    policy,
  };
}
