import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { Migrator } from 'kysely/migration';
import { ensureApplicationRole } from './application-role.ts';
import { StartError } from './start-error.ts';
import type { Tables } from './tables.ts';

export const migrationsFolder = path.resolve(import.meta.dirname, '../../migrations');

// why: a migration that waits for a lock makes everything queue behind it; giving up at once lets the
// program that holds the lock finish.
const lockTimeout = '1s';

// why: a version may judge more strictly than the one before it, and what that one stored would go on being counted.
// Zero is no policy: whoever reads stored answers judges these first.
const judgeEverybodyAgain = `
  do $$ begin
    if to_regclass('permission_standing') is not null then
      update permission_standing set policy_version_id = 0 where policy_version_id <> 0;
    end if;
  end $$`;

/**
 * Brings the database to the state this program needs: the application's role, then every migration that has
 * not run, all in one transaction, which also has everybody judged again before the next bulk work. Several processes
 * may call it at once: one works, the others wait for it.
 * `ownerDb` is a connection with the rights of the owner. Throws StartError when the data was made by a newer
 * Navigator, when the role cannot be made, or when a table is in use for too long.
 */
export async function migrate(
  ownerDb: Kysely<Tables>,
  folder: string = migrationsFolder,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  await refuseNewerDatabase(ownerDb, migrations);
  await ensureApplicationRole(ownerDb);
  const provider: MigrationProvider = { getMigrations: async () => migrations };
  const { error, results = [] } = await new Migrator({ db: ownerDb, provider }).migrateToLatest();
  if (error !== undefined) {
    // why: a newer Navigator may have migrated while this one waited for its turn.
    await refuseNewerDatabase(ownerDb, migrations);
    throw explain(error, results.find((result) => result.status === 'Error')?.migrationName);
  }
  return { applied: results.map((result) => result.migrationName) };
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) {
      throw new Error(`The migration ${file} is not named like 0001_what_it_makes.sql.`);
    }
    const text = await readFile(path.join(folder, file), 'utf8');
    migrations[path.basename(file, '.sql')] = {
      up: async (db) => {
        await sql.raw(`set local lock_timeout = '${lockTimeout}'`).execute(db);
        await sql.raw(text).execute(db);
        // why: migrations run in order, so the last file is among those that run whenever any of them does.
        if (file === files.at(-1)) await sql.raw(judgeEverybodyAgain).execute(db);
      },
    };
  }
  return migrations;
}

async function refuseNewerDatabase(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  const { rows: found } = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (found[0]?.present !== true) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const unknown = rows.find((row) => !(row.name in migrations));
  if (unknown === undefined) return;
  throw new StartError(
    `The data was made by a newer Navigator (it has the change "${unknown.name}", which this version does not ` +
      'know): start that newer version, or use another data folder or database.',
  );
}

function explain(error: unknown, migrationName: string | undefined): Error {
  const code = (error as { code?: string } | null)?.code;
  if (code === '55P03') {
    return new StartError(
      'The database cannot be brought up to date while another Navigator is working on it: stop the other one, ' +
        'then start again.',
      { cause: error },
    );
  }
  if (code === '42501') {
    return new StartError(
      'The database user lacks the right to make or change Navigator’s tables: make it the owner of the database.',
      { cause: error },
    );
  }
  const where = migrationName === undefined ? 'before any migration' : `in migration ${migrationName}`;
  return new Error(`Bringing the database up to date failed ${where}.`, { cause: error });
}
