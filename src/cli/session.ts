import { namedData, readConfig } from '../config.ts';
import type { Actor, Context } from '../platform/context.ts';
import { createLogger } from '../platform/logger.ts';
import type { Navigator } from '../services.ts';
import { openNavigator } from '../services.ts';
import { interruptible } from './interruption.ts';
import { tell } from './output.ts';

/** What a command says for the ledger and the access log: it was done at the command line. */
export const commandLine: Actor = { kind: 'staff', id: 'command line' };

/**
 * Opens Navigator for one command and closes it again, whatever happens. At Ctrl-C the database breaks off and takes
 * back what is under way, and what this command started is stopped. Says which data it works on when that is
 * not the usual folder, since another terminal may have another one set.
 */
export async function withNavigator<Result>(
  work: (navigator: Navigator, interruption: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
  const named = namedData(config);
  if (named !== null) tell(`Working on ${named}.`);
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel });
  return interruptible(async (interruption) => {
    const navigator = await openNavigator(config, logger);
    abortWith(interruption, navigator.context);
    try {
      interruption.throwIfAborted();
      return await work(navigator, interruption);
    } finally {
      await navigator.close();
    }
  });
}

/** At an interruption, nothing more is asked of the database of this context. */
export function abortWith(interruption: AbortSignal, { database }: Context): void {
  interruption.addEventListener('abort', () => database.abort(), { once: true });
}

export async function withContext<Result>(
  work: (context: Context, interruption: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return withNavigator((navigator, interruption) => work(navigator.context, interruption));
}
