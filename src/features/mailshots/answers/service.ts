import { decide } from '../../../domain/decide.ts';
import type { DecisionRequest } from '../../../domain/decision-request.ts';
import { londonDateOf } from '../../../domain/london.ts';
import type { PolicySettings } from '../../../domain/policy.ts';
import { withoutQuietHours } from '../../../domain/quiet-hours.ts';
import type { SelectionAnswer } from '../../../domain/selection-answer.ts';
import { answerOfCode, nearestToYes } from '../../../domain/selection-answer.ts';
import type { SelectionItem } from '../../../domain/selection-criteria.ts';
import { clausesOf } from '../../../domain/selection-criteria.ts';
import { readCriteria } from '../../../domain/selection-english.ts';
import type { StandingQuestion } from '../../../domain/standing-question.ts';
import { standingQuestion } from '../../../domain/standing-question.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { listBranches } from '../../branches/service.ts';
import type { Seen } from '../../facts/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import type { PolicyVersion } from '../../settings/service.ts';
import { policyAt } from '../../settings/service.ts';
import { refreshStanding } from '../../standing/service.ts';
import { knownThirdPartyIds } from '../../third-parties/service.ts';
import type { Selection } from '../contract.ts';
import type { PersonRow, SelectionQuery } from '../store.ts';
import { findKeptVehicles } from '../store.ts';

/**
 * How the people of a selection are answered: by their stored codes where those answer exactly, from their
 * facts where they do not. Either way it is the one engine that judged.
 */
export interface SelectionPlan {
  readonly selection: Selection;
  readonly query: SelectionQuery;
  readonly policy: PolicyVersion;
  /** Contact hours are for whoever sends the list, at the moment of sending (stage S8). */
  readonly settings: PolicySettings;
  readonly question: StandingQuestion | null;
  readonly companyId: string | null;
  readonly at: number;
  readonly seen: Seen;
  readonly plainEnglish: string;
}

export interface PlanOptions {
  /** Milliseconds; default now. Answers and relative dates are as of it; profiles are as they are now. */
  readonly at?: number;
  readonly onProgress?: (progress: { readonly judged: number }) => void;
  /** Nobody is judged again first: for whoever looks whether the stored answers will do. */
  readonly asStored?: boolean;
}

type Reader = Context['database']['db'];

/**
 * Prepares a selection. For the present instant, whoever is out of date is judged again first.
 *
 * Throws InvalidError for a branch that does not exist.
 */
export async function planSelection(
  context: Context,
  selection: Selection,
  options: PlanOptions = {},
): Promise<SelectionPlan> {
  const names = await branchNames(context, selection.criteria);
  if (options.at === undefined && options.asStored !== true) await refreshStanding(context, options);
  const at = options.at ?? nowOf(context);
  const policy = await policyAt(context, at);
  const companies = await knownThirdPartyIds(
    context,
    selection.company === undefined ? [] : [selection.company],
  );
  const companyId = companies.get(selection.company ?? '') ?? null;
  const question = standingQuestion(requestOf(selection, companyId, null), policy.settings);
  return {
    selection,
    policy,
    settings: withoutQuietHours(policy.settings),
    question,
    companyId,
    at,
    seen: options.at === undefined ? 'everything' : 'as_of',
    plainEnglish: readCriteria(selection.criteria, {
      branch: (code) => names.get(code.toLowerCase()) ?? code,
    }),
    query: {
      clause: clausesOf(selection.criteria),
      today: londonDateOf(at),
      answer: question,
      policyVersionId: policy.id,
      at,
      countsSent: question !== null && policy.settings.frequencyCapPer30Days !== null,
      changedSince: null,
    },
  };
}

/** The question asked about one person of a selection, as the engine takes it. */
export function requestOf(
  selection: Selection,
  companyId: string | null,
  vehicleId: string | null,
): DecisionRequest {
  return {
    channel: selection.channel,
    category: selection.category,
    vehicleId,
    thirdPartyId: companyId,
    recall: selection.recall,
    claimsManagement: selection.claimsManagement,
    tool: 'mailshot',
    message: { promotion: selection.promotion },
  };
}

/** Whether each message is about one vehicle: then a list has a row a vehicle, and people count once. */
export function isAboutVehicles({ category, recall, promotion }: Selection): boolean {
  return category === 'service_follow_up' || (recall && !promotion);
}

/** The answer behind the code of a row; undefined where the facts must be asked. */
export function answerOfRow(
  plan: SelectionPlan,
  row: Pick<PersonRow, 'code' | 'sent'>,
): SelectionAnswer | undefined {
  if (row.code === null || plan.question === null) return undefined;
  return answerOfCode(row.code, row.sent, plan.question.reclassified, plan.policy.settings);
}

/**
 * Judges people from their facts as of the plan's instant. Who is about several vehicles is answered by the
 * vehicle nearest to a yes. Customers not on file are missing.
 */
export async function judgePeople(
  db: Reader,
  context: Context,
  plan: SelectionPlan,
  ids: readonly string[],
): Promise<Map<string, SelectionAnswer>> {
  const vehicles = await vehiclesOf(db, plan, ids);
  const gathered = await gatherFacts(db, context, ids, plan.settings, plan.at, plan.seen);
  const answers = new Map<string, SelectionAnswer>();
  for (const [customerId, { facts }] of gathered) {
    const answer = nearestToYes(
      (vehicles.get(customerId) ?? [null]).map((vehicleId) => {
        const request = requestOf(plan.selection, plan.companyId, vehicleId);
        const { verdict, reasons, warnings } = decide(facts, request, plan.settings, plan.at);
        return { allowed: verdict === 'allow', reasons, warnings };
      }),
    );
    if (answer !== undefined) answers.set(customerId, answer);
  }
  return answers;
}

/** The vehicles a selection writes about, by person: those its criteria ask for, else all of theirs. */
export async function vehiclesOf(
  db: Reader,
  plan: SelectionPlan,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  if (!isAboutVehicles(plan.selection)) return new Map();
  const links = await findKeptVehicles(db, plan.query, ids);
  const groups = Map.groupBy(links, (link) => link.customerId);
  return new Map(
    [...groups].map(([customerId, all]) => {
      const written = all.filter((link) => link.written);
      return [customerId, (written.length > 0 ? written : all).map((link) => link.vehicleId)];
    }),
  );
}

/** Names by code in lower case. Throws InvalidError for one that no branch has. */
export async function branchNames(context: Context, criteria: SelectionItem): Promise<Map<string, string>> {
  const wanted = branchesIn(criteria);
  if (wanted.length === 0) return new Map();
  const names = new Map((await listBranches(context)).map(({ code, name }) => [code.toLowerCase(), name]));
  const unknown = wanted.find((code) => !names.has(code.toLowerCase()));
  if (unknown !== undefined) {
    throw new InvalidError(`There is no branch ${unknown}: use one of ${[...names.keys()].join(', ')}.`, {
      field: 'criteria',
      code: 'branch-not-found',
    });
  }
  return names;
}

function branchesIn(item: SelectionItem): string[] {
  if ('field' in item) {
    if (item.field !== 'branch') return [];
    return [item.is, item.is_not, ...(item.one_of ?? []), ...(item.none_of ?? [])].filter(
      (value): value is string => typeof value === 'string',
    );
  }
  const items = 'all' in item ? item.all : 'any' in item ? item.any : item.none;
  return items.flatMap(branchesIn);
}
