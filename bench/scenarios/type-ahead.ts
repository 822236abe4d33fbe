import type { BenchDealer } from '../dealer.ts';
import { measure, median, percentile } from '../measure.ts';
import type { Scenario, ScenarioOptions, ScenarioReport } from '../scenario.ts';
import type { Keystroke } from '../type-ahead-keystrokes.ts';
import { keystrokesOf } from '../type-ahead-keystrokes.ts';

/**
 * Searching customers as one types: each key is one request over HTTP, one after another as from one screen.
 * The limit: for each key the one bare indexed statement, by somebody who knows what is being typed, without
 * names, postcodes or HTTP.
 */
export const typeAheadScenario: Scenario = { name: 'type-ahead', run };

const people = 100;
const p95Milliseconds = 50;
const ours = 'keys over HTTP';
const limit = 'bare indexed statement (limit)';

async function run({ customers, rounds, dealer: open }: ScenarioOptions): Promise<ScenarioReport> {
  const dealer = await open();
  const keystrokes = await keystrokesOf(dealer.owner, people);
  for (const keystroke of keystrokes) await requireFound(dealer, keystroke);
  const took: number[] = [];
  const bare: number[] = [];
  const measured = await measure(
    [
      { name: ours, run: () => typeAll(keystrokes, took, (key) => search(dealer, key)) },
      { name: limit, run: () => typeAll(keystrokes, bare, (key) => bareIds(dealer, key)) },
    ],
    rounds,
  );
  const [p95, bareP95] = [percentile(took, 0.95), percentile(bare, 0.95)];
  return {
    done: `${keystrokes.length} keys typed for ${people} of ${customers} customers`,
    measured: [...measured.values()],
    comparisons: [],
    limits: [
      {
        what: `p95 over HTTP ${p95.toFixed(1)} ms (first target < ${p95Milliseconds} ms)`,
        met: p95 < p95Milliseconds,
        statedFor: 1_000_000,
      },
    ],
    notes: [
      `median ${median(took).toFixed(1)} ms, slowest ${Math.max(...took).toFixed(1)} ms`,
      `p95 of the bare statement ${bareP95.toFixed(2)} ms: ours is ${(p95 / bareP95).toFixed(1)} times that`,
    ],
  };
}

async function typeAll(
  keystrokes: readonly Keystroke[],
  took: number[],
  ask: (keystroke: Keystroke) => Promise<readonly string[]>,
): Promise<number> {
  for (const keystroke of keystrokes) {
    const startedAt = performance.now();
    await ask(keystroke);
    took.push(performance.now() - startedAt);
  }
  return keystrokes.length;
}

async function search({ http }: BenchDealer, { text }: Keystroke): Promise<string[]> {
  const answer = (await http.post('/customers:search', { text, limit: 50 })) as {
    customers: { customerId: string }[];
  };
  return answer.customers.map(({ customerId }) => customerId);
}

async function bareIds(
  { owner }: BenchDealer,
  { limit: { statement, prefix } }: Keystroke,
): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(statement, [prefix]);
  return rows.map(({ id }) => id);
}

/** Where the bare statement finds no more people than one answer shows, each of them must be in ours. */
async function requireFound(dealer: BenchDealer, keystroke: Keystroke): Promise<void> {
  const found = new Set(await search(dealer, keystroke));
  const expected = await bareIds(dealer, keystroke);
  if (found.size === 0) throw new Error('A key found nobody.');
  if (found.size < 50 && expected.some((id) => !found.has(id))) throw new Error('A key found not everybody.');
}
