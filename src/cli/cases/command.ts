import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { Option } from 'commander';
import { manualClock } from '../../platform/clock.ts';
import { withScratchDatabase } from '../../platform/scratch-database.ts';
import { openContext } from '../../services.ts';
import { CommandFailed, example } from '../output.ts';
import { abortWith, withNavigator } from '../session.ts';
import type { Case, CaseOutcome, CaseRoute } from './case-format.ts';
import { caseRoutes } from './case-format.ts';
import { checkByEngine, checkOnDatabase, readCases } from './check-cases.ts';

/** `check-cases`: the rules as examples, run through the production code. */
export function addCaseCommand(program: Command): void {
  example(
    program
      .command('check-cases <file>')
      .description('Run a file of cases and print each that differs from what it expects')
      .addOption(
        new Option('--via <route>', 'the way the question takes').choices([...caseRoutes]).default('engine'),
      )
      .addHelpText(
        'after',
        `
Ways:
  engine     the facts of a case go straight into the decision engine
  database   a case is written into a scratch database by the product's own services, read back as facts
             and decided by the gate that sending uses
  selection  the same scratch database, everybody of the file at once, decided by the bulk path of mailshots.
             The stored answers hold stages S1 to S7; the rules about one message (contact hours, frequency
             and content, S8 and S9) are applied when the list is decided again at hand-over.`,
      ),
    'npm run -s navigator -- check-cases test/fixtures/cases/cases.yaml --via database',
  ).action(async (file: string, options: { via: CaseRoute }) => {
    const { cases, unreadable } = await readCases(file);
    const outcomes = [...unreadable, ...(await run(cases, options.via))];
    const failed = outcomes.filter((outcome) => !outcome.passed);
    for (const outcome of failed) {
      process.stdout.write(`${outcome.id}: expected ${outcome.expected}; got ${outcome.got}\n`);
    }
    process.stdout.write(`${outcomes.length - failed.length} passed, ${failed.length} failed\n`);
    if (failed.length > 0) throw new CommandFailed();
  });
}

/** Cases that need a database get one of their own, which is dropped afterwards: nothing of the dealer's is touched. */
async function run(cases: readonly Case[], via: CaseRoute): Promise<readonly CaseOutcome[]> {
  if (via === 'engine') return checkByEngine(cases);
  return withNavigator(({ settings, context: { logger } }, interruption) =>
    withScratchDatabase(settings, async (scratch) => {
      const clock = manualClock('2018-05-01T09:00:00Z');
      const { context } = await openContext(scratch, { secret: randomBytes(32), logger, clock });
      abortWith(interruption, context);
      try {
        interruption.throwIfAborted();
        return (await checkOnDatabase({ ...context, clock }, cases, [via]))[via];
      } finally {
        await context.database.close();
      }
    }),
  );
}
