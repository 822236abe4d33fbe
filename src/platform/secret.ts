import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { folderError } from './folder-error.ts';
import { StartError } from './start-error.ts';
import type { Tables } from './tables.ts';

const secretBytes = 32;

/**
 * The installation secret: 32 random bytes in the file `secret` of the data folder, readable by its owner
 * only, made at the first start. `given` (NAVIGATOR_SECRET) takes its place, and nothing is written then.
 * Throws StartError when the folder cannot be written or the file is damaged.
 */
export async function readSecret(dataFolder: string, given?: Buffer): Promise<Buffer> {
  if (given !== undefined) return given;
  const file = path.join(dataFolder, 'secret');
  const existing = await readIfThere(file);
  if (existing === undefined) await createSecret(dataFolder, file);
  const secret = existing ?? (await readIfThere(file));
  if (secret?.length === secretBytes) return secret;
  throw new StartError(
    `The file ${file} is damaged: put the original back from a backup, or set NAVIGATOR_SECRET to its value.`,
  );
}

/** A 32-byte key for one purpose (HKDF-SHA256); keys of different purposes tell nothing about each other. */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'navigator', purpose, 32));
}

/**
 * Ties the database to the secret it was set up with: commitments and tokens made under one secret cannot be
 * checked under another, so a start with the wrong one must not go on. The first start stores a fingerprint.
 */
export async function checkSecret(db: Kysely<Tables>, secret: Buffer): Promise<void> {
  const fingerprint = deriveKey(secret, 'installation fingerprint');
  await sql`
    insert into installation (secret_fingerprint, created_at) values (${fingerprint}, now())
    on conflict (id) do nothing`.execute(db);
  const { rows } = await sql<{ secretFingerprint: Buffer }>`
    select secret_fingerprint from installation`.execute(db);
  const stored = rows[0]?.secretFingerprint;
  if (stored?.length === fingerprint.length && timingSafeEqual(stored, fingerprint)) return;
  throw new StartError(
    'This database was set up with a different secret: put the original file "secret" back into the data ' +
      'folder, or set NAVIGATOR_SECRET to the original value.',
  );
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw folderError(error, path.dirname(file));
  }
}

// why: linking a finished file into place is atomic and refuses to replace, so of two processes starting at
// once one wins and both read the same whole secret.
async function createSecret(dataFolder: string, file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o711 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(secretBytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw folderError(error, dataFolder);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
