import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { DatabaseSettings } from '../../src/platform/database.ts';
import { clientConfig, openDatabase } from '../../src/platform/database.ts';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { migrate, migrationsFolder } from '../../src/platform/migrator.ts';

/** The server that all test files share: that of TEST_DATABASE_URL, or an embedded one in a temporary folder. */
export interface TestServer {
  /** The same login, in another database of the server. */
  settingsOf(database: string): DatabaseSettings;
  /** The name of a database that has every migration and nothing else, to be cloned. */
  readonly template: string;
  /** Runs one statement with every right, outside any test's database. */
  administer(statement: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openTestServer(folder: string): Promise<TestServer> {
  const embedded = process.env['TEST_DATABASE_URL'] ? undefined : await openEmbedded(folder);
  const settings = embedded?.settings ?? { connectionString: process.env['TEST_DATABASE_URL'] ?? '' };
  const settingsOf = (database: string): DatabaseSettings => withDatabase(settings, database);
  const administrator = new pg.Client(clientConfig(settings, 'owner'));
  try {
    await administrator.connect();
    const template = await prepareTemplate(administrator, settingsOf);
    return {
      settingsOf,
      template,
      administer: async (statement) => (await administrator.query<Record<string, unknown>>(statement)).rows,
      close: async () => {
        await administrator.end();
        await embedded?.leave();
      },
    };
  } catch (error) {
    await administrator.end();
    await embedded?.leave();
    throw error;
  }
}

/** Stops the embedded server when a test file started it. */
export async function stopTestServer(folder: string): Promise<void> {
  if (existsSync(folder)) await (await openEmbedded(folder)).stop();
}

// why: test data need not survive a power cut, and waiting for the disk is most of what small tests do.
function openEmbedded(folder: string): Promise<EmbeddedPostgres> {
  return openEmbeddedPostgres({
    dataFolder: folder,
    logger: silentLogger(),
    initialisation: ['--no-sync'],
    serverSettings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      shared_buffers: '128MB',
    },
  });
}

function withDatabase(settings: DatabaseSettings, database: string): DatabaseSettings {
  if (!('connectionString' in settings)) return { ...settings, database };
  const url = new URL(settings.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

// why: under a lock and renamed when it is complete, so that files that start together share one good template.
async function prepareTemplate(
  administrator: pg.Client,
  settingsOf: (database: string) => DatabaseSettings,
): Promise<string> {
  const template = `navigator_template_${await migrationsHash()}`;
  const lock = "hashtext('navigator test template')";
  await administrator.query(`select pg_advisory_lock(${lock})`);
  try {
    const { rowCount } = await administrator.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 1) return template;
    const draft = `${template}_draft`;
    await administrator.query(`drop database if exists ${draft} with (force)`);
    await administrator.query(`create database ${draft}`);
    const owner = openDatabase(settingsOf(draft), { role: 'owner', logger: silentLogger() });
    try {
      await migrate(owner.db);
    } finally {
      await owner.close();
    }
    await untilUnused(administrator, draft);
    await administrator.query(`alter database ${draft} rename to ${template}`);
    return template;
  } finally {
    await administrator.query(`select pg_advisory_unlock(${lock})`);
  }
}

/** Waits until the server has noticed that every connection to a database is closed; false after two seconds. */
export async function untilUnused(
  administrator: { query(statement: string): Promise<{ rows: unknown[] }> },
  database: string,
): Promise<boolean> {
  const giveUpAt = performance.now() + 2_000;
  for (;;) {
    const { rows } = await administrator.query(
      `select from pg_stat_activity where datname = '${database}' and backend_type = 'client backend'`,
    );
    if (rows.length === 0) return true;
    if (performance.now() > giveUpAt) return false;
  }
}

async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(migrationsFolder)).sort();
  for (const file of files) hash.update(file).update(await readFile(path.join(migrationsFolder, file)));
  return hash.digest('hex').slice(0, 16);
}
