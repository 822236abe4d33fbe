import type { DecisionRequest } from '../../domain/decision-request.ts';
import type { ReasonCode, Warning } from '../../domain/reason.ts';
import { sentenceOf } from '../../domain/reason.ts';
import { SelectionTally } from '../../domain/selection-answer.ts';
import { firstAllowCode, standingAnswer } from '../../domain/standing.ts';
import type { StandingQuestion } from '../../domain/standing-question.ts';
import { standingQuestion } from '../../domain/standing-question.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inSnapshot } from '../../platform/database.ts';
import { recordAccess } from '../access/service.ts';
import { permitContacts } from '../messages/service.ts';
import { policyAt } from '../settings/service.ts';
import { refreshStanding } from '../standing/service.ts';
import type { PlanOptions, SelectionPlan } from './answers/service.ts';
import { answerOfRow, judgePeople, planSelection } from './answers/service.ts';
import type { SelectedPage, SelectedPerson, Selection, SelectionCount, SelectionPart } from './contract.ts';
import { countGroups, countStored } from './counting/store.ts';
import { recordExportIn } from './export/service.ts';
import type { FoundPerson } from './parts/service.ts';
import { findPart, findStoredPart } from './parts/service.ts';
import type { PersonRow } from './store.ts';
import { findCodes, findNames, findPeople } from './store.ts';
import { leftOutOf, warningsOf } from './warnings/service.ts';

/**
 * Mailshots: choosing whom to write to, and leaving out exactly those who may not be.
 * Guarantees that the figures add up, that permission is judged by the one engine and only read here, and
 * that every figure can be opened down to the person and the rule.
 */
type Reader = Context['database']['db'];

const judgedAtOnce = 1_000;

/**
 * How many people match, how many may be written to, and how many are left out for each reason. For
 * service follow-up a person is permitted if at least one of the vehicles asked for may be written about.
 */
export async function countSelection(
  context: Context,
  selection: Selection,
  options: PlanOptions = {},
): Promise<SelectionCount> {
  const stored = await planSelection(context, selection, { ...options, asStored: true });
  const quick = await tallyStored(context, stored);
  if (quick !== null) return presentCount(stored, quick);
  const plan = await planSelection(context, selection, options);
  const tally = await inSnapshot(context.database.db, (snapshot) =>
    tallyPeople(snapshot, context, plan, options),
  );
  return presentCount(plan, tally);
}

function presentCount(plan: SelectionPlan, tally: SelectionTally): SelectionCount {
  return {
    matching: tally.matching,
    permitted: tally.permitted,
    leftOut: leftOutOf(tally),
    warnings: warningsOf(plan.selection, tally),
    plainEnglish: plan.plainEnglish,
    policyVersion: plan.policy.id,
    asOf: plan.at,
  };
}

/** Everybody at once, as is nearly always possible; null where somebody must be judged again or from the facts. */
async function tallyStored(context: Context, plan: SelectionPlan): Promise<SelectionTally | null> {
  const tally = new SelectionTally();
  for (const group of (await countStored(context.database.db, plan.query)) ?? [null]) {
    const answer = group === null ? undefined : answerOfRow(plan, group);
    if (group === null || answer === undefined) return null;
    tally.add(answer, group.people);
  }
  return tally;
}

async function tallyPeople(
  db: Reader,
  context: Context,
  plan: SelectionPlan,
  { onProgress }: PlanOptions,
): Promise<SelectionTally> {
  const tally = new SelectionTally();
  let unanswered = plan.question === null;
  if (plan.question !== null) {
    for (const group of await countGroups(db, plan.query)) {
      const answer = answerOfRow(plan, group);
      if (answer === undefined) unanswered = true;
      else tally.add(answer, group.people);
    }
  }
  let after: string | null = null;
  for (let judged = 0; unanswered; ) {
    const rows: PersonRow[] = await findPeople(db, plan.query, null, after, judgedAtOnce);
    const ids = rows.map((row) => row.customerId);
    for (const answer of (await judgePeople(db, context, plan, ids)).values()) tally.add(answer);
    judged += rows.length;
    onProgress?.({ judged });
    after = ids.at(-1) ?? null;
    unanswered = rows.length === judgedAtOnce;
  }
  return tally;
}

export interface ListOptions extends PlanOptions {
  readonly after?: string | null;
  /** At most 500. */
  readonly limit?: number;
  readonly actor: Actor;
}

const pageMax = 500;

/** The people behind one figure of a count, a page of them in the order of their ids. */
export async function listSelection(
  context: Context,
  selection: Selection,
  part: SelectionPart,
  options: ListOptions,
): Promise<SelectedPage> {
  const limit = Math.min(options.limit ?? 50, pageMax);
  // At the same time, since somebody is waiting; nothing is answered before the look is written down.
  const [page] = await Promise.all([
    findPage(context, selection, part, limit, options),
    recordAccess(context, options.actor, 'selection opened'),
  ]);
  return page;
}

