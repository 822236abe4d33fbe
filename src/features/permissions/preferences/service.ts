import { spokenCar } from '../../../domain/counter-wording.ts';
import { inEffectiveOrder } from '../../../domain/fold.ts';
import type { LedgerEvent } from '../../../domain/ledger-event.ts';
import { effectiveAt } from '../../../domain/ledger-event.ts';
import { londonDateOf } from '../../../domain/london.ts';
import { displayNameOf, shortNameOf } from '../../../domain/person-name.ts';
import type { AskedCompany, Box } from '../../../domain/preference-grid.ts';
import { preferenceGrid, splitWords } from '../../../domain/preference-grid.ts';
import { denyReasons } from '../../../domain/reason.ts';
import type { ReviewStatus } from '../../../domain/review.ts';
import { reviewDueOn, reviewStatus } from '../../../domain/review.ts';
import type { ReviewPrompt } from '../../../domain/review-prompt.ts';
import { reviewPrompt } from '../../../domain/review-prompt.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Method } from '../../../domain/vocabulary.ts';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import type { Customer } from '../../customers/service.ts';
import { readCustomer } from '../../customers/service.ts';
import type { GatheredFacts } from '../../facts/service.ts';
import { asKnownTo, gatherFacts } from '../../facts/service.ts';
import type { PolicyVersion } from '../../settings/service.ts';
import { policyAt } from '../../settings/service.ts';
import { thirdPartyIds } from '../../third-parties/service.ts';
import { actorNames } from '../../users/service.ts';
import type { CounterWording, Script } from '../../wordings/service.ts';
import { counterVersionsOf, counterWordingsOf, inForceOf, spokenText } from '../../wordings/service.ts';
import type { Controllers } from '../controllers/service.ts';
import { controllersOf } from '../controllers/service.ts';
import type { ShownContact } from './contact-words.ts';
import { shownContact } from './contact-words.ts';
import { detailOf, sequenceOf } from './evidence-words.ts';

/**
 * The preferences of one customer as the pop-up and the panel show them.
 * Guarantees that what is held is said in words and never as a tick, that it is judged as of now, and that the
 * wording is the one in force, word for word as it will be recorded.
 */
export interface ShownBox {
  readonly box: Box;
  readonly detail: string | null;
  /** The entry of this customer's own ledger that it rests on. */
  readonly sequence: number | null;
}

export interface ShownVehicle {
  readonly id: string;
  readonly registration: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly current: boolean;
  /** False where the customer wants to hear nothing about this one. */
  readonly serviceContact: boolean;
}

export interface PreferencesView extends Controllers {
  readonly customer: Customer & { readonly displayName: string; readonly shortName: string };
  readonly memberSince: string;
  readonly sequence: number;
  readonly wording: CounterWording;
  /** The wording as it is read out to this customer, at the counter and on the phone. */
  readonly spoken: Readonly<Record<Script, { readonly text: string; readonly withoutCompanies: string }>>;
  readonly review: {
    readonly status: ReviewStatus;
    readonly dueOn: string | null;
    readonly lastReviewAt: number | null;
    readonly lastMethod: Method | null;
    readonly lastBy: string | null;
  };
  readonly prompt: ReviewPrompt;
  readonly objectedAt: number | null;
  readonly holds: readonly string[];
  readonly vehicles: readonly ShownVehicle[];
  readonly boxes: readonly ShownBox[];
  readonly contactOf: (channel: Box['channel']) => ShownContact | null;
}

/** What is known of one customer, read once for a screen or a save. */
export interface KnownPreferences {
  readonly customer: Customer;
  readonly known: GatheredFacts;
  readonly policy: PolicyVersion;
  /** What the facts are as of, milliseconds. */
  readonly now: number;
  readonly vehicles: readonly ShownVehicle[];
  /** Those asked about by name, in the order of the screen. */
  readonly companies: readonly AskedCompany[];
}

/**
 * Throws NotFoundError, and InvalidError for an unknown branch.
 *
 * @param branch code or name of the branch that asks: its company is the one that is answered for.
 */
export async function knownPreferences(
  context: Context,
  customerId: string,
  branch?: string,
): Promise<KnownPreferences> {
  const policy = await policyAt(context);
  const { askedCompanies } = policy.settings;
  const [gathered, customer, companyIds] = await Promise.all([
    gatherFacts(context.database.db, context, [customerId], policy.settings, nowOf(context)),
    readCustomer(context, customerId),
    thirdPartyIds(context, askedCompanies),
  ]);
  const own = gathered.get(customerId);
  if (own === undefined)
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  const known = await knownAt(context, own, branch, policy);
  const now = known.instant;
  const today = londonDateOf(now);
  const vehicles = customer.vehicles.map(({ vehicleId, registration, make, model, untilOn }) => ({
    id: vehicleId,
    registration: registration === null ? null : formatRegistration(registration),
    make,
    model,
    current: untilOn === null || untilOn > today,
    serviceContact: !known.state.vehicleOptOuts.has(vehicleId),
  }));
  const companies = askedCompanies.flatMap((name) => {
    const id = companyIds.get(name);
    return id === undefined ? [] : [{ id, name }];
  });
  return { customer, known, policy, now, vehicles, companies };
}

