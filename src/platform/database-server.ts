import type { DatabaseSettings } from './database.ts';
import { assertUsable } from './database.ts';
import { openEmbeddedPostgres } from './embedded-postgres.ts';
import type { Logger } from './logger.ts';

export interface DatabaseServer {
  /** The login of the owner: give it to `openDatabase` with the role that fits. */
  readonly settings: DatabaseSettings;
  /** Absolute. Where the embedded database lies; undefined for an external one. */
  readonly folder?: string;
  /** To be called last, when every pool is closed. */
  stop(): Promise<void>;
}

/**
 * The database this installation works on: the external one when an address is given, otherwise the embedded
 * one of the data folder. Throws StartError when it cannot be used.
 */
export async function openDatabaseServer(options: {
  readonly databaseUrl?: string;
  readonly dataFolder: string;
  readonly logger: Logger;
}): Promise<DatabaseServer> {
  const { databaseUrl, dataFolder, logger } = options;
  if (databaseUrl === undefined) return openEmbeddedPostgres({ dataFolder, logger });
  const settings = { connectionString: databaseUrl };
  await assertUsable(settings);
  return { settings, stop: async () => undefined };
}
