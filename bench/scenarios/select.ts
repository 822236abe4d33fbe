import { standingAnswer } from '../../src/domain/standing.ts';
import type { SelectionCount } from '../../src/features/mailshots/contract.ts';
import { selectionSchema } from '../../src/features/mailshots/contract.ts';
import { countSelection, listSelection } from '../../src/features/mailshots/service.ts';
import type { BenchDealer } from '../dealer.ts';
import type { Contender } from '../measure.ts';
import { measure, median } from '../measure.ts';
import type { Limit, Scenario, ScenarioOptions, ScenarioReport } from '../scenario.ts';
import { compare } from '../scenario.ts';
import { firstPermitted, packTables } from '../select-limit.ts';
import type { SelectQuestion } from '../select-questions.ts';
import { questionsOf } from '../select-questions.ts';

/**
 * Whom a mailshot may go to: how many may be written to and how many are left out for each reason, and the
 * first of them with their names. The limit: hand-written SQL over hand-packed tables in the same database.
 */
export const selectScenario: Scenario = { name: 'select', run };

const target = 1 / 1.5;
const screenMilliseconds = 500;
const statedFor = 1_000_000;
const pageSize = 500;
const ids = `first ${pageSize} people, whole base`;

async function run({ customers, rounds, dealer: open }: ScenarioOptions): Promise<ScenarioReport> {
  const dealer = await open();
  const { context, owner, http } = dealer;
  const packed = await packTables(owner);
  const questions = await questionsOf(dealer);
  for (const question of questions) await requireEqual(dealer, question);
  await requireSameIds(dealer);
  const contenders = [
    ...questions.flatMap(({ name, selection, limit }): Contender[] => [
      { name, run: async () => (await countSelection(context, selectionSchema.parse(selection))).matching },
      { name: limitOf(name), run: async () => sum(await limit(owner)) },
    ]),
    { name: ids, run: async () => (await permittedIds(dealer)).length },
    { name: limitOf(ids), run: async () => (await firstPermitted(owner, pageSize)).length },
  ];
  const measured = await measure(contenders, rounds);
  const compared = [...questions.map(({ name }) => name), ids];
  const screens: Limit[] = [];
  for (const { name, selection } of questions) {
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now();
      await http.post('/selections:count', selection);
      took.push(performance.now() - startedAt);
    }
    const milliseconds = median(took);
    const what = `${name}, over HTTP: ${Math.round(milliseconds)} ms (first target < ${screenMilliseconds} ms)`;
    screens.push({ what, met: milliseconds < screenMilliseconds, statedFor });
  }
  return {
    done: `${customers} customers, of whom the limit packed ${packed.people} with ${packed.vehicles} vehicles; a unit is a person counted or listed`,
    measured: [...measured.values()],
    comparisons: compared.map((name) => ({
      ...compare(measured, name, limitOf(name), target),
      statedFor,
    })),
    limits: screens,
  };
}

function limitOf(name: string): string {
  return `${name} (limit)`;
}

function sum(groups: ReadonlyMap<number, number>): number {
  return [...groups.values()].reduce((all, people) => all + people, 0);
}

/** Throws unless both give the same figure for every reason. */
async function requireEqual({ context, owner }: BenchDealer, question: SelectQuestion): Promise<void> {
  const counted = figuresOf(await countSelection(context, selectionSchema.parse(question.selection)));
  const expected = new Map<string, number>();
  for (const [code, people] of await question.limit(owner)) {
    const { allowed, reasons } = standingAnswer(code);
    const key = allowed ? permitted : reasons.join(' ');
    expected.set(key, (expected.get(key) ?? 0) + people);
  }
  const same = [...expected].every(([key, people]) => counted.get(key) === people);
  if (!same || expected.size !== counted.size) throw new Error(`"${question.name}" is counted differently.`);
}

const permitted = 'permitted';

function figuresOf(count: SelectionCount): Map<string, number> {
  const figures = new Map(count.leftOut.map(({ reasons, people }) => [reasons.join(' '), people]));
  if (count.permitted > 0) figures.set(permitted, count.permitted);
  return figures;
}

async function permittedIds({ context }: BenchDealer): Promise<string[]> {
  const selection = selectionSchema.parse({ channel: 'letter', category: 'general_marketing' });
  const actor = { kind: 'staff', id: 'benchmark' } as const;
  const page = await listSelection(context, selection, 'permitted', { actor, limit: pageSize });
  return page.people.map(({ customerId }) => customerId);
}

async function requireSameIds(dealer: BenchDealer): Promise<void> {
  const expected = await firstPermitted(dealer.owner, pageSize);
  if ((await permittedIds(dealer)).join() !== expected.join()) throw new Error('The first ids differ.');
}
