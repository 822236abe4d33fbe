import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { prepareDataFolder, readDataFile, writeDataFile } from './data-folder.ts';
import { StartError } from './start-error.ts';
import type { Tables } from './tables.ts';

const secretBytes = 32;
const fileName = 'secret';

/**
 * The installation secret: 32 random bytes in the file `secret` of the data folder, readable by its owner
 * only, made at the first start. `given` (NAVIGATOR_SECRET) takes its place, and nothing is written then.
 * Throws StartError when the folder cannot be written or the file is damaged.
 */
export async function readSecret(dataFolder: string, given?: Buffer): Promise<Buffer> {
  if (given !== undefined) return given;
  let secret = await readDataFile(dataFolder, fileName);
  if (secret === undefined) {
    await prepareDataFolder(dataFolder);
    await writeDataFile(dataFolder, fileName, randomBytes(secretBytes), 'keep');
    secret = await readDataFile(dataFolder, fileName);
  }
  if (secret?.length === secretBytes) return secret;
  throw new StartError(
    `The file ${path.join(dataFolder, fileName)} is damaged: put the original back from a backup, or set NAVIGATOR_SECRET to its value.`,
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
