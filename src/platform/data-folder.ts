import { randomBytes } from 'node:crypto';
import { chmod, chown, link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { folderError } from './folder-error.ts';
import { makeFolder } from './make-folder.ts';

// why: others may pass through but not look around. When root starts Navigator the embedded database runs as
// another account, which must reach its own folder inside this one.
const folderMode = 0o711;

/** Makes the data folder when it is missing and sees that this user may write to it, else throws StartError. */
export async function prepareDataFolder(folder: string): Promise<void> {
  const probe = path.join(folder, `.writable-${randomBytes(6).toString('hex')}`);
  try {
    if (await makeFolder(folder, folderMode)) await chmod(folder, folderMode);
    await (await open(probe, 'wx', 0o600)).close();
    await rm(probe);
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** The content of a file of the data folder, or undefined when there is none. */
export async function readDataFile(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw folderError(error, folder);
  }
}

/**
 * Writes a file only its owner may read, whole or not at all, and safely on disk when it returns.
 * `keep` leaves a file that is already there as it is, so that of two processes starting at once one wins.
 */
export async function writeDataFile(
  folder: string,
  name: string,
  content: string | Buffer,
  whenThere: 'keep' | 'replace',
): Promise<void> {
  const file = path.join(folder, name);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await giveToOwnerOf(folder, draft);
    if (whenThere === 'replace') await rename(draft, file);
    else await link(draft, file).catch(ignoreExisting);
  } catch (error) {
    throw folderError(error, folder);
  } finally {
    await rm(draft, { force: true });
  }
}

/** What root makes in another user's data folder shall stay usable for that user. */
export async function giveToOwnerOf(folder: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  await chown(file, uid, gid);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
