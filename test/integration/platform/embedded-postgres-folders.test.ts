import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseAccount } from '../../../src/platform/embedded-postgres-account.ts';
import { ask, isRoot, useEmbedded } from '../../support/embedded.ts';

const embedded = useEmbedded();
const system = process.platform === 'win32' ? 'windows' : process.platform;
const installedPackage = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)),
  '..',
);

async function record(dataFolder = embedded.dataFolder): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(dataFolder, 'database.json'), 'utf8')) as Record<
    string,
    unknown
  >;
}

async function packageWithoutLinks(folder: string): Promise<string[]> {
  await cp(installedPackage, folder, { recursive: true, verbatimSymlinks: true });
  const list = await readFile(path.join(folder, 'native', 'pg-symlinks.json'), 'utf8');
  const links = (JSON.parse(list) as { target: string }[]).map(({ target }) => path.join(folder, target));
  for (const link of links) await rm(link, { force: true });
  return links;
}

/** A package whose programs are the given shell scripts. */
async function fakePackage(programs: Record<string, string>): Promise<string> {
  const folder = path.join(embedded.folder, 'package');
  await mkdir(path.join(folder, 'native', 'bin'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "version": "18.4.0" }');
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(path.join(folder, 'native', 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

describe('where things live', () => {
  test('the database is in the data folder, closed to everyone but the account that serves it', async () => {
    await embedded.open();
    const found = await stat(path.join(embedded.dataFolder, 'postgres'));
    expect(found.mode & 0o777).toBe(0o700);
    expect(found.uid).toBe((await databaseAccount())?.uid ?? process.getuid?.());
    expect((await stat(path.join(embedded.dataFolder, 'database.json'))).mode & 0o777).toBe(0o600);
  });

  test('a folder that only its owner may enter is no obstacle, for root neither', async () => {
    await chmod(embedded.folder, 0o700);
    const systemFolder = path.join(path.dirname(embedded.folder), `${path.basename(embedded.folder)}-system`);
    try {
      const database = await embedded.open({ systemFolder });
      await ask(database, 'create table old_data (number int4)');
      const { folder } = await record();
      expect(database.folder).toBe(path.resolve(embedded.dataFolder, String(folder)));
      if (isRoot) expect(path.dirname(String(folder))).toBe(path.join(systemFolder, 'clusters'));
      else expect(folder).toBe('postgres');
      await database.stop();

      const again = await embedded.open({ systemFolder });
      expect(await ask(again, 'select * from old_data')).toEqual([]);
      await again.stop();

      await rm(embedded.dataFolder, { recursive: true });
      const fresh = await embedded.open({ systemFolder });
      await expect(ask(fresh, 'select * from old_data')).rejects.toThrow('does not exist');
      await fresh.stop();
    } finally {
      await rm(systemFolder, { recursive: true, force: true });
    }
  });

  test('a path too long for a socket gets one in a private temporary folder and keeps it', async () => {
    const dataFolder = path.join(embedded.folder, 'long'.repeat(30));
    const database = await embedded.open({ dataFolder });
    expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
    const { socketFolder } = await record(dataFolder);
    expect((await stat(String(socketFolder))).mode & 0o777).toBe(0o700);
    await database.stop();
    await embedded.open({ dataFolder });
    expect((await record(dataFolder))['socketFolder']).toBe(socketFolder);
    await rm(String(socketFolder), { recursive: true });
  });
});

describe('a data folder that was used before', () => {
  test.each(['secret', 'postgres'])(
    'is refused without its record while its %s is there, and nothing in it is touched',
    async (left) => {
      const database = await embedded.open();
      await ask(database, 'create table old_data (number int4)');
      await database.stop();
      const kept = await readFile(path.join(embedded.dataFolder, 'database.json'));
      await writeFile(path.join(embedded.dataFolder, 'secret'), Buffer.alloc(32, 7));
      const aside = path.join(embedded.folder, 'aside');
      const other = path.join(embedded.dataFolder, left === 'secret' ? 'postgres' : 'secret');
      await rename(other, aside);
      await rm(path.join(embedded.dataFolder, 'database.json'));
      await expect(embedded.open()).rejects.toThrow(/database\.json.*missing.*backup.*DATABASE_URL/);
      await rename(aside, other);
      await writeFile(path.join(embedded.dataFolder, 'database.json'), kept);
      expect(await ask(await embedded.open(), 'select count(*)::int4 from old_data')).toEqual([{ count: 0 }]);
    },
  );
});

describe('the programs of PostgreSQL', () => {
  test('links that the install script did not make are made at the start', async () => {
    const packageFolder = path.join(embedded.folder, 'package');
    const links = await packageWithoutLinks(packageFolder);
    expect(links.length).toBeGreaterThan(0);
    const database = await embedded.open({ packageFolder });
    expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
    for (const link of links) expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test('programs in a place that cannot be mended or entered are copied once', async () => {
    const closed = path.join(embedded.folder, 'closed');
    const packageFolder = path.join(closed, 'package');
    await packageWithoutLinks(packageFolder);
    // why: nothing is unwritable for root and nothing of its own is closed to a normal user.
    const library = path.join(packageFolder, 'native', 'lib');
    await chmod(isRoot ? closed : library, isRoot ? 0o700 : 0o555);
    try {
      const database = await embedded.open({ packageFolder });
      expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
      const home = isRoot ? embedded.systemFolder : embedded.dataFolder;
      const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
        version: string;
      };
      const copy = path.join(home, `postgresql-${version}-${process.platform}-${process.arch}`);
      expect(existsSync(path.join(copy, 'bin', 'postgres'))).toBe(true);
      const { ino } = await stat(copy);
      await database.stop();
      await embedded.open({ packageFolder });
      expect((await stat(copy)).ino).toBe(ino);
    } finally {
      await chmod(library, 0o755);
    }
  });

  test('programs that lost the right to be executed are run from a copy that has it', async () => {
    const packageFolder = path.join(embedded.folder, 'package');
    await cp(installedPackage, packageFolder, { recursive: true, verbatimSymlinks: true });
    for (const program of ['postgres', 'initdb', 'pg_ctl']) {
      await chmod(path.join(packageFolder, 'native', 'bin', program), 0o644);
    }
    const database = await embedded.open({ packageFolder });
    expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('programs that cannot be run on this machine end in one sentence that names DATABASE_URL', async () => {
    const packageFolder = await fakePackage({
      postgres: 'echo "version GLIBC_2.99 not found"; exit 1',
      initdb: 'exit 0',
      pg_ctl: 'exit 0',
    });
    await expect(embedded.open({ packageFolder })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(
        /cannot be run on this machine \(version GLIBC_2.99 not found\).*DATABASE_URL/,
      ),
    });
  });

  test('a path with a dollar sign is refused before a shell can read it', async () => {
    const packageFolder = path.join(embedded.folder, '$HOME');
    await mkdir(packageFolder);
    await writeFile(path.join(packageFolder, 'package.json'), '{ "version": "18.4.0" }');
    await expect(embedded.open({ packageFolder })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('special character'),
    });
  });
});

describe('what is refused in one sentence', () => {
  async function expectSentence(opening: Promise<unknown>, words: string): Promise<void> {
    const problem = await opening.catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: 'StartError', message: expect.stringContaining(words) });
    expect((problem as Error).message).not.toContain('\n');
  }

  async function givenRecord(content: string | Record<string, unknown>): Promise<void> {
    await mkdir(embedded.dataFolder);
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(path.join(embedded.dataFolder, 'database.json'), text);
  }

  const made = { dataVersion: 1, password: 'unused', folder: 'postgres', isMade: true };

  test('a data folder made by a newer Navigator', async () => {
    await givenRecord({ ...made, dataVersion: 2 });
    await expectSentence(embedded.open(), 'was made by a newer Navigator');
  });

  test('a database made by another major version of PostgreSQL', async () => {
    await givenRecord(made);
    await mkdir(path.join(embedded.dataFolder, 'postgres'));
    await writeFile(path.join(embedded.dataFolder, 'postgres', 'PG_VERSION'), '17\n');
    await expectSentence(embedded.open(), 'was made by PostgreSQL 17');
  });

  test('a data folder whose database is gone, instead of a new empty one', async () => {
    await givenRecord(made);
    await expectSentence(embedded.open(), 'put it back from a backup');
    expect(existsSync(path.join(embedded.dataFolder, 'postgres'))).toBe(false);
  });

  test('a damaged record of the database', async () => {
    await givenRecord('{');
    await expectSentence(embedded.open(), 'is damaged');
  });

  test('a data folder that cannot be written', async () => {
    const place = path.join(embedded.folder, 'place');
    // why: root may write wherever there is a folder, so for root the place is a file.
    if (isRoot) await writeFile(place, '');
    else await mkdir(place, { mode: 0o555 });
    await expectSentence(
      embedded.open({ dataFolder: path.join(place, 'data') }),
      isRoot ? 'part of that path is a file' : 'may not write to its data folder',
    );
  });

  test('a full disk while the database is made, leaving nothing half made', async () => {
    const packageFolder = await fakePackage({
      postgres: 'exit 0',
      pg_ctl: 'exit 0',
      initdb:
        '[ "$1" = --version ] && exit 0; echo "initdb: error: could not write file: No space left on device" >&2; exit 1',
    });
    await expectSentence(embedded.open({ packageFolder }), 'There is no room left on the disk');
    expect(existsSync(path.join(embedded.dataFolder, 'postgres.new'))).toBe(false);
    const database = await embedded.open();
    expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('root on a machine with no account to lend, while a normal user needs none', async () => {
    const passwordFile = path.join(embedded.folder, 'passwd');
    await writeFile(passwordFile, 'root:x:0:0:root:/:/bin/sh\ngames:x:5:60::/:/bin/sh\n');
    if (isRoot) await expectSentence(databaseAccount(passwordFile), 'does not run as root');
    else expect(await databaseAccount(passwordFile)).toBeUndefined();
  });
});
