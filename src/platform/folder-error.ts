import { StartError } from './start-error.ts';

/** Turns a failed file operation under `folder` into one sentence; anything unknown is handed back as it is. */
export function folderError(error: unknown, folder: string): Error {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const problem = problems[code];
  if (problem !== undefined) return new StartError(problem(folder), { cause: error });
  return error instanceof Error ? error : new Error('A file operation failed.', { cause: error });
}

const unwritable = (folder: string): string =>
  `Navigator may not write to its data folder ${folder}: give this user the right to, or set NAVIGATOR_DATA ` +
  'to a folder it may write to.';

const full = (folder: string): string =>
  `There is no room left on the disk that holds ${folder}: free some space, or set NAVIGATOR_DATA to a folder ` +
  'on another disk.';

const problems: Record<string, (folder: string) => string> = {
  EACCES: unwritable,
  ENOENT: (folder) => `The data folder ${folder} cannot be made there: set NAVIGATOR_DATA to another folder.`,
  EPERM: unwritable,
  EROFS: unwritable,
  ENOSPC: full,
  EDQUOT: full,
  ENOTDIR: (folder) =>
    `The data folder ${folder} cannot be made because part of that path is a file: set NAVIGATOR_DATA to a folder.`,
  EEXIST: (folder) =>
    `The data folder ${folder} cannot be made because a file has that name: set NAVIGATOR_DATA to a folder.`,
  ENAMETOOLONG: (folder) =>
    `The path of the data folder ${folder} is too long: set NAVIGATOR_DATA to a shorter one.`,
};

/** The sentence for a full disk when a program said so in words instead of an error code, else undefined. */
export function diskFullError(said: string, folder: string): StartError | undefined {
  const isFull =
    /no space left on device|disk quota exceeded|wrote only \d+ of \d+ bytes|free disk space/i.test(said);
  return isFull ? new StartError(full(folder)) : undefined;
}
