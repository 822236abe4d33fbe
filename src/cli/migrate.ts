import path from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
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
    const { dataFolder } = readConfig();
    await withNavigator(async ({ applied, databaseFolder }) => {
      answer(options.format, { applied, dataFolder, databaseFolder }, () =>
        [
          applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`,
          whereItLies(dataFolder, databaseFolder),
        ].join('\n'),
      );
    });
  });
}

/** What has to be backed up, in one line. */
export function whereItLies(dataFolder: string, databaseFolder: string | null): string {
  if (databaseFolder === null)
    return `The database is that of DATABASE_URL; the data folder is ${dataFolder}.`;
  const isInside = !path.relative(dataFolder, databaseFolder).startsWith('..');
  return isInside
    ? `The database lies in the data folder, ${dataFolder}.`
    : `The database lies in ${databaseFolder}, outside the data folder ${dataFolder}: back up both.`;
}
