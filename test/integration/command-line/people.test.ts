import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';

/** Who may sign in, and which programs may ask, from the command line. */
const database = useDatabase();
const projectFolder = path.resolve(import.meta.dirname, '..', '..', '..');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-people-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function address(): string {
  const settings = database.settings();
  if ('connectionString' in settings) return settings.connectionString;
  const { host, port, user, password, database: name } = settings;
  const login = [user, password].map(encodeURIComponent).join(':');
  return `postgresql://${login}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`;
}

interface Ended {
  readonly exitCode: number;
  readonly answer: string;
  readonly said: string;
}

function run(words: readonly string[], typed = ''): Promise<Ended> {
  const env = {
    ...process.env,
    DATABASE_URL: address(),
    NAVIGATOR_DATA: folder,
    NAVIGATOR_SECRET: Buffer.alloc(32, 7).toString('base64'),
  };
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = execFile(
    process.execPath,
    ['src/cli.ts', ...words],
    { cwd: projectFolder, env },
    (error, answer, said) => resolve({ exitCode: error === null ? 0 : Number(error.code), answer, said }),
  );
  child.stdin?.end(typed);
  return promise;
}

it('a member of staff is added, listed and closed, and stays on the list', { timeout: 120_000 }, async () => {
  const create = ['user', 'create', '--username', 'ruth', '--name', 'Ruth Odell', '--role', 'marketing'];
  expect(await run(create, 'a password of some length\n')).toMatchObject({ exitCode: 0 });
  const open = await run(['user', 'list', '--format', 'json']);
  expect(JSON.parse(open.answer)).toMatchObject({
    users: [{ username: 'ruth', fullName: 'Ruth Odell', role: 'marketing', disabledAt: null }],
  });
  expect(open.answer).not.toMatch(/password|hash/i);
  expect(await run(['user', 'close', 'Ruth'])).toMatchObject({ exitCode: 0 });
  expect((await run(['user', 'list'])).answer).toMatch(/ruth +Ruth Odell +marketing .*closed on/);
  const nobody = await run(['user', 'close', 'nobody']);
  expect(nobody.exitCode).toBe(1);
  expect(nobody.said).toContain('There is no such member of staff');
  expect(await database.query('select kind, actor_id from staff_event order by id')).toEqual([
    { kind: 'added', actor_id: 'command line' },
    { kind: 'disabled', actor_id: 'command line' },
  ]);
});

it('a key is listed without its secret, and revoked once', { timeout: 120_000 }, async () => {
  const made = await run([
    'api-key',
    'create',
    '--name',
    'Website',
    '--scope',
    'decisions',
    '--format',
    'json',
  ]);
  const { id, key } = JSON.parse(made.answer) as { id: string; key: string };
  const listed = await run(['api-key', 'list', '--format', 'json']);
  expect(JSON.parse(listed.answer)).toMatchObject({
    keys: [{ id, name: 'Website', scopes: ['decisions'], revokedAt: null }],
  });
  expect(listed.answer).not.toContain(key);
  expect(await run(['api-key', 'revoke', id])).toMatchObject({ exitCode: 0 });
  for (const wrong of [id, 'nonsense']) {
    const refused = await run(['api-key', 'revoke', wrong]);
    expect(refused.exitCode).toBe(1);
    expect(refused.said).toContain('There is no such API key that is still valid.');
  }
  expect((await run(['api-key', 'list'])).answer).toContain('revoked on');
});
