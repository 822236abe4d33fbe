import type { Decision } from '../../domain/decide.ts';
import { decide } from '../../domain/decide.ts';
import type { DecisionRequest } from '../../domain/decision-request.ts';
import type { HeldAnswer } from '../../domain/held-answer.ts';
import { heldAnswer } from '../../domain/held-answer.ts';
import type { LedgerEvent } from '../../domain/ledger-event.ts';
import type { ReviewStatus } from '../../domain/review.ts';
import { reviewDueOn, reviewStatus } from '../../domain/review.ts';
import type { Basis, Category, Channel } from '../../domain/vocabulary.ts';
import { categories, channels } from '../../domain/vocabulary.ts';
import { InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { findBranch } from '../branches/service.ts';
import type { GatheredFacts, Seen } from '../facts/service.ts';
import { asKnownTo, gatherFacts } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import { policyAt } from '../settings/service.ts';
import { knownThirdPartyIds, thirdPartyNames } from '../third-parties/service.ts';
import type { DecisionQuestion } from './contract.ts';

/** A decision with what it was made of: replayable as of its instant. */
export interface AnsweredDecision {
  readonly customerId: string;
  readonly decidedAt: number;
  readonly policyVersionId: number;
  /** The newest ledger entry that was seen. */
  readonly ledgerSequence: number;
  readonly decision: Decision;
}

/** One question of many: answered, or with a sentence that says why it cannot be. */
export type BatchAnswer =
  | { readonly answered: AnsweredDecision }
  | {
      readonly unanswered: { readonly customerId: string; readonly code: string; readonly sentence: string };
    };

/**
 * May this customer be sent this? As of `at` (milliseconds, default now; a past instant is answered with the
 * facts, the policy and the ledger of that instant).
 *
 * Throws NotFoundError, and InvalidError when several vehicles could be meant.
 */
export async function decideFor(
  context: Context,
  customerId: string,
  question: DecisionQuestion,
  at?: number,
): Promise<AnsweredDecision> {
  const [answer] = await decideMany(context, [{ customerId, question }], at);
  if (answer !== undefined && 'answered' in answer) return answer.answered;
  const { code, sentence } = answer?.unanswered ?? unknownCustomer(customerId);
  if (code === 'customer-not-found') throw new NotFoundError(sentence, { code });
  throw new InvalidError(sentence, { code, field: 'vehicleId' });
}

/** Answers many questions with a bounded number of statements, each independently of the others. */
export async function decideMany(
  context: Context,
  questions: readonly { customerId: string; question: DecisionQuestion }[],
  asOf?: number,
): Promise<BatchAnswer[]> {
  const at = instantAsked(context, asOf);
  const policy = await policyAt(context, at);
  const ids = [...new Set(questions.map(({ customerId }) => customerId))];
  const names = questions.flatMap(({ question }) => question.thirdPartyName ?? []);
  const [gathered, companies] = await Promise.all([
    gatherFacts(context.database.db, context, ids, policy.settings, at, seenBy(asOf)),
    knownThirdPartyIds(context, names),
  ]);
  const asked = { at, seen: seenBy(asOf) };
  return Promise.all(
    questions.map(async ({ customerId, question }) => {
      const own = gathered.get(customerId);
      if (own === undefined) return { unanswered: unknownCustomer(customerId) };
      const known = await askedBy(context, own, question.branch, policy, asked);
      const vehicleId = vehicleMeant(question, known);
      if (vehicleId === undefined) return { unanswered: { customerId, ...severalVehicles } };
      const request = requestOf(question, vehicleId, companies);
      return {
        answered: {
          customerId,
          decidedAt: at,
          policyVersionId: policy.id,
          ledgerSequence: known.state.sequence,
          decision: decide(known.facts, request, policy.settings, at),
        },
      };
    }),
  );
}

/** The customer as the company of this branch knows them. Throws InvalidError for an unknown branch. */
async function askedBy(
  context: Context,
  known: GatheredFacts,
  branch: string | undefined,
  { settings }: PolicyVersion,
  asked: { readonly at: number; readonly seen: Seen },
): Promise<GatheredFacts> {
  if (branch === undefined) return known;
  const { legalEntityId } = await findBranch(context, branch);
  return asKnownTo(context.database.db, known, legalEntityId, settings.mergePolicy, asked);
}

/** Now, or the past instant that is asked about. Throws InvalidError for one of the future: nobody knows it yet. */
function instantAsked(context: Context, asOf: number | undefined): number {
  const now = nowOf(context);
  if (asOf === undefined) return now;
  if (asOf <= now) return asOf;
  throw new InvalidError('This lies in the future: ask about now, or about a past moment.', {
    field: 'asOf',
  });
}

function seenBy(asOf: number | undefined): Seen {
  return asOf === undefined ? 'everything' : 'as_of';
}

const severalVehicles = {
  code: 'vehicle-needed',
  sentence: 'This customer has several vehicles: say which one with vehicleId.',
};

function unknownCustomer(customerId: string) {
  return { customerId, code: 'customer-not-found', sentence: 'There is no such customer.' };
}

/** The vehicle asked about; the only one they have where none is named; undefined where several could be meant. */
function vehicleMeant(question: DecisionQuestion, known: GatheredFacts): string | null | undefined {
  if (question.vehicleId !== undefined) return question.vehicleId;
  const bound = question.category === 'service_follow_up' || question.recall === true;
  if (!bound) return null;
  const { vehicles } = known.facts;
  if (vehicles.length <= 1) return vehicles[0]?.id ?? null;
  const current = vehicles.filter((vehicle) => vehicle.ownedUntil === null);
  return current.length === 1 ? current[0]?.id : undefined;
}

function requestOf(
  { thirdPartyName, vehicleId: _, branch: _branch, ...question }: DecisionQuestion,
  vehicleId: string | null,
  companies: ReadonlyMap<string, string>,
): DecisionRequest {
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
  return {
    ...(given as unknown as Pick<DecisionRequest, 'channel' | 'category'>),
    vehicleId,
    thirdPartyId: thirdPartyName ? (companies.get(thirdPartyName) ?? null) : null,
  };
}

/** One box of the preference grid: what the customer said, and what follows from it. */
export interface CellView {
  readonly channel: Channel;
  readonly category: Category;
  readonly vehicleId: string | null;
  readonly thirdPartyName: string | null;
  readonly state: HeldAnswer['state'];
  readonly basis: Basis | null;
  /** When it was answered, milliseconds. */
  readonly at: number | null;
  readonly decision: Pick<Decision, 'verdict' | 'reasons' | 'warnings' | 'holdsUntil'>;
}

export interface PermissionsView {
  readonly customerId: string;
  readonly asOf: number;
  readonly policyVersionId: number;
  readonly sequence: number;
  readonly review: {
    readonly status: ReviewStatus;
    readonly dueOn: string | null;
    readonly lastReviewAt: number | null;
  };
  readonly objectedAt: number | null;
  readonly cells: readonly CellView[];
  readonly history: readonly LedgerEvent[];
}

/** Everything that is known of a customer's permissions as of an instant (default now), with its history. */
export async function permissionsOf(
  context: Context,
  customerId: string,
  options: { asOf?: number } = {},
): Promise<PermissionsView> {
  const at = instantAsked(context, options.asOf);
  const policy = await policyAt(context, at);
  const gathered = await gatherFacts(
    context.database.db,
    context,
    [customerId],
    policy.settings,
    at,
    seenBy(options.asOf),
  );
  const known = gathered.get(customerId);
  if (known === undefined)
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  const { lastReviewAt } = known.facts;
  const interval = policy.settings.reviewIntervalMonths;
  return {
    customerId,
    asOf: at,
    policyVersionId: policy.id,
    sequence: known.state.sequence,
    review: {
      status: reviewStatus(lastReviewAt, interval, at),
      dueOn: reviewDueOn(lastReviewAt, interval),
      lastReviewAt,
    },
    objectedAt: known.facts.objectedAt,
    cells: await cellViews(context, known, policy, at),
    history: known.events,
  };
}

async function cellViews(
  context: Context,
  known: GatheredFacts,
  policy: PolicyVersion,
  at: number,
): Promise<CellView[]> {
  const companies = await namedCompanies(context, known);
  return channels.flatMap((channel) =>
    categories.flatMap((category) => {
      const scopes = scopesOf(category, known, companies);
      return scopes.map(({ vehicleId, thirdPartyId }) => {
        const request = { channel, category, vehicleId, thirdPartyId };
        const { verdict, reasons, warnings, holdsUntil } = decide(known.facts, request, policy.settings, at);
        return {
          channel,
          category,
          vehicleId,
          thirdPartyName: thirdPartyId === null ? null : (companies.get(thirdPartyId) ?? null),
          ...answerOf(known.facts, channel, category, vehicleId ?? thirdPartyId, policy.settings),
          decision: { verdict, reasons, warnings, holdsUntil },
        };
      });
    }),
  );
}

type Scope = { readonly vehicleId: string | null; readonly thirdPartyId: string | null };

function scopesOf(
  category: Category,
  known: GatheredFacts,
  companies: ReadonlyMap<string, string>,
): readonly Scope[] {
  const none: Scope = { vehicleId: null, thirdPartyId: null };
  if (category === 'general_marketing') return [none];
  if (category === 'third_party_marketing') {
    return companies.size === 0 ? [none] : [...companies.keys()].map((id) => ({ ...none, thirdPartyId: id }));
  }
  const { vehicles } = known.facts;
  return vehicles.length === 0 ? [none] : vehicles.map(({ id }) => ({ ...none, vehicleId: id }));
}

async function namedCompanies(context: Context, known: GatheredFacts): Promise<Map<string, string>> {
  const ids = new Set<string>();
  for (const key of known.facts.scopedCells?.keys() ?? []) {
    const [index, scopeId] = key.split(':');
    if (scopeId !== undefined && Number(index) % categories.length === 2) ids.add(scopeId);
  }
  return thirdPartyNames(context, [...ids]);
}

function answerOf(...box: Parameters<typeof heldAnswer>): Pick<CellView, 'state' | 'basis' | 'at'> {
  const { state, basis, at } = heldAnswer(...box);
  return { state, basis, at };
}
