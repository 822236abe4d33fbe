import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { ask, serverProcess, serverRun, useEmbedded } from '../../support/embedded.ts';

const embedded = useEmbedded();
const clusterFolder = (): string => path.join(embedded.dataFolder, 'postgres');

describe('when the application is killed', () => {
  test('its database stays up and the next start joins it', async () => {
    const holder = await embedded.hold();
    const before = await serverProcess(clusterFolder());
    await holder.kill();
    const database = await embedded.open();
    expect(await serverProcess(clusterFolder())).toBe(before);
    expect(await ask(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('the next one to stop in good order stops the database', async () => {
    await (await embedded.hold()).kill();
    await (await embedded.open()).stop();
    expect(await serverProcess(clusterFolder())).toBeUndefined();
  });
});

describe('when the database server is killed', () => {
  test('the next start recovers every row that was committed', async () => {
    const first = await embedded.open();
    await ask(first, 'create table kept as select generate_series(1, 1000) as number');
    await first.leave();
    process.kill((await serverProcess(clusterFolder())) ?? 0, 'SIGKILL');
    const second = await embedded.open();
    expect(await ask(second, 'select count(*)::int4 as count from kept')).toEqual([{ count: 1000 }]);
  });

  test('a session that is still busy is waited for, not run over', async () => {
    const first = await embedded.open();
    const [soon] = await ask(first, "select (clock_timestamp() + interval '2 s')::text as at");
    const until = `timestamptz '${String(soon?.['at'])}'`;
    const busy = ask(first, `do $$ begin while clock_timestamp() < ${until} loop end loop; end $$`).catch(
      () => [],
    );
    await vi.waitUntil(async () => {
      const rows = await ask(
        first,
        "select from pg_stat_activity where state = 'active' and query like 'do $$%'",
      );
      return rows.length === 1;
    });
    await first.leave();
    process.kill((await serverProcess(clusterFolder())) ?? 0, 'SIGKILL');
    const second = await embedded.open();
    expect(await ask(second, `select pg_postmaster_start_time() >= ${until} as waited`)).toEqual([
      { waited: true },
    ]);
    await busy;
  });

  test('an application that is up starts it again', async () => {
    const database = await embedded.open();
    const killed = await serverProcess(clusterFolder());
    process.kill(killed ?? 0, 'SIGKILL');
    await vi.waitUntil(() => ask(database, 'select 1').then(Boolean, () => false), { timeout: 20_000 });
    expect(await serverProcess(clusterFolder())).not.toBe(killed);
  });

  test('a process number that meanwhile belongs to something else is not taken for the server', async () => {
    const first = await embedded.open();
    const file = path.join(clusterFolder(), 'postmaster.pid');
    const content = await readFile(file, 'utf8');
    await first.stop();
    const stranger = String(process.ppid);
    await writeFile(file, content.replace(/^\d+/, stranger));
    const second = await embedded.open();
    expect(await serverProcess(clusterFolder())).not.toBe(Number(stranger));
    expect(await ask(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('several processes on the same data', () => {
  test('that start at once on a new folder make one database and share it', async () => {
    await Promise.all([embedded.hold(), embedded.hold(), embedded.hold()]);
    const database = await embedded.open();
    const [row] = await ask(
      database,
      "select count(*)::int4 as count from pg_stat_activity where application_name = 'navigator presence'",
    );
    expect(row).toEqual({ count: 4 });
  });

  test('do not lose it when one of them stops, and the last one stops it', async () => {
    const holder = await embedded.hold();
    const database = await embedded.open();
    const run = await serverRun(database);
    await holder.finish();
    expect(await serverRun(database)).toBe(run);
    await database.stop();
    expect(await serverProcess(clusterFolder())).toBeUndefined();
  });

  test('leave it running for a session of somebody else', async () => {
    const database = await embedded.open();
    const session = ask(database, 'select pg_sleep(4)');
    await vi.waitUntil(async () => {
      const rows = await ask(database, "select from pg_stat_activity where query = 'select pg_sleep(4)'");
      return rows.length === 1;
    });
    await database.stop();
    expect(await serverProcess(clusterFolder())).toBeTypeOf('number');
    await session;
    await (await embedded.open()).stop();
  });
});

describe('how the server runs', () => {
  test('every commit reaches the disk, nobody outside this machine can connect, and text is UTF-8', async () => {
    const database = await embedded.open();
    const rows = await ask(
      database,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
         'listen_addresses', 'TimeZone', 'lc_messages', 'jit', 'log_min_error_statement', 'log_error_verbosity')`,
    );
    expect(Object.fromEntries(rows.map((row) => [row['name'], row['setting']]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: process.platform === 'win32' ? '127.0.0.1' : '',
      TimeZone: 'UTC',
      lc_messages: 'C',
      jit: 'off',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
    });
    const text = await ask(
      database,
      "select lower('ÉLODIE') as lower, current_setting('server_encoding') as encoding",
    );
    expect(text).toEqual([{ lower: 'élodie', encoding: 'UTF8' }]);
  });

  test('the server’s log repeats no customer’s data when a statement fails', async () => {
    const database = await embedded.open();
    await ask(
      database,
      "create table person (email text primary key); insert into person values ('jo@example.org')",
    );
    await expect(ask(database, "insert into person values ('jo@example.org')")).rejects.toThrow(
      'duplicate key',
    );
    const log = await readFile(path.join(clusterFolder(), 'server.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('example.org');
  });
});