async function knownAt(
  context: Context,
  own: GatheredFacts,
  branch: string | undefined,
  { settings }: PolicyVersion,
): Promise<GatheredFacts> {
  if (branch === undefined) return own;
  const { legalEntityId } = await findBranch(context, branch);
  return asKnownTo(context.database.db, own, legalEntityId, settings.mergePolicy, { at: own.instant });
}

/**
 * Everything that the pop-up and the panel need.
 *
 * Throws NotFoundError, and InvalidError for an unknown branch.
 *
 * @param branch code or name of the branch that asks, for whether the review rests there; default the customer's.
 */
export async function preferencesOf(
  context: Context,
  customerId: string,
  branch?: string,
): Promise<PreferencesView> {
  const asked = await knownPreferences(context, customerId, branch);
  const { customer, known, policy, now, vehicles, companies } = asked;
  const branchId = branch === undefined ? customer.branchId : (await findBranch(context, branch)).id;
  const events = [...known.absorbed.values()].flatMap((chain) => inEffectiveOrder(chain, endOfTime));
  const boxes = preferenceGrid(known.facts, policy.settings, now, companies);
  const [versions, wordings, reviewed, controllers] = await Promise.all([
    counterVersionsOf(
      context,
      events.flatMap(({ wordingHash }) => wordingHash ?? []),
    ),
    counterWordingsOf(context, known.profile.legalEntityId),
    reviewOf(context, asked, events, branchId),
    controllersOf(context, known, policy.settings, now),
  ]);
  const wording = inForceOf(wordings);
  const car = spokenCar(vehicles.filter(({ current }) => current));
  return {
    customer: { ...customer, displayName: displayNameOf(customer), shortName: shortNameOf(customer) },
    memberSince: customer.createdOn ?? londonDateOf(customer.createdAt),
    sequence: known.state.sequence,
    wording,
    spoken: {
      counter: {
        text: spokenText(wording, 'counter', car, namesOf(companies)),
        withoutCompanies: spokenText(wording, 'counter', car),
      },
      phone: {
        text: spokenText(wording, 'phone', car, namesOf(companies)),
        withoutCompanies: spokenText(wording, 'phone', car),
      },
    },
    ...reviewed,
    ...controllers,
    objectedAt: known.facts.objectedAt,
    holds: holdsOf(known),
    vehicles,
    boxes: boxes.map((box) => ({
      box,
      detail: splitWords(box, nameIn(vehicles)) ?? detailOf(box.shown.shown, known, versions),
      sequence: sequenceOf(box.shown.shown, known),
    })),
    contactOf: (channel) => shownContact(channel, customer, known),
  };
}

export function namesOf(companies: readonly AskedCompany[]): string[] {
  return companies.map(({ name }) => name);
}

/** Later than any instant that is ever recorded. */
const endOfTime = Date.parse('9999-12-31T00:00:00Z');

/** How a vehicle of the customer is spoken of: by its registration, else by what it is. */
export function nameIn(vehicles: readonly ShownVehicle[]): (vehicleId: string) => string {
  return (vehicleId) => {
    const vehicle = vehicles.find(({ id }) => id === vehicleId);
    return vehicle?.registration ?? vehicle?.model ?? vehicle?.make ?? 'the vehicle';
  };
}

async function reviewOf(
  context: Context,
  { known, policy, now }: KnownPreferences,
  events: readonly LedgerEvent[],
  branchId: number,
): Promise<Pick<PreferencesView, 'review' | 'prompt'>> {
  const { lastReviewAt } = known.facts;
  const months = policy.settings.reviewIntervalMonths;
  const status = reviewStatus(lastReviewAt, months, now);
  const last = events.findLast((event) => isReview(event) && effectiveAt(event) === lastReviewAt);
  const attemptedAt = events
    .filter(
      ({ act }) => act.kind === 'review_attempted' && (act.branchId ?? known.profile.branchId) === branchId,
    )
    .map(effectiveAt);
  return {
    review: {
      status,
      dueOn: reviewDueOn(lastReviewAt, months),
      lastReviewAt,
      lastMethod: last?.method ?? null,
      lastBy: last === undefined ? null : await reviewerOf(context, last),
    },
    prompt: reviewPrompt(status, known.facts, attemptedAt, now, policy.settings.reviewPromptAt),
  };
}

function isReview({ act }: LedgerEvent): boolean {
  return act.kind === 'review_confirmed' || (act.kind === 'recorded' && act.review);
}

async function reviewerOf(context: Context, { actor }: LedgerEvent): Promise<string | null> {
  if (actor.kind === 'customer') return 'the customer';
  return actor.id === null ? null : ((await actorNames(context, [actor.id])).get(actor.id) ?? null);
}

/** What stops contact whatever the boxes say; a care note is named, never its reason. */
function holdsOf({ facts, profile }: GatheredFacts): string[] {
  const { erased, deceased, restricted, identityUnresolved, careHold } = facts.person;
  const merged = profile.mergedIntoId !== null;
  return [
    erased ? denyReasons.PERSON_ERASED.sentence : null,
    deceased ? denyReasons.PERSON_DECEASED.sentence : null,
    restricted ? denyReasons.PROCESSING_RESTRICTED.sentence : null,
    merged ? 'This record became part of another one: use that one.' : null,
    identityUnresolved && !merged ? denyReasons.IDENTITY_UNRESOLVED.sentence : null,
    careHold ? denyReasons.VULNERABLE_HOLD.sentence : null,
  ].filter((sentence) => sentence !== null);
}
