import { namedData, readConfig } from '../config.ts';
import type { Actor, Context } from '../platform/context.ts';
import { createLogger } from '../platform/logger.ts';
import type { Navigator } from '../services.ts';
import { openNavigator } from '../services.ts';
import { tell } from './output.ts';

/** What a command says for the ledger and the access log: it was done at the command line. */
export const commandLine: Actor = { kind: 'staff', id: 'command line' };

/**
 * Opens Navigator for one command and closes it again, whatever happens. Says which data it works on when that is
 * not the usual folder, since another terminal may have another one set.
 */
export async function withNavigator<Result>(
  work: (navigator: Navigator) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const named = namedData(config);
  if (named !== null) tell(`Working on ${named}.`);
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const navigator = await openNavigator(config, logger);
  try {
    return await work(navigator);
  } finally {
    await navigator.close();
  }
}

export async function withContext<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
  return withNavigator((navigator) => work(navigator.context));
}
