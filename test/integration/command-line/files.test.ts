import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What a command does with files and words that do not fit, before it opens any database. */
const projectFolder = path.resolve(import.meta.dirname, '..', '..', '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-command-line-'));
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, 'a-file'), 'mine');
  await mkdir(path.join(folder, 'full'));
  await symlink('/dev/full', path.join(folder, 'full', 'customers.csv'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly exitCode: number;
  readonly said: string;
}

// why: no database can be opened in a file, so that a command which tries to says so.
function run(...words: string[]): Promise<Ended> {
  const options = {
    cwd: projectFolder,
    env: { ...process.env, NAVIGATOR_DATA: path.join(folder, 'a-file', 'data') },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli.ts', ...words], options, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` });
    });
  });
}

const select = ['select', '--channel', 'sms', '--category', 'general_marketing'];

it('a list and those left out are never written to the same file', async () => {
  const { exitCode, said } = await run(...select, '--export', 'x.csv', '--left-out', './x.csv');
  expect(exitCode).toBe(2);
  expect(said).toContain('a file each');
});

it('a disk that is full is a failure in one sentence, never a success', async () => {
  const { exitCode, said } = await run('generate', '--customers', '3', '--out', path.join(folder, 'full'));
  expect(exitCode).toBe(1);
  expect(said).toContain('cannot be written');
  expect(said).not.toMatch(/^\s+at /m);
});

it('a mapping that is there is replaced only when somebody says so', async () => {
  const file = path.join(folder, 'mapping.json');
  await writeFile(file, 'corrected by hand');
  const propose = ['import', 'seeds/sample/customers.csv', '--propose-mapping', file];
  const refused = await run(...propose);
  expect(refused.exitCode).toBe(1);
  expect(refused.said).toContain('--force');
  expect(await readFile(file, 'utf8')).toBe('corrected by hand');
  expect((await run(...propose, '--force')).exitCode).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('{');
  expect((await readdir(folder)).sort()).toEqual(['a-file', 'full', 'mapping.json']);
});

it.each([
  ['a policy in an unknown format', ['policy', 'set', 'pecr_strict', '--format', 'xml'], 'xml'],
  ['an import of nothing', ['import'], 'Name the customer file'],
  ['a policy from no instant', ['policy', 'set', 'pecr_strict', '--effective-at', 'soon'], 'instant'],
  ['an unknown setting', ['policy', 'set', 'pecr_strict', '--setting', 'colour=blue'], 'no setting'],
  ['an unknown scope', ['api-key', 'create', '--name', 'a', '--scope', 'gossip'], 'gossip'],
  ['a reset that does not say what becomes of consent', ['reset-permissions'], '--keep-consent'],
  [
    'a vehicle that is none',
    ['decide', 'no:1', '--channel', 'sms', '--category', 'general_marketing', '--vehicle', 'nonsense'],
    'no id of a vehicle',
  ],
  ['those left out of no list', [...select, '--left-out', 'x.csv'], '--export'],
  [
    'a decision at no instant',
    ['decide', 'no:1', '--channel', 'sms', '--category', 'general_marketing', '--at', 'soon'],
    'instant',
  ],
  [
    'a bare customer number',
    ['decide', '5001', '--channel', 'sms', '--category', 'general_marketing'],
    'no:5001',
  ],
])('%s is wrong usage, before anything is done', async (_, words, told) => {
  const { exitCode, said } = await run(...words);
  expect(said).toContain(told);
  expect(exitCode).toBe(2);
});

it('the version is told, also to somebody who reads one line', async () => {
  expect(await run('--version')).toEqual({ exitCode: 0, said: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

it('a reader that closes the pipe is no fault', async () => {
  const child = spawn(process.execPath, ['src/cli.ts', '--help'], { cwd: projectFolder });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  const [exitCode] = await once(child, 'close');
  expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' });
});

it.each([
  ['rejected rows', ['import', 'seeds/sample/customers.csv', '--rejects', '/navigator-nowhere/r.csv']],
  ['a mapping', ['import', 'seeds/sample/customers.csv', '--propose-mapping', '/navigator-nowhere/m.json']],
  ['made-up customers', ['generate', '--customers', '3', '--out', 'package.json']],
])('a place where %s cannot be written is told in one sentence', async (_, words) => {
  const { exitCode, said } = await run(...words);
  expect(exitCode).toBe(1);
  expect(said).toMatch(/cannot be written/);
  expect(said).not.toMatch(/^\s+at /m);
});
