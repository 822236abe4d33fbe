import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { ConflictError } from './application-error.ts';
import type { ReadyRows } from './copying.ts';
import { copyReady, readyRows } from './copying.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** One connection, for statements and for COPY, so that both can be part of one transaction. */
export interface BulkConnection {
  readonly db: Kysely<Tables>;
  /** Writes lines made by `copyLine` into a table; `target` is its name with its columns. */
  copy(target: string, lines: readonly string[]): Promise<void>;
  /** Writes rows that were made ready before, table by table in their order. */
  copyReady(rows: readonly ReadyRows[]): Promise<void>;
}

/**
 * Runs `work` on a connection of its own.
 *
 * A table that has just been filled has no statistics yet, and the planner then reads it whole for each
 * batch. Here it always goes by the indexes, which is right for batches of any table.
 */
export async function withBulkConnection<Result>(
  database: Database,
  work: (connection: BulkConnection) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  // why: a connection that breaks between two statements must fail the next one, not end the process.
  const noteFailure = (error: Error): void => {
    failure = error;
  };
  client.on('error', noteFailure);
  const pool = {
    connect: async () => ({
      query: client.query.bind(client),
      release: () => undefined,
    }),
    end: async () => undefined,
  };
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  try {
    await client.query('set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off');
    // why: nobody waits for bulk work, and a batch of it may take longer than anybody would.
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    return await work({
      db,
      copy: (target, lines) => copyReady(client, [readyRows(target, lines)]),
      copyReady: (rows) => copyReady(client, rows),
    });
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.removeListener('error', noteFailure);
    // why: the settings above, a lock or half a transaction must never reach whoever has the connection next.
    client.release(failure ?? true);
  }
}

/**
 * One import, reversal or reset at a time, until the connection ends: whoever is killed lets go with it.
 * Throws ConflictError when another one is still at work after some seconds.
 */
export async function lockBulkWork({ db }: BulkConnection): Promise<void> {
  try {
    await sql`set lock_timeout = '10s'`.execute(db);
    await sql`select pg_advisory_lock(hashtext('navigator bulk work'))`.execute(db);
    await sql`set lock_timeout = 0`.execute(db);
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new ConflictError(
      'Another import, reversal or reset is at work on this database: wait until it is done, then try again.',
      { code: 'bulk-work-running', cause: error },
    );
  }
}

/** Says until this connection ends that `work`, such as an import, is being done: whoever is killed stops saying so. */
export async function sayAtWork({ db }: BulkConnection, work: string): Promise<void> {
  await sql`select pg_advisory_lock(hashtextextended(${work}, 0))`.execute(db);
}

/** Which of these works a living process is at. */
export async function findAtWork(db: Kysely<Tables>, works: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ work: string }>`
    select work from unnest(${works}::text[]) as asked (work)
    where exists (
      select from pg_locks
      where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = hashtextextended(work, 0)
    )`.execute(db);
  return new Set(rows.map(({ work }) => work));
}
