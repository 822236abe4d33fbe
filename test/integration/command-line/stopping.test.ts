import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { generateCustomerFiles } from '../../../seeds/generate.ts';
import { Interrupted } from '../../../src/cli/interruption.ts';
import { withNavigator } from '../../../src/cli/session.ts';
import { serverProcess } from '../../support/embedded.ts';

/** What is left of a command that Ctrl-C ends while it works on an embedded database that it started. */
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-stopping-'));
  await chmod(folder, 0o711);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('NAVIGATOR_DATA', path.join(folder, 'data'));
  vi.stubEnv('NAVIGATOR_DEMO', 'off');
  vi.stubEnv('DATABASE_URL', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const interrupted = { name: 'Interrupted', exitCode: 130 };

async function ended(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) =>
      error instanceof Interrupted ? { name: error.name, exitCode: error.exitCode } : error,
  );
}

it('a command that is interrupted in a long statement ends at once, and the database it started is stopped', async () => {
  let databaseFolder = '';
  const outcome = await ended(
    withNavigator(async ({ context: { database }, databaseFolder: lies }) => {
      databaseFolder = lies ?? '';
      const statement = database.pool.query('select pg_sleep(600)');
      process.emit('SIGINT');
      await statement;
    }),
  );
  expect(outcome).toEqual(interrupted);
  expect(databaseFolder).not.toBe('');
  expect(await serverProcess(databaseFolder)).toBeUndefined();
}, 120_000);

it('what an interrupted command had written in a transaction is taken back', async () => {
  const outcome = await ended(
    withNavigator(async ({ context: { database } }) => {
      const client = await database.pool.connect();
      try {
        await client.query(`begin; insert into access_log (accessed_at, actor_kind, actor_id, action)
          values (now(), 'staff', 'command line', 'customer read')`);
        process.emit('SIGINT');
        await client.query('commit');
      } finally {
        client.release(true);
      }
    }),
  );
  expect(outcome).toEqual(interrupted);
  const { rowCount } = await withNavigator(({ context: { database } }) =>
    database.pool.query('select from access_log'),
  );
  expect(rowCount).toBe(0);
}, 120_000);

it('made-up customers that were not all written leave no file behind', async () => {
  const place = path.join(folder, 'generated');
  const stop = generateCustomerFiles({
    customers: 10_001,
    seed: 1,
    folder: place,
    onProgress: () => {
      throw new Interrupted('SIGINT');
    },
  });
  await expect(stop).rejects.toThrow('interrupted');
  expect(await readdir(place)).toEqual([]);
});

it('SIGTERM is told apart by its exit code', () => {
  expect(new Interrupted('SIGTERM').exitCode).toBe(143);
});
