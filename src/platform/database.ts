import type { RawBuilder, Transaction } from 'kysely';
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { committed } from './after-commit.ts';
import type { Announcements } from './announcements.ts';
import { DatabaseAnnouncements } from './announcements.ts';
import { InvalidError } from './application-error.ts';
import { getTypeParser } from './database-values.ts';
import type { Logger } from './logger.ts';
import { StartError } from './start-error.ts';
import type { Tables } from './tables.ts';

/** Where a database is: an address, or the parts of one. */
export type DatabaseSettings =
  | { readonly connectionString: string }
  | {
      /** A host name, or the folder of a Unix socket. */
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export interface Database {
  readonly db: Kysely<Tables>;
  readonly pool: pg.Pool;
  /** Word of changes, from and to every process that uses this database. */
  readonly announcements: Announcements;
  /** Breaks every connection off: what is under way fails and is taken back, and nothing new begins. */
  abort(): void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `application` works with the rights of role navigator_app; `owner` with those of the login itself. */
  readonly role: 'application' | 'owner';
  readonly logger: Logger;
  readonly maximumConnections?: number;
  /** How long somebody who waits for an answer is kept waiting; without it, as long as it takes. */
  readonly patience?: Patience;
}

export interface Patience {
  /** For one statement, the locks it waits for included; after it the statement is taken back. */
  readonly statementMilliseconds: number;
  /** For a transaction in which nothing is asked; after it the connection is broken off. */
  readonly idleMilliseconds: number;
}

/** Of requests over HTTP. A count of millions takes seconds; an upload may stall for less than the second. */
export const requestPatience: Patience = { statementMilliseconds: 30_000, idleMilliseconds: 120_000 };

export const applicationRole = 'navigator_app';
const oldestServer = 15;
const earliestInstant = Date.parse('0001-01-01T00:00:00Z');
const latestInstant = Date.parse('9999-12-31T23:59:59.999Z');
const connectionTimeoutMilliseconds = 10_000;

/** Opens a pool; connections are made when they are needed. */
export function openDatabase(settings: DatabaseSettings, options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...clientConfig(settings, options.role, options.patience),
    max: options.maximumConnections ?? 10,
    connectionTimeoutMillis: connectionTimeoutMilliseconds,
  });
  // why: an idle connection that the server closes must not bring the process down; the pool makes a new one.
  pool.on('error', (error) => options.logger.warn({ err: error }, 'An idle database connection was lost'));
  const clients = new Set<pg.PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  const announcements = new DatabaseAnnouncements(pool, clientConfig(settings, options.role), options.logger);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= announcements.close().then(() => pool.end());
    return closing;
  };
  return {
    db,
    pool,
    announcements,
    abort: () => {
      announcements.abort();
      void close();
      // A client with a statement under way is cut off; the pool's own end waits for it.
      for (const client of clients) void (client as pg.Client).end();
    },
    close,
  };
}

/** A part of a statement, handed from the store that knows the table to the one that runs the statement. */
export type StatementPart = RawBuilder<unknown>;

