import { randomBytes } from 'node:crypto';
import { appendFile, chmod, chown, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readDataFile, writeDataFile } from './data-folder.ts';
import type { Account } from './embedded-postgres-account.ts';
import { databaseAccount, mayEnter, owningAccount, run } from './embedded-postgres-account.ts';
import type { Binaries } from './embedded-postgres-binaries.ts';
import { prepareBinaries } from './embedded-postgres-binaries.ts';
import { diskFullError, folderError } from './folder-error.ts';
import { StartError } from './start-error.ts';

/** What a data folder remembers of its database. */
export interface ClusterRecord {
  readonly dataVersion: number;
  readonly password: string;
  /** A folder inside the data folder, or the absolute path of one outside it. */
  readonly folder: string;
  /** False until the database was made completely once. */
  readonly isMade: boolean;
  /** Where the socket is when the path of the database folder is too long for one. */
  readonly socketFolder?: string;
}

/** A PostgreSQL database folder ("cluster") ready to be served. */
export interface Cluster {
  readonly dataFolder: string;
  readonly folder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly record: ClusterRecord;
}

export interface ClusterOptions {
  readonly dataFolder: string;
  /** Where root keeps what another account must reach when the data folder is closed to it. */
  readonly systemFolder: string;
  readonly packageFolder?: string;
  /** Further parameters of initdb. */
  readonly initialisation?: readonly string[];
}

export const ownerName = 'navigator';
export const settingsFile = 'navigator.conf';
const recordFile = 'database.json';
const currentDataVersion = 1;

/** Finds the database of a data folder, or makes it at the first start. Call it under the data folder's lock. */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataFolder, systemFolder } = options;
  const known = await readRecord(dataFolder);
  if (known === undefined) await assertNeverUsed(dataFolder);
  const account = known?.isMade
    ? await accountOfExisting(path.resolve(dataFolder, known.folder))
    : await databaseAccount();
  const binaries = await prepareBinaries({
    account,
    copyFolder: account === undefined ? dataFolder : systemFolder,
    ...(options.packageFolder === undefined ? {} : { packageFolder: options.packageFolder }),
  });
  const record = known ?? (await chooseFolder(dataFolder, systemFolder, account));
  const cluster = { dataFolder, account, binaries, record, folder: path.resolve(dataFolder, record.folder) };
  if (record.isMade) {
    await assertServable(cluster);
    return cluster;
  }
  await makeCluster(cluster, options.initialisation ?? []);
  return remember(cluster, { isMade: true });
}

/** Writes a change of what the data folder remembers. */
export async function remember(cluster: Cluster, change: Partial<ClusterRecord>): Promise<Cluster> {
  const record = { ...cluster.record, ...change };
  await writeDataFile(cluster.dataFolder, recordFile, `${JSON.stringify(record, undefined, 2)}\n`, 'replace');
  return { ...cluster, record };
}

async function readRecord(dataFolder: string): Promise<ClusterRecord | undefined> {
  const content = await readDataFile(dataFolder, recordFile);
  if (content === undefined) return undefined;
  let record: Partial<ClusterRecord> | null = null;
  try {
    record = JSON.parse(content.toString('utf8')) as Partial<ClusterRecord> | null;
  } catch (error) {
    throw damagedRecord(dataFolder, error);
  }
  if (typeof record?.dataVersion === 'number' && record.dataVersion > currentDataVersion) {
    throw new StartError(
      `The data folder ${dataFolder} was made by a newer Navigator: start that newer version, or set ` +
        'NAVIGATOR_DATA to another folder.',
    );
  }
  if (typeof record?.password !== 'string' || typeof record.folder !== 'string') {
    throw damagedRecord(dataFolder);
  }
  return record as ClusterRecord;
}

/**
 * Without its record a used data folder would begin again with an empty database, over the one inside it or
 * beside one that lies elsewhere. The secret is made after the record, so it is never there alone.
 */
async function assertNeverUsed(dataFolder: string): Promise<void> {
  const isUsed =
    (await isThere(path.join(dataFolder, 'secret'))) || (await isThere(path.join(dataFolder, 'postgres')));
  if (!isUsed) return;
  throw new StartError(
    `The data folder ${dataFolder} was used before but its file ${recordFile}, which says where the database lies, is ` +
      'missing: put it back from a backup, set DATABASE_URL where the database is an external one, or set ' +
      'NAVIGATOR_DATA to a new folder to begin with an empty one.',
  );
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw folderError(error, path.dirname(file));
  }
}

