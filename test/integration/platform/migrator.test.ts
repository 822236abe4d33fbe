import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../src/platform/database.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { migrate } from '../../../src/platform/migrator.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let folder: string;
let opened: Database[];
let name: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-migrations-'));
  name = await database.createDatabase();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await rm(folder, { recursive: true });
});

function open(): Database {
  const each = openDatabase(database.settings(name), { role: 'owner', logger: silentLogger() });
  opened.push(each);
  return each;
}

async function given(migrations: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(migrations)) await writeFile(path.join(folder, file), text);
}

test('migrations run once each, in the order of their numbers', async () => {
  await given({
    '0002_second.sql': '-- why: to need the first\ninsert into step values (2);',
    '0001_first.sql': '-- why: to be needed\ncreate table step (number int4); insert into step values (1);',
  });
  expect(await migrate(open().db, folder)).toEqual({ applied: ['0001_first', '0002_second'] });
  await given({ '0003_third.sql': 'insert into step values (3);' });
  expect(await migrate(open().db, folder)).toEqual({ applied: ['0003_third'] });
  const { rows } = await open().pool.query('select number from step order by number');
  expect(rows).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
});

test('after an upgrade nobody is answered from what the version before it judged', async () => {
  await given({ '0001_first.sql': 'create table permission_standing (policy_version_id int4 not null);' });
  await migrate(open().db, folder);
  const stored = async () =>
    (await open().pool.query('select policy_version_id from permission_standing')).rows;
  await open().pool.query('insert into permission_standing values (3)');
  await migrate(open().db, folder);
  expect(await stored()).toEqual([{ policy_version_id: 3 }]);
  await given({ '0002_second.sql': 'select 1;', '0003_third.sql': 'select 1;' });
  await migrate(open().db, folder);
  expect(await stored()).toEqual([{ policy_version_id: 0 }]);
});

test('of several that start at once one migrates and all go on', async () => {
  await given({ '0001_first.sql': 'create table step (number int4); insert into step values (1);' });
  const results = await Promise.all([1, 2, 3, 4].map(() => migrate(open().db, folder)));
  expect(results.flatMap((result) => result.applied)).toEqual(['0001_first']);
  const { rows } = await open().pool.query('select count(*)::int4 as count from step');
  expect(rows).toEqual([{ count: 1 }]);
});

test('a migration that fails names itself and leaves the database as it was', async () => {
  await given({ '0001_first.sql': 'create table step (number int4);', '0002_second.sql': 'select 1 / 0;' });
  await expect(migrate(open().db, folder)).rejects.toThrow('in migration 0002_second');
  const { rows } = await open().pool.query("select to_regclass('step') as step");
  expect(rows).toEqual([{ step: null }]);
});

test('data made by a newer Navigator is refused in one sentence', async () => {
  await given({ '0001_first.sql': 'create table step (number int4);', '0002_newer.sql': 'select 1;' });
  await migrate(open().db, folder);
  await rm(path.join(folder, '0002_newer.sql'));
  await expect(migrate(open().db, folder)).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('made by a newer Navigator (it has the change "0002_newer"'),
  });
});

test('a table that another session holds is not waited for', async () => {
  await given({ '0001_first.sql': 'create table step (number int4);' });
  await migrate(open().db, folder);
  await given({ '0002_second.sql': 'alter table step add column name text;' });
  const holder = await open().pool.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table step in access share mode');
    await expect(migrate(open().db, folder)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('while another Navigator is working on it'),
    });
  } finally {
    await holder.query('rollback');
    holder.release();
  }
});

test('a login that may not become the application role gets the statements an administrator must run', async () => {
  const login = `${name}_login`;
  await database.query(`create role ${login} nologin`);
  await database.query(`grant all on schema public to ${login}`);
  try {
    const limited = openDatabase(database.settings(name), {
      role: 'owner',
      logger: silentLogger(),
      maximumConnections: 1,
    });
    opened.push(limited);
    await limited.pool.query(`set session authorization ${login}`);
    await given({ '0001_first.sql': 'select 1;' });
    const problem = await migrate(limited.db, folder).catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: 'StartError' });
    expect(String(problem)).toContain(`"grant navigator_app to ${login}"`);
    await limited.close();
  } finally {
    await database.query(`revoke all on schema public from ${login}`);
    await database.query(`drop role ${login}`);
  }
});

test('a file that is not named like a migration is refused before anything runs', async () => {
  await given({ 'first.sql': 'create table step (number int4);' });
  await expect(migrate(open().db, folder)).rejects.toThrow('not named like 0001_what_it_makes.sql');
});
