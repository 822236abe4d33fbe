import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SharedDealer } from './dealer.ts';
import { spread } from './measure.ts';
import type { Scenario, ScenarioReport } from './scenario.ts';
import { decideScenario } from './scenarios/decide.ts';
import { importScenario } from './scenarios/import.ts';
import { selectScenario } from './scenarios/select.ts';
import { selectColdScenario } from './scenarios/select-cold.ts';
import { typeAheadScenario } from './scenarios/type-ahead.ts';

const scenarios: readonly Scenario[] = [
  decideScenario,
  selectScenario,
  selectColdScenario,
  importScenario,
  typeAheadScenario,
];

const usage = `npm run bench [-- NAME …] [--customers N] [--rounds N] [--data FOLDER]
NAME is one of ${scenarios.map(({ name }) => name).join(', ')}; without it all of them run.
--data keeps the database of made-up customers in this folder, and uses it again the next time.
Ratios are medians of interleaved rounds of one run on this machine; a first target that is missed at the size
it is stated for is exit code 1.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string', default: '30000' },
    rounds: { type: 'string', default: '5' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const customers = Number(values.customers);
  const rounds = Number(values.rounds);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const unknown = positionals.some((name) => !scenarios.some((scenario) => scenario.name === name));
  const countable = Number.isInteger(customers) && Number.isInteger(rounds);
  if (unknown || !countable || customers < 1000 || rounds < 5) {
    console.error(`${usage}\nGive at least 1000 customers and 5 rounds.`);
    return 2;
  }
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${gigabytes()} GB, Node ${process.version}`,
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-bench-'));
  const dealer = new SharedDealer(customers, values.data ?? path.join(folder, 'dealer'));
  try {
    let met = true;
    for (const { name, run } of chosen) {
      const own = path.join(folder, name);
      const report = await run({ customers, rounds, folder: own, dealer: () => dealer.open() });
      met = print(name, report, { customers, rounds }) && met;
      await rm(own, { recursive: true, force: true });
    }
    return met ? 0 : 1;
  } finally {
    await dealer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function gigabytes(): string {
  return (totalmem() / 2 ** 30).toFixed(0);
}

/** Prints what was measured; whether every first target stated for no more customers than these was met. */
function print(
  name: string,
  report: ScenarioReport,
  asked: { readonly customers: number; readonly rounds: number },
): boolean {
  const rounds = report.rounds ?? asked.rounds;
  console.log(`\n${name}: ${report.done}; medians of ${rounds} interleaved round${rounds === 1 ? '' : 's'}`);
  for (const one of report.measured) {
    const rate =
      one.median >= 100 ? Math.round(one.median).toLocaleString('en-GB') : one.median.toPrecision(3);
    const wide = Math.round(100 * spread(one));
    console.log(`  ${one.name.padEnd(44)} ${rate.padStart(14)} /s ± ${wide} %  (${one.units} a round)`);
  }
  for (const { ours, against, ratio, target, ...outcome } of report.comparisons) {
    const figure = `${ours} : ${against} = ${ratio.toPrecision(3)} (first target ${target.toPrecision(3)})`;
    console.log(`  ${figure}: ${inWords(outcome)}`);
  }
  const limits = report.limits ?? [];
  for (const { what, ...outcome } of limits) console.log(`  ${what}: ${inWords(outcome)}`);
  for (const note of report.notes ?? []) console.log(`  ${note}`);
  return [...report.comparisons, ...limits].every(
    ({ met, statedFor }) => met || (statedFor ?? 0) > asked.customers,
  );
}

function inWords({ met, statedFor }: { readonly met: boolean; readonly statedFor?: number }): string {
  const size = statedFor === undefined ? '' : `, stated for ${statedFor.toLocaleString('en-GB')} customers`;
  return `${met ? 'met' : 'MISSED'}${size}`;
}
