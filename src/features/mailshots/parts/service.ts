import type { SelectionAnswer } from '../../../domain/selection-answer.ts';
import { allowedCodes, codesOfReasons } from '../../../domain/selection-answer.ts';
import type { Context } from '../../../platform/context.ts';
import type { SelectionPlan } from '../answers/service.ts';
import { answerOfRow, judgePeople } from '../answers/service.ts';
import type { SelectionPart } from '../contract.ts';
import type { NameRow, PersonRow } from '../store.ts';
import { findPeople } from '../store.ts';
import { findNamedPeople } from './store.ts';

/** The people behind one figure of a count, in the order of their ids. */
type Reader = Context['database']['db'];

const judgedAtOnce = 1_000;

export type FoundPerson = readonly [NameRow, SelectionAnswer];

/** The first of a part with their names in one look; null where somebody must be judged again or from the facts. */
export async function findStoredPart(
  context: Context,
  plan: SelectionPlan,
  part: SelectionPart,
  after: string | null,
  wanted: number,
): Promise<FoundPerson[] | null> {
  const codes = part === 'permitted' ? allowedCodes : codesOfReasons(part.leftOutFor);
  if (plan.question === null || codes === null) return null;
  const found: FoundPerson[] = [];
  for (const row of await findNamedPeople(context.database.db, plan.query, codes, after, wanted)) {
    const answer = answerOfRow(plan, row);
    if (answer === undefined || !isOfPart(answer, part)) return null;
    found.push([row, answer]);
  }
  return found;
}

/** The next people of a part, those without a stored answer that holds judged from their facts. */
export async function findPart(
  db: Reader,
  context: Context,
  plan: SelectionPlan,
  part: SelectionPart,
  from: string | null,
  wanted: number,
): Promise<[string, SelectionAnswer][]> {
  const codes = part === 'permitted' ? allowedCodes : codesOfReasons(part.leftOutFor);
  const found: [string, SelectionAnswer][] = [];
  let after = from;
  for (;;) {
    const asked = Math.min(judgedAtOnce, wanted - found.length);
    const rows: PersonRow[] = await findPeople(db, plan.query, codes, after, asked);
    const unanswered = rows.filter((row) => answerOfRow(plan, row) === undefined);
    const judged = await judgePeople(
      db,
      context,
      plan,
      unanswered.map((row) => row.customerId),
    );
    for (const row of rows) {
      const answer = answerOfRow(plan, row) ?? judged.get(row.customerId);
      if (answer !== undefined && isOfPart(answer, part)) found.push([row.customerId, answer]);
      if (found.length === wanted) return found;
    }
    if (rows.length < asked) return found;
    after = rows.at(-1)?.customerId ?? null;
  }
}

function isOfPart(answer: SelectionAnswer, part: SelectionPart): boolean {
  if (part === 'permitted') return answer.allowed;
  const { leftOutFor } = part;
  return (
    !answer.allowed &&
    answer.reasons.length === leftOutFor.length &&
    answer.reasons.every((reason, index) => reason === leftOutFor[index])
  );
}
