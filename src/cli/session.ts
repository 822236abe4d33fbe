import { readConfig } from '../config.ts';
import type { Actor, Context } from '../platform/context.ts';
import { createLogger } from '../platform/logger.ts';
import type { Navigator } from '../services.ts';
import { openNavigator } from '../services.ts';

/** What a command says for the ledger and the access log: it was done at the command line. */
export const commandLine: Actor = { kind: 'staff', id: 'command line' };

/** Opens Navigator for one command and closes it again, whatever happens. */
export async function withNavigator<Result>(
  work: (navigator: Navigator) => Promise<Result>,
): Promise<Result> {
  const config = readConfig();
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
