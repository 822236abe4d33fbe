import { open } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { giveToOwnerOf } from './data-folder.ts';
import { folderError } from './folder-error.ts';
import { StartError } from './start-error.ts';

export interface ProcessLock {
  release(): void;
}

const sqliteBusy = 5;
const retryMilliseconds = 25;
// why: the holder may be replaying gigabytes of a crashed database's log.
const patienceMilliseconds = 10 * 60_000;

/**
 * Waits for and takes a lock that at most one process holds. The operating system keeps it, so it is free the
 * moment its holder dies, however it dies. Node offers no file locks of its own; SQLite, which is part of
 * Node, does, on every platform.
 */
export async function acquireProcessLock(file: string): Promise<ProcessLock> {
  await createLockFile(file);
  const holder = new DatabaseSync(file, { timeout: 0 });
  const giveUpAt = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      // why: a journal in memory needs no room on the disk and leaves no file behind when this process is killed.
      holder.exec('pragma journal_mode = memory; begin exclusive');
      return { release: () => holder.close() };
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== sqliteBusy || performance.now() > giveUpAt) {
        holder.close();
        throw explain(error, file);
      }
    }
    await pause(retryMilliseconds);
  }
}

async function createLockFile(file: string): Promise<void> {
  try {
    await (await open(file, 'a', 0o600)).close();
    await giveToOwnerOf(path.dirname(file), file);
  } catch (error) {
    throw folderError(error, path.dirname(file));
  }
}

function explain(error: unknown, file: string): StartError {
  const busy = (error as { errcode?: number }).errcode === sqliteBusy;
  return new StartError(
    busy
      ? 'Another Navigator has been starting or stopping the database of this data folder for ten minutes: stop ' +
          'it, then start again.'
      : `The file ${file} cannot be locked: remove it while no Navigator is running, then start again.`,
    { cause: error },
  );
}
