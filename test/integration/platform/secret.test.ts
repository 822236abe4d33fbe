import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkSecret, deriveKey, readSecret } from '../../../src/platform/secret.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-secret-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the first start makes a secret that only its owner may read, and later starts read the same', async () => {
  const secret = await readSecret(folder);
  expect(secret).toHaveLength(32);
  expect(await readSecret(folder)).toEqual(secret);
  const { mode } = await stat(path.join(folder, 'secret'));
  expect(mode & 0o777).toBe(0o600);
});

test('of several that start at once all use the same secret', async () => {
  const secrets = await Promise.all([1, 2, 3, 4, 5, 6].map(() => readSecret(folder)));
  expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['secret']);
});

test('a secret that is given is used and nothing is written', async () => {
  const given = randomBytes(32);
  expect(await readSecret(folder, given)).toBe(given);
  expect(await readdir(folder)).toEqual([]);
});

test('a damaged secret is refused instead of being replaced', async () => {
  await writeFile(path.join(folder, 'secret'), 'short');
  await chmod(path.join(folder, 'secret'), 0o600);
  await expect(readSecret(folder)).rejects.toMatchObject({ name: 'StartError' });
});

test('keys of different purposes differ and the same purpose gives the same key', () => {
  const secret = randomBytes(32);
  expect(deriveKey(secret, 'evidence')).toEqual(deriveKey(secret, 'evidence'));
  expect(deriveKey(secret, 'evidence')).not.toEqual(deriveKey(secret, 'suppression'));
  expect(deriveKey(secret, 'evidence')).toHaveLength(32);
});

test('a database accepts the secret it was set up with and refuses every other', async () => {
  const secret = randomBytes(32);
  await checkSecret(database.owner.db, secret);
  await checkSecret(database.owner.db, secret);
  await expect(checkSecret(database.owner.db, randomBytes(32))).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('set up with a different secret'),
  });
});
