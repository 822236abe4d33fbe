import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Database, DatabaseSettings } from '../../src/platform/database.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { Tables } from '../../src/platform/tables.ts';
import type { TestServer } from './test-server.ts';
import { openTestServer, untilUnused } from './test-server.ts';

/** A database of this test file alone, with every migration applied. Use it inside tests and hooks. */
export interface TestDatabase {
  /** As the application works: with the rights of role navigator_app. */
  readonly db: Kysely<Tables>;
  readonly application: Database;
  /** With every right: for preparing, tampering and looking. */
  readonly owner: Database;
  /** For what opens connections of its own; `name` is that of another database from `createDatabase`. */
  settings(name?: string): DatabaseSettings;
  /** Makes a further, empty database that goes away with the first. */
  createDatabase(): Promise<string>;
  /** Runs a statement with every right and answers its rows, named as in SQL. */
  query(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

interface Opened {
  readonly server: TestServer;
  readonly name: string;
  readonly application: Database;
  readonly owner: Database;
}

/**
 * Call it once at the top of a test file. The database is a clone of the migrated template and is dropped
 * afterwards; the file fails when it leaves a connection open.
 */
export function useDatabase(): TestDatabase {
  let opened: Opened | undefined;
  const further: string[] = [];
  beforeAll(async () => {
    opened = await openClone();
  });
  afterAll(async () => {
    if (opened !== undefined) await close(opened, further);
  });
  const now = (): Opened => {
    if (opened === undefined) throw new Error('The test database is there inside tests and hooks only.');
    return opened;
  };
  return {
    get db() {
      return now().application.db;
    },
    get application() {
      return now().application;
    },
    get owner() {
      return now().owner;
    },
    settings: (name) => now().server.settingsOf(name ?? now().name),
    createDatabase: async () => {
      const name = newName();
      await now().server.administer(`create database ${name}`);
      further.push(name);
      return name;
    },
    query: async (statement, values) =>
      (await now().owner.pool.query<Record<string, unknown>>(statement, values)).rows,
  };
}

async function openClone(): Promise<Opened> {
  const server = await openTestServer(inject('testServerFolder'));
  try {
    const name = newName();
    await server.administer(`create database ${name} template ${server.template}`);
    const settings = server.settingsOf(name);
    return {
      server,
      name,
      application: openDatabase(settings, { role: 'application', logger: silentLogger() }),
      owner: openDatabase(settings, { role: 'owner', logger: silentLogger() }),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function close(
  { server, name, application, owner }: Opened,
  further: readonly string[],
): Promise<void> {
  try {
    await application.close();
    await owner.close();
    const leaks: string[] = [];
    for (const database of [name, ...further]) {
      const administrator = { query: async (text: string) => ({ rows: await server.administer(text) }) };
      if (!(await untilUnused(administrator, database))) leaks.push(database);
      await server.administer(`drop database ${database} with (force)`);
    }
    if (leaks.length > 0) {
      throw new Error(
        'This test file left a database connection open: close every pool and client it opens.',
      );
    }
  } finally {
    await server.close();
  }
}

function newName(): string {
  return `navigator_test_${randomBytes(6).toString('hex')}`;
}