/**
 * Runs `work` in one transaction: its result when it returns, nothing done when it throws. Inside another
 * transaction it is a part of that one, and nothing of the part is done when it throws.
 */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  if (!db.isTransaction) {
    const { result, transaction } = await db
      .transaction()
      .execute(async (opened) => ({ result: await work(opened), transaction: opened }));
    committed(transaction);
    return result;
  }
  await sql`savepoint part`.execute(db);
  try {
    const result = await work(db as Transaction<Tables>);
    await sql`release savepoint part`.execute(db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint part`.execute(db);
    throw error;
  }
}

/** Whether the database answers a question. */
export async function answers(database: Database): Promise<boolean> {
  try {
    await sql`select`.execute(database.db);
    return true;
  } catch {
    return false;
  }
}

/** Reads in one snapshot: everything in it is as of the same instant, and nothing can be written. */
export function inSnapshot<Result>(
  db: Kysely<Tables>,
  work: (snapshot: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

/**
 * An instant, in milliseconds since 1970, as PostgreSQL takes it in a parameter; the reverse of reading one.
 * Throws InvalidError for one that is written with another number of digits, and read by nobody.
 */
export function toTimestamp(epochMilliseconds: number): string {
  if (epochMilliseconds < earliestInstant || epochMilliseconds > latestInstant) {
    throw new InvalidError('An instant lies in the years 1 to 9999: give another one.');
  }
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toString();
}

/**
 * Makes one connection to see that the database answers, is PostgreSQL 15 or later and keeps text as UTF-8.
 * Throws StartError with a sentence that carries neither the password nor the user.
 */
export async function assertUsable(settings: DatabaseSettings): Promise<void> {
  const client = new pg.Client({
    ...clientConfig(settings, 'owner'),
    connectionTimeoutMillis: connectionTimeoutMilliseconds,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      "select current_setting('server_version_num')::int4 as version, current_setting('server_encoding') as encoding",
    );
    const row = rows[0];
    const version = Math.floor((row?.version ?? 0) / 10_000);
    if (version < oldestServer) {
      throw new StartError(
        `The database server is PostgreSQL ${version}: Navigator needs PostgreSQL 15 or later.`,
      );
    }
    if (row?.encoding !== 'UTF8') {
      throw new StartError(`The database keeps text as ${row?.encoding}: create one with encoding UTF8.`);
    }
  } catch (error) {
    throw error instanceof StartError ? error : unreachable(settings, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The settings of one connection; COPY and session locks use a client of their own with these. */
export function clientConfig(
  settings: DatabaseSettings,
  role: DatabaseOptions['role'],
  patience?: Patience,
): pg.ClientConfig {
  const wanted = [
    '-c TimeZone=UTC',
    '-c DateStyle=ISO',
    ...(role === 'application' ? [`-c role=${applicationRole}`] : []),
    ...(patience === undefined
      ? []
      : [
          `-c statement_timeout=${patience.statementMilliseconds}`,
          `-c idle_in_transaction_session_timeout=${patience.idleMilliseconds}`,
        ]),
  ].join(' ');
  const common = { application_name: 'navigator', types: { getTypeParser } };
  if (!('connectionString' in settings)) return { ...settings, ...common, options: wanted };
  const { address, options } = withoutOptions(settings.connectionString);
  return { connectionString: address, ...common, options: [options, wanted].filter(Boolean).join(' ') };
}

// why: what an address carries in its query wins over what is passed beside it, so `options` there would
// silently take away the application's role and the time zone.
function withoutOptions(connectionString: string): { address: string; options: string } {
  const [base = '', query = ''] = connectionString.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  if (!parameters.has('options') && !parameters.has('application_name')) {
    return { address: connectionString, options: '' };
  }
  const options = parameters.get('options') ?? '';
  parameters.delete('options');
  parameters.delete('application_name');
  return { address: parameters.size === 0 ? base : `${base}?${parameters}`, options };
}

function unreachable(settings: DatabaseSettings, error: unknown): StartError {
  const code = (error as { code?: string } | null)?.code ?? '';
  const place = 'connectionString' in settings ? placeOf(settings.connectionString) : settings.host;
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'its host name cannot be looked up',
    ENOENT: 'there is no such socket',
    EACCES: 'this user may not use its socket',
    ETIMEDOUT: 'it does not answer',
    ECONNRESET: 'it broke the connection',
    '28P01': 'it refused the password',
    '28000': 'it refused the user',
    '3D000': 'there is no such database',
    '53300': 'it has no connection left',
    '57P03': 'it is starting up or shutting down',
  };
  const reason =
    reasons[code] ?? (/timeout/i.test(String(error)) ? 'it does not answer' : 'it refused the connection');
  return new StartError(
    `The database at ${place} cannot be used: ${reason}. Check DATABASE_URL and that the server is running.`,
  );
}

function placeOf(connectionString: string): string {
  const url = URL.parse(connectionString);
  if (url === null) return 'DATABASE_URL';
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  return `${decodeURIComponent(host)}${url.port ? `:${url.port}` : ''}${url.pathname}`;
}