function damagedRecord(dataFolder: string, cause?: unknown): StartError {
  return new StartError(
    `The file ${path.join(dataFolder, recordFile)} is damaged: put it back from a backup of the data folder.`,
    { cause },
  );
}

async function accountOfExisting(folder: string): Promise<Account | undefined> {
  try {
    return await owningAccount(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new StartError(
      `The database of this data folder is missing from ${folder}: put it back from a backup, or set ` +
        'NAVIGATOR_DATA to a new folder to begin with an empty one.',
      { cause: error },
    );
  }
}

// why: outside the data folder the name is random and remembered only in the data folder, so that a new data
// folder in the same place never meets an old database.
async function chooseFolder(
  dataFolder: string,
  systemFolder: string,
  account: Account | undefined,
): Promise<ClusterRecord> {
  const isReachable = account === undefined || (await mayEnter(dataFolder, account));
  const folder = isReachable
    ? 'postgres'
    : path.join(systemFolder, 'clusters', randomBytes(8).toString('hex'));
  const record: ClusterRecord = {
    dataVersion: currentDataVersion,
    password: randomBytes(24).toString('base64url'),
    folder,
    isMade: false,
  };
  await writeDataFile(dataFolder, recordFile, `${JSON.stringify(record, undefined, 2)}\n`, 'replace');
  return record;
}

async function assertServable({ folder, account, binaries }: Cluster): Promise<void> {
  if (account !== undefined && !(await mayEnter(folder, account))) {
    throw new StartError(
      `The account that owns the database in ${folder} can no longer enter that folder: give everybody the right ` +
        'to pass through the folders above it (chmod o+x).',
    );
  }
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      throw unreadable(error, folder);
    },
  );
  const major = Number.parseInt(version, 10);
  if (major === binaries.major) return;
  throw new StartError(
    `The database in ${folder} was made by PostgreSQL ${major} and this Navigator brings PostgreSQL ` +
      `${binaries.major}: start the Navigator that made it, or set NAVIGATOR_DATA to another folder.`,
  );
}

function unreadable(error: NodeJS.ErrnoException, folder: string): StartError {
  if (error.code === 'EACCES') {
    return new StartError(
      `The database in ${folder} belongs to another user: start Navigator as the user that made it.`,
      { cause: error },
    );
  }
  return new StartError(
    `The database of this data folder is missing from ${folder} or incomplete: put it back from a backup, or set ` +
      'NAVIGATOR_DATA to a new folder to begin with an empty one.',
    { cause: error },
  );
}

// why: made beside its final name and then renamed, so a start that is interrupted leaves nothing half made.
async function makeCluster(cluster: Cluster, initialisation: readonly string[]): Promise<void> {
  const { account, binaries, folder, record, dataFolder } = cluster;
  const draft = `${folder}.new`;
  const passwordFile = `${draft}.password`;
  try {
    await makeParents(folder, dataFolder);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, record.password, { mode: 0o600 });
    if (account !== undefined) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    const outcome = await run(
      path.join(binaries.folder, 'bin', 'initdb'),
      [
        '--pgdata',
        draft,
        '--username',
        ownerName,
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
        '--encoding',
        'UTF8',
        '--locale',
        'C',
        '--locale-provider',
        'builtin',
        '--builtin-locale',
        'C.UTF-8',
        '--no-instructions',
        ...initialisation,
      ],
      { account },
    );
    if (outcome.exitCode !== 0) throw initialisationError(outcome.output, folder);
    await appendFile(path.join(draft, 'postgresql.conf'), `\ninclude '${settingsFile}'\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw folderError(error, path.dirname(folder));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function makeParents(folder: string, dataFolder: string): Promise<void> {
  const parent = path.dirname(folder);
  if (parent === dataFolder) return;
  await mkdir(parent, { recursive: true, mode: 0o755 });
  await chmod(path.dirname(parent), 0o755);
  await chmod(parent, 0o711);
}

function initialisationError(output: string, folder: string): StartError {
  const full = diskFullError(output, folder);
  if (full !== undefined) return full;
  const reason = output
    .trim()
    .split('\n')
    .findLast((line) => /error|fatal|could not/i.test(line));
  return new StartError(
    `The database could not be made in ${folder} (${(reason ?? 'initdb failed').trim()}): set NAVIGATOR_DATA to a ` +
      'folder on a local disk, or set DATABASE_URL.',
  );
}
