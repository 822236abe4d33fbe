import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { prepareDataFolder } from './data-folder.ts';
import type { DatabaseSettings } from './database.ts';
import type { Cluster } from './embedded-postgres-cluster.ts';
import { prepareCluster } from './embedded-postgres-cluster.ts';
import { ensureServing, stopServing } from './embedded-postgres-server.ts';
import type { Logger } from './logger.ts';
import { acquireProcessLock } from './process-lock.ts';

export interface EmbeddedPostgres {
  /** The login of the owner, with every right. */
  readonly settings: DatabaseSettings;
  /** Absolute. Where the database lies, which is not always inside the data folder. */
  readonly folder: string;
  /** Stops the database unless another process uses it. Close this process's own connections before. */
  stop(): Promise<void>;
  /** Goes without stopping the database, for a process that knows who comes next. */
  leave(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly logger: Logger;
  /** Where root keeps what another account must reach when the data folder is closed to it. */
  readonly systemFolder?: string;
  /** The npm package of PostgreSQL, when not the installed one. */
  readonly packageFolder?: string;
  /** Settings of the server beyond Navigator's own; they count for whoever starts it. */
  readonly serverSettings?: Readonly<Record<string, string>>;
  /** Further parameters of initdb. */
  readonly initialisation?: readonly string[];
}

const databaseName = 'navigator';
const presenceName = 'navigator presence';
const defaultSystemFolder = '/var/lib/navigator';
const settleMilliseconds = 2_000;
const retryMilliseconds = 50;
const reopenAttempts = 5;

/**
 * Serves the database of a data folder, or joins the process that already does. Whoever comes first starts
 * it; it outlives a killed process, and whoever goes last stops it. Starting and stopping happen under a lock
 * of the data folder, and every process keeps one session open to say that it is there, so nobody's database
 * is stopped under them. Throws StartError with a sentence for everything a person can put right.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await prepareDataFolder(options.dataFolder);
  const membership = new Membership(options);
  const settings = await membership.join();
  return {
    settings,
    folder: membership.folder,
    stop: () => membership.stop(),
    leave: () => membership.leave(),
  };
}

// why: the library has both, its types have neither.
type Presence = pg.Client & { ref(): void; unref(): void };

class Membership {
  readonly #options: EmbeddedPostgresOptions;
  #presence: Presence | undefined;
  #cluster: Cluster | undefined;
  #ending: Promise<void> | undefined;

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options;
  }

  get folder(): string {
    return this.#cluster?.folder ?? this.#options.dataFolder;
  }

  join(): Promise<DatabaseSettings> {
    return this.#locked(() => this.#connect());
  }

  async #connect(): Promise<DatabaseSettings> {
    const { dataFolder, systemFolder = defaultSystemFolder, packageFolder, initialisation } = this.#options;
    this.#cluster = await prepareCluster({
      dataFolder,
      systemFolder,
      ...(packageFolder === undefined ? {} : { packageFolder }),
      ...(initialisation === undefined ? {} : { initialisation }),
    });
    const served = await ensureServing(this.#cluster, this.#options.serverSettings ?? {});
    const settings = { ...served, database: databaseName };
    await createDatabase(served);
    this.#presence = await this.#bePresent(settings);
    return settings;
  }

  leave(): Promise<void> {
    this.#ending ??= this.#endPresence();
    return this.#ending;
  }

  stop(): Promise<void> {
    this.#ending ??= this.#locked(async () => {
      const presence = this.#presence;
      presence?.ref();
      const isLast = presence !== undefined && (await isAlone(presence));
      await this.#endPresence();
      if (!isLast || this.#cluster === undefined) return;
      if (!(await stopServing(this.#cluster))) {
        this.#options.logger.warn('The embedded database did not stop in time and was left running');
      }
    });
    return this.#ending;
  }

  async #endPresence(): Promise<void> {
    const presence = this.#presence;
    this.#presence = undefined;
    presence?.ref();
    await presence?.end().catch(() => undefined);
  }

  async #bePresent(settings: DatabaseSettings): Promise<Presence> {
    const client = new pg.Client({
      ...settings,
      application_name: presenceName,
      keepAlive: true,
    }) as Presence;
    client.on('error', (error) =>
      this.#options.logger.warn({ err: error }, 'The embedded database broke off'),
    );
    await client.connect();
    // why: a command that forgets to say goodbye shall still be able to end.
    client.unref();
    client.once('end', () => {
      if (this.#presence !== client || this.#ending !== undefined) return;
      this.#presence = undefined;
      void this.#rejoin();
    });
    return client;
  }

  // why: a database that was killed is started again while the application is up; its pool reconnects by itself.
  async #rejoin(): Promise<void> {
    for (let attempt = 1; attempt <= reopenAttempts && this.#ending === undefined; attempt += 1) {
      try {
        await this.#locked(async () => {
          if (this.#ending === undefined) await this.#connect();
        });
        this.#options.logger.info('The embedded database is running again');
        return;
      } catch (error) {
        this.#options.logger.error({ err: error }, 'The embedded database could not be started again');
        await pause(1_000 * attempt, undefined, { ref: false });
      }
    }
  }

  async #locked<Result>(work: () => Promise<Result>): Promise<Result> {
    const lock = await acquireProcessLock(path.join(this.#options.dataFolder, 'database.lock'));
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}

async function createDatabase(settings: DatabaseSettings): Promise<void> {
  const client = new pg.Client(settings);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

/**
 * Whether no other process uses the database. Another Navigator is known by its presence at once; any other
 * session gets a moment, because the server notices a little later that a connection was closed.
 */
async function isAlone(presence: Presence): Promise<boolean> {
  const giveUpAt = performance.now() + settleMilliseconds;
  for (;;) {
    const { rows } = await presence.query<{ sessions: number; present: number }>(
      `select count(*)::int4 as sessions, (count(*) filter (where application_name = $1))::int4 as present
       from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      [presenceName],
    );
    const others = rows[0];
    if (others?.sessions === 0) return true;
    if (others === undefined || others.present > 0 || performance.now() > giveUpAt) return false;
    await pause(retryMilliseconds);
  }
}
