import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and whatever is missing above it; answers false for one that is there. Throws what the system
 * says.
 *
 * Node's own recursive mkdir never returns where the system says "no such folder" to making one, as in /proc,
 * and hides the reason on a read-only disk.
 */
export async function makeFolder(folder: string, mode: number): Promise<boolean> {
  const parent = path.dirname(folder);
  return makeOneFolder(folder, mode).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent, mode);
    return makeOneFolder(folder, mode);
  });
}

async function makeOneFolder(folder: string, mode: number): Promise<boolean> {
  try {
    await mkdir(folder, { mode });
    return true;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory();
    if (isThere) return false;
    throw error;
  }
}