async function findPage(
  context: Context,
  selection: Selection,
  part: SelectionPart,
  limit: number,
  options: ListOptions,
): Promise<SelectedPage> {
  const after = options.after ?? null;
  const stored = await planSelection(context, selection, { ...options, asStored: true });
  const quick = await findStoredPart(context, stored, part, after, limit + 1);
  if (quick !== null) return presentPage(quick, limit);
  const plan = await planSelection(context, selection, options);
  return inSnapshot(context.database.db, async (snapshot) => {
    const found = await findPart(snapshot, context, plan, part, after, limit + 1);
    const names = new Map(
      (
        await findNames(
          snapshot,
          found.map(([id]) => id),
        )
      ).map((row) => [row.id, row]),
    );
    return presentPage(
      found.flatMap(([id, answer]) => {
        const known = names.get(id);
        return known === undefined ? [] : [[known, answer] as const];
      }),
      limit,
    );
  });
}

function presentPage(found: readonly FoundPerson[], limit: number): SelectedPage {
  const people = found.slice(0, limit).map(([known, { reasons, warnings }]): SelectedPerson => {
    const { id: customerId, customerNumber, name, branch } = known;
    return {
      customerId,
      customerNumber,
      name,
      branch,
      reasons,
      sentences: reasons.map(sentenceOf),
      warnings,
    };
  });
  return { people, next: found.length > limit ? (people.at(-1)?.customerId ?? null) : null };
}

export interface SelectedAnswer {
  readonly verdict: 'allow' | 'deny';
  readonly reasons: readonly ReasonCode[];
  readonly warnings: readonly Warning[];
}

export interface DecideSelectedOptions {
  /** The same question for everybody, or one for each. */
  readonly request: DecisionRequest | ((customerId: string) => DecisionRequest);
  readonly customerIds: readonly string[];
  /** Milliseconds; default now, for which whoever is out of date is judged again first. */
  readonly at?: number;
}

/**
 * What the bulk path of mailshots and the contact manager answers for each of these customers: whoever their
 * stored code refuses is refused with its reasons; everybody else goes on to the gate, which decides with the
 * message's own content, contact hours and the frequency cap (stages S8 and S9). Customers not on file are
 * missing.
 */
export async function decideSelected(
  context: Context,
  { request, customerIds, at: asked }: DecideSelectedOptions,
): Promise<Map<string, SelectedAnswer>> {
  if (asked === undefined || asked === nowOf(context)) await refreshStanding(context);
  const at = asked ?? nowOf(context);
  const policy = await policyAt(context, at);
  const questions = customerIds.map((customerId) => ({
    customerId,
    request: typeof request === 'function' ? request(customerId) : request,
  }));
  const refused = await refusedByCode(context, questions, policy, at);
  const open = questions.filter(({ customerId }) => !refused.has(customerId));
  const decided = await permitContacts(context, open, asked === undefined ? {} : { at, policy });
  const answers = new Map<string, SelectedAnswer>(refused);
  for (const [index, answer] of decided.entries()) {
    const customerId = open[index]?.customerId;
    if (answer === undefined || customerId === undefined) continue;
    const { verdict, reasons, warnings } = 'permitted' in answer ? answer.permitted.decision : answer.refused;
    answers.set(customerId, { verdict, reasons, warnings });
  }
  return answers;
}

async function refusedByCode(
  context: Context,
  questions: readonly { readonly customerId: string; readonly request: DecisionRequest }[],
  policy: Awaited<ReturnType<typeof policyAt>>,
  at: number,
): Promise<Map<string, SelectedAnswer>> {
  const asked = questions.flatMap(({ customerId, request }) => {
    const question = standingQuestion(request, policy.settings);
    return question === null ? [] : [{ customerId, question }];
  });
  const keyOf = ({ channel, category, aboutCompany }: StandingQuestion): string =>
    `${channel} ${category} ${aboutCompany}`;
  const refused = new Map<string, SelectedAnswer>();
  for (const group of Map.groupBy(asked, ({ question }) => keyOf(question)).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const query = { answer: first.question, policyVersionId: policy.id, at };
    const rows = await findCodes(
      context.database.db,
      query,
      group.map(({ customerId, question }) => ({ customerId, vehicleId: question.vehicleId })),
    );
    for (const { customerId, code } of rows) {
      if (code === null || code >= firstAllowCode) continue;
      const { reasons, warnings } = standingAnswer(code);
      refused.set(customerId, { verdict: 'deny', reasons, warnings });
    }
  }
  return refused;
}

/** Puts a list of people that another feature made on record as one that left the house, in its transaction. */
export async function recordList(...[transaction, record]: Parameters<typeof recordExportIn>): Promise<void> {
  await recordExportIn(transaction, record);
}
