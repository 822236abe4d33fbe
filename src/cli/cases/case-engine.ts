import type { Decision } from '../../domain/decide.ts';
import { decide } from '../../domain/decide.ts';
import type { DecisionRequest } from '../../domain/decision-request.ts';
import type { AssessmentFacts, ContactFacts, Facts, ScreeningFacts } from '../../domain/facts.ts';
import { fold } from '../../domain/fold.ts';
import type { LedgerEvent } from '../../domain/ledger-event.ts';
import { londonDateOf } from '../../domain/london.ts';
import type { Channel } from '../../domain/vocabulary.ts';
import { categories, channels, isCorporateSubscriber } from '../../domain/vocabulary.ts';
import type { Case } from './case-format.ts';
import type { CaseAct } from './case-history.ts';
import { caseHistory, caseOpenedAt, casePolicy } from './case-history.ts';

const caseEntity = 1;
const sisterEntity = 2;
const caseVehicle = 'vehicle';
const absorbedRecord = 'absorbed';

/** Runs a case straight through the pure engine. */
export function decideCase(item: Case): Decision {
  const now = Date.parse(item.asked.when);
  return decide(caseFacts(item, now), caseRequest(item, caseVehicle), casePolicy(item), now);
}

/** The question of a case, with the vehicle and the company named as the product knows them. */
export function caseRequest(
  { asked, given }: Case,
  vehicleId: string,
  thirdPartyId: string | null = asked.third_party,
): DecisionRequest {
  return {
    channel: asked.channel,
    category: asked.category,
    vehicleId: given.vehicle === 'none' ? null : vehicleId,
    thirdPartyId,
    recall: asked.recall,
    claimsManagement: asked.claims_management,
    tool: asked.tool,
    message: {
      promotion: asked.message.promo,
      identity: asked.message.identity,
      optOutMeans: asked.message.optout,
      callerNumber: asked.message.cli,
    },
  };
}

function caseFacts(item: Case, now: number): Facts {
  const { given } = item;
  const { acts, absorbed } = caseHistory(item);
  const policy = casePolicy(item);
  const events = acts.map((act, index) => toEvent(act, index + 1));
  if (absorbed !== null) {
    events.push(
      toEvent(
        {
          ...mergeAct,
          recordedAt: Math.max(
            ...acts.map((act) => act.recordedAt),
            ...absorbed.map((act) => act.recordedAt),
          ),
        },
        events.length + 1,
      ),
    );
  }
  const state = fold(events, {
    at: now,
    legalEntityId: caseEntity,
    mergePolicy: policy.mergePolicy,
    absorbed: new Map([[absorbedRecord, (absorbed ?? []).map((act, index) => toEvent(act, index + 1))]]),
  });
  const contact = caseContact(item, now);
  return {
    corporate: isCorporateSubscriber(given.subscriber === 'corporate' ? 'company' : given.subscriber),
    person: {
      erased: state.statuses.has('erased'),
      deceased: state.statuses.has('deceased'),
      restricted: state.statuses.has('restricted'),
      identityUnresolved: state.statuses.has('identity_unresolved'),
      careHold: state.statuses.has('care_hold'),
      birthOn: caseBirthOn(item),
    },
    prospect: given.prospect,
    objectedAt: state.objectedAt,
    legacy: state.legacy,
    cells: state.cells,
    scopedCells: state.scopedCells,
    contacts: Object.fromEntries(channels.map((channel) => [channel, contact])) as Record<
      Channel,
      ContactFacts | null
    >,
    vehicles:
      given.vehicle === 'none'
        ? []
        : [
            {
              id: caseVehicle,
              ownedUntil: given.vehicle === 'owned' ? null : londonDateOf(caseOpenedAt),
              optedOut: given.vehicle_opt_out,
            },
          ],
    softOptIn: state.softOptIn,
    assessments: given.lia ? [caseAssessment] : [],
    mpsListed: given.mps,
    lastReviewAt: state.lastReviewAt,
    marketingSentAt: caseSends(item),
    openEnquiries: [],
  };
}

const mergeAct: Omit<CaseAct, 'recordedAt'> = {
  act: { kind: 'merged', absorbedCustomerId: absorbedRecord },
  cells: [],
  occurredAt: null,
  actor: 'staff',
  method: null,
  worded: false,
  sisterEntity: false,
};

const caseAssessment: AssessmentFacts = {
  id: 'assessment',
  channels,
  categories,
  from: caseOpenedAt,
  until: Date.parse('2100-01-01T00:00:00Z'),
};

function toEvent(act: CaseAct, sequence: number): LedgerEvent {
  return {
    customerId: 'case',
    sequence,
    act: act.act,
    cells: act.cells.map(({ thirdParty, ...cell }) => ({
      ...cell,
      ...(thirdParty === undefined ? {} : { scopeId: thirdParty }),
      before: 'unset',
    })),
    occurredAt: act.occurredAt,
    recordedAt: act.recordedAt,
    actor: { kind: act.actor, id: null },
    method: act.method,
    wordingHash: act.worded ? 'f'.repeat(64) : null,
    evidenceCommitment: null,
    legalEntityId: act.sisterEntity ? sisterEntity : caseEntity,
    batchId: null,
    corrects: null,
  };
}

/** Somebody who is so many years old on the day of the question, to the day. */
export function caseBirthOn({ given, asked }: Case): string | null {
  if (given.person.age === undefined) return null;
  return Temporal.PlainDate.from(londonDateOf(Date.parse(asked.when)))
    .subtract({ years: given.person.age })
    .toString();
}

/** Marketing messages of the last month, a day before the question. */
export function caseSends({ given, asked }: Case): number[] {
  return new Array<number>(given.sent_last_30_days).fill(Date.parse(asked.when) - 86_400_000);
}

/** When the number or address was changed, in a case that says it was: after every answer, before the question. */
export function caseChangedAt(item: Case): number {
  return Date.parse(item.asked.when) - 1000;
}

/** A number known to be listed, from whatever source, that was never screened. */
const beforeAnyScreening = '1970-01-01';

/**
 * The screening of a case: without one, the number was found clear on the day of the question. One that the case
 * puts after its question is as new as can be: it is of that day.
 */
export function caseScreening({
  given,
  asked,
}: Case): (ScreeningFacts & { readonly screenedOn: string }) | null {
  const today = londonDateOf(Date.parse(asked.when));
  if (given.tps === undefined) return { listedOn: null, screenedOn: today };
  const { listed_since: listedOn, screened } = given.tps;
  if (screened === null && listedOn === null) return null;
  const screenedOn = screened ?? beforeAnyScreening;
  return { listedOn, screenedOn: screenedOn > today ? today : screenedOn };
}

function caseContact(item: Case, now: number): ContactFacts | null {
  const { given } = item;
  if (given.contact === 'missing') return null;
  const changed = given.contact === 'changed_by_customer' || given.contact === 'changed_unverified';
  const suppressedAt = given.suppression === undefined ? null : Date.parse(given.suppression.at);
  return {
    status:
      given.contact === 'bounced' ? 'bounced' : given.contact === 'changed_unverified' ? 'unverified' : 'ok',
    inUseSince: changed ? caseChangedAt(item) : 0,
    line: { id: 'line', sameNumber: [], others: [] },
    suppressedAt: suppressedAt !== null && suppressedAt <= now ? suppressedAt : null,
    screening: caseScreening(item),
  };
}
