import { withoutQuietHours } from '../../../domain/quiet-hours.ts';
import type { SelectionAnswer } from '../../../domain/selection-answer.ts';
import { nearestToYes } from '../../../domain/selection-answer.ts';
import type { Context } from '../../../platform/context.ts';
import type { PermittedContact } from '../../messages/service.ts';
import { permitContacts } from '../../messages/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { SelectionPlan } from '../answers/service.ts';
import { answerOfRow, judgePeople, requestOf, vehiclesOf } from '../answers/service.ts';
import type { PersonRow } from '../store.ts';

/**
 * The decision at the moment a list leaves the house.
 * Guarantees that nobody is permitted by a stored code alone: the gate decides again, on fresh facts.
 */
type Transaction = Context['database']['db'];

export interface DecidedPage {
  /** By person, one contact for each vehicle that may be written about, or one. */
  readonly permitted: ReadonlyMap<string, readonly PermittedContact[]>;
  readonly refused: ReadonlyMap<string, SelectionAnswer>;
}

/** Whoever a stored code refuses stays refused; everybody else is asked about at the gate, now. */
export async function decidePage(
  transaction: Transaction,
  context: Context,
  plan: SelectionPlan,
  people: readonly PersonRow[],
): Promise<DecidedPage> {
  const permitted = new Map<string, PermittedContact[]>();
  const refusals = new Map<string, SelectionAnswer[]>();
  const open: string[] = [];
  for (const row of people) {
    const answer = answerOfRow(plan, row);
    if (answer === undefined || answer.allowed) open.push(row.customerId);
    else refusals.set(row.customerId, [answer]);
  }
  const vehicles = await vehiclesOf(transaction, plan, open);
  const questions = open.flatMap((customerId) =>
    (vehicles.get(customerId) ?? [null]).map((vehicleId) => ({
      customerId,
      request: requestOf(plan.selection, plan.companyId, vehicleId),
    })),
  );
  const answers = await permitContacts(context, questions, { leaves: 'list', transaction });
  for (const [index, answer] of answers.entries()) {
    const customerId = questions[index]?.customerId;
    if (answer === undefined || customerId === undefined) continue;
    if ('permitted' in answer) {
      permitted.set(customerId, [...(permitted.get(customerId) ?? []), answer.permitted]);
      continue;
    }
    const { reasons, warnings } = answer.refused;
    const refusal = { allowed: false, reasons, warnings };
    refusals.set(customerId, [...(refusals.get(customerId) ?? []), refusal]);
  }
  const refused = new Map<string, SelectionAnswer>();
  for (const [customerId, answered] of refusals) {
    const answer = nearestToYes(answered);
    if (answer !== undefined && !permitted.has(customerId)) refused.set(customerId, answer);
  }
  return { permitted, refused };
}

/**
 * Who is refused now and was permitted before: at the count this export follows, judged again as of its
 * instant, or, without one, by the stored code that chose them.
 */
export async function whoDroppedOut(
  transaction: Transaction,
  context: Context,
  plan: SelectionPlan,
  countedAt: number | undefined,
  people: readonly PersonRow[],
  refused: ReadonlyMap<string, SelectionAnswer>,
): Promise<Set<string>> {
  const left = people.filter((row) => refused.has(row.customerId));
  if (countedAt === undefined) {
    return new Set(left.filter((row) => answerOfRow(plan, row)?.allowed).map((row) => row.customerId));
  }
  // Whoever a code refused, and who was not judged again since, was refused at the count too.
  const unsure = left.filter((row) => row.changed !== false || refusedByWhatIsNew(plan, row));
  if (unsure.length === 0) return new Set();
  const policy = await policyAt(context, countedAt);
  const then: SelectionPlan = {
    ...plan,
    at: countedAt,
    seen: 'as_of',
    policy,
    settings: withoutQuietHours(policy.settings),
  };
  const answers = await judgePeople(
    transaction,
    context,
    then,
    unsure.map((row) => row.customerId),
  );
  return new Set([...answers].filter(([, answer]) => answer.allowed).map(([customerId]) => customerId));
}

/** Refused although the code allows, or where no code answers: by the cap, or by what no code knows. */
function refusedByWhatIsNew(plan: SelectionPlan, row: PersonRow): boolean {
  const answer = answerOfRow(plan, row);
  return answer === undefined || answer.allowed || answer.reasons.includes('FREQUENCY_CAP');
}
