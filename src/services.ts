import type { Config } from './config.ts';
import { ensureOrganisation } from './features/branches/service.ts';
import { ensurePolicy } from './features/settings/service.ts';
import { ensureTemplates } from './features/templates/defaults/service.ts';
import type { Clock } from './platform/clock.ts';
import { systemClock } from './platform/clock.ts';
import type { Context } from './platform/context.ts';
import { keysFrom } from './platform/context.ts';
import type { DatabaseSettings, Patience } from './platform/database.ts';
import { openDatabase } from './platform/database.ts';
import { openDatabaseServer } from './platform/database-server.ts';
import type { Logger } from './platform/logger.ts';
import { migrate } from './platform/migrator.ts';
import { checkSecret, readSecret } from './platform/secret.ts';

/** Navigator on its database, without anything that listens: what the server and every command work with. */
export interface Navigator {
  readonly context: Context;
  /** The login of the database's owner, for what needs a database of its own. */
  readonly settings: DatabaseSettings;
  /** Where the embedded database lies; null for an external one. */
  readonly databaseFolder: string | null;
  /** The migrations that opening applied. */
  readonly applied: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the database (the embedded one, or DATABASE_URL), brings it up to date and makes what a fresh one
 * needs. Throws StartError with a sentence for whatever a person can put right.
 */
export async function openNavigator(
  config: Config,
  logger: Logger,
  /** For a server that answers requests; a command takes as long as it takes. */
  patience?: Patience,
): Promise<Navigator> {
  const server = await openDatabaseServer({
    dataFolder: config.dataFolder,
    logger,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
  });
  try {
    const secret = await readSecret(config.dataFolder, config.secret);
    const opened = await openContext(server.settings, {
      secret,
      logger,
      clock: systemClock,
      ...(patience === undefined ? {} : { patience }),
    });
    return {
      context: opened.context,
      settings: server.settings,
      databaseFolder: server.folder ?? null,
      applied: opened.applied,
      close: async () => {
        await opened.context.database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A context on a database that is already served; brings it up to date first. */
export async function openContext(
  settings: DatabaseSettings,
  options: {
    readonly secret: Buffer;
    readonly logger: Logger;
    readonly clock: Clock;
    readonly patience?: Patience;
  },
): Promise<{ context: Context; applied: readonly string[] }> {
  const { secret, logger, clock, patience } = options;
  const owner = openDatabase(settings, { role: 'owner', logger, maximumConnections: 1 });
  let applied: readonly string[];
  try {
    applied = (await migrate(owner.db)).applied;
    await checkSecret(owner.db, secret);
  } finally {
    await owner.close();
  }
  const database = openDatabase(settings, {
    role: 'application',
    logger,
    ...(patience === undefined ? {} : { patience }),
  });
  const context: Context = { database, clock, logger, keys: keysFrom(secret) };
  try {
    await ensureOrganisation(context);
    await ensurePolicy(context);
    await ensureTemplates(context);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { context, applied };
}
