import type { Command } from 'commander';
import type { Format } from './output.ts';
import { answer, example, withFormat } from './output.ts';
import { withNavigator } from './session.ts';

/** `migrate`: brings the database up to date, which every start does as well. */
export function addMigrateCommand(program: Command): void {
  example(
    withFormat(
      program
        .command('migrate')
        .description('Bring the database up to date; every other command does this first, too'),
    ),
    'DATABASE_URL=postgresql://navigator@db.example.com/navigator npm run -s navigator -- migrate',
  ).action(async (options: { format: Format }) => {
    await withNavigator(async ({ applied }) => {
      answer(options.format, { applied }, () =>
        applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`,
      );
    });
  });
}
