import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { spread } from './measure.ts';
import type { Scenario, ScenarioReport } from './scenario.ts';
import { decideScenario } from './scenarios/decide.ts';

const scenarios: readonly Scenario[] = [decideScenario];

const usage = `npm run bench [-- NAME …] [--customers N] [--rounds N]
NAME is one of ${scenarios.map(({ name }) => name).join(', ')}; without it all of them run.
Ratios are medians of interleaved rounds of one run on this machine; a first target that is missed is exit code 1.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
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
  if (
    unknown ||
    !Number.isInteger(customers) ||
    customers < 1000 ||
    !Number.isInteger(rounds) ||
    rounds < 5
  ) {
    console.error(`${usage}\nGive at least 1000 customers and 5 rounds.`);
    return 2;
  }
  console.log(
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${gigabytes()} GB, Node ${process.version}`,
  );
  let met = true;
  for (const scenario of chosen) {
    const folder = await mkdtemp(path.join(tmpdir(), 'navigator-bench-'));
    try {
      const report = await scenario.run({ customers, rounds, folder });
      met = print(scenario.name, report, rounds) && met;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return met ? 0 : 1;
}

function gigabytes(): string {
  return (totalmem() / 2 ** 30).toFixed(0);
}

/** Prints what was measured; whether every first target was met. */
function print(name: string, report: ScenarioReport, rounds: number): boolean {
  console.log(`\n${name}: ${report.done}; medians of ${rounds} interleaved rounds`);
  for (const one of report.measured) {
    const rate = Math.round(one.median).toLocaleString('en-GB');
    const wide = Math.round(100 * spread(one));
    console.log(`  ${one.name.padEnd(36)} ${rate.padStart(14)} /s ± ${wide} %  (${one.units} a round)`);
  }
  for (const { ours, against, ratio, target, met } of report.comparisons) {
    const outcome = met ? 'met' : 'MISSED';
    console.log(`  ${ours} : ${against} = ${ratio.toPrecision(3)} (first target ${target}: ${outcome})`);
  }
  const limits = report.limits ?? [];
  for (const { what, met } of limits) console.log(`  ${what}: ${met ? 'met' : 'MISSED'}`);
  return [...report.comparisons, ...limits].every(({ met }) => met);
}
