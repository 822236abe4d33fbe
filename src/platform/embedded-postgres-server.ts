import {
  chown,
  lstat,
  mkdtemp,
  readFile,
  readlink,
  realpath,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseSettings } from './database.ts';
import { mayEnter, run } from './embedded-postgres-account.ts';
import type { Cluster } from './embedded-postgres-cluster.ts';
import { ownerName, remember, settingsFile } from './embedded-postgres-cluster.ts';
import { serverSettings } from './embedded-postgres-settings.ts';
import { diskFullError, folderError } from './folder-error.ts';
import { StartError } from './start-error.ts';

const logFile = 'server.log';
const longestLogBytes = 5_000_000;
const socketName = '.s.PGSQL.5432';
// why: the system limit is 108 bytes on Linux and 104 on macOS, the lock beside the socket included.
const longestSocketBytes = 98;
// why: PostgreSQL may have to replay its log after a crash, which takes minutes on a slow disk.
const startSeconds = 600;
const stopSeconds = 300;
const orphanMilliseconds = 60_000;
const retryMilliseconds = 50;

/** Sees that the database is being served, by whichever process started it, and says where. */
export async function ensureServing(
  cluster: Cluster,
  furtherSettings: Readonly<Record<string, string>>,
): Promise<DatabaseSettings> {
  const giveUpAt = performance.now() + orphanMilliseconds;
  for (;;) {
    const running = await waitForRunning(cluster);
    if (running !== undefined) return running;
    const failure = await start(cluster, furtherSettings);
    if (failure === undefined) {
      const started = await waitForRunning(cluster);
      if (started !== undefined) return started;
    }
    // why: a database server that was killed leaves workers that finish what they are doing first.
    const hasOrphans = /pre-existing shared memory block|lock file ".*" already exists/.test(failure ?? '');
    if (!hasOrphans || performance.now() > giveUpAt) throw startFailure(cluster, failure ?? '');
    await pause(retryMilliseconds);
  }
}

/** Stops the server: sessions are ended, everything is written to disk. Says whether it did. */
export async function stopServing({ binaries, account, folder }: Cluster): Promise<boolean> {
  const outcome = await run(
    path.join(binaries.folder, 'bin', 'pg_ctl'),
    ['stop', '--wait', '--timeout', String(stopSeconds), '--mode', 'fast', '--silent'],
    { account, folder, variables: { PGDATA: folder } },
  );
  return outcome.exitCode === 0;
}

// why: a live server writes where it listens into its pid file, so that is always true, whoever started it.
async function waitForRunning(cluster: Cluster): Promise<DatabaseSettings | undefined> {
  const giveUpAt = performance.now() + startSeconds * 1000;
  while (performance.now() < giveUpAt) {
    const content = await readFile(path.join(cluster.folder, 'postmaster.pid'), 'utf8').catch(
      () => undefined,
    );
    if (content === undefined) return undefined;
    const lines = content.split('\n');
    const processId = Number(lines[0]);
    if (!isAlive(processId)) return undefined;
    if (!(await isServerOf(processId, cluster))) {
      await disownPidFile(cluster, lines);
      return undefined;
    }
    for (const host of hostsOf(cluster, lines[4])) {
      const settings = settingsAt(cluster, host, Number(lines[3]));
      if (await answers(settings)) return settings;
    }
    await pause(retryMilliseconds);
  }
  throw new StartError(
    `The database in ${cluster.folder} has been starting for ${startSeconds / 60} minutes: see its log ` +
      `${path.join(cluster.folder, logFile)}.`,
  );
}

// why: when the data folder was renamed under a live server, the socket moved with it.
function hostsOf({ folder }: Cluster, written: string | undefined): string[] {
  if (process.platform === 'win32') return ['127.0.0.1'];
  return [...new Set([written, folder])].filter((host) => host !== undefined && host !== '') as string[];
}

function settingsAt(cluster: Cluster, host: string, port: number): DatabaseSettings {
  return { host, port, user: ownerName, password: cluster.record.password, database: 'postgres' };
}

async function answers(settings: DatabaseSettings): Promise<boolean> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return false;
    throw new StartError(
      'The embedded database refuses its password: put the file database.json back from a backup of the data ' +
        'folder.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 1) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    // why: a server of this database runs under this user, so one we may not signal is somebody else's process.
    return false;
  }
}

// why: after a crash of the machine or in a new container the number may belong to anything.
async function isServerOf(processId: number, cluster: Cluster): Promise<boolean> {
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    const { output } = await run('/bin/ps', ['-o', 'command=', '-p', String(processId)], {
      account: undefined,
    });
    return output.includes('postgres');
  }
  try {
    return (await readlink(`/proc/${processId}/cwd`)) === (await realpath(cluster.folder));
  } catch (error) {
    // why: a server that was killed stays in the list of processes, without a folder, until it is buried.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

// why: PostgreSQL ignores a pid file that names the process which starts it, yet still looks at the rest of the
// file to be sure that no orphaned worker uses the data. Removing the file would lose that protection.
async function disownPidFile({ folder }: Cluster, lines: string[]): Promise<void> {
  await writeFile(path.join(folder, 'postmaster.pid'), [String(process.pid), ...lines.slice(1)].join('\n'));
}

/** Undefined when the server started, otherwise what it said. */
async function start(
  cluster: Cluster,
  furtherSettings: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { folder, account, binaries } = cluster;
  try {
    const listening = await whereToListen(cluster);
    const settings = { ...(await serverSettings(cluster)), ...listening, ...furtherSettings };
    const file = path.join(folder, settingsFile);
    await writeFile(file, renderSettings(settings), { mode: 0o600 });
    if (account !== undefined) await chown(file, account.uid, account.gid);
    const logged = await rotateLog(folder);
    const outcome = await run(
      path.join(binaries.folder, 'bin', 'pg_ctl'),
      ['start', '--wait', '--timeout', String(startSeconds), '--silent', '--log', logFile],
      { account, folder, variables: { PGDATA: folder } },
    );
    if (outcome.exitCode === 0) return undefined;
    const log = await readFile(path.join(folder, logFile)).catch(() => Buffer.alloc(0));
    return `${outcome.startCode ?? outcome.output}\n${log.subarray(logged).toString('utf8')}`;
  } catch (error) {
    throw folderError(error, folder);
  }
}

function renderSettings(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by Navigator at every start of the database; changes made here are lost.\n${lines.join('\n')}\n`;
}

/** The length of the log kept, in bytes. */
async function rotateLog(folder: string): Promise<number> {
  const file = path.join(folder, logFile);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= longestLogBytes) return size;
  await rename(file, `${file}.old`);
  return 0;
}

async function whereToListen(cluster: Cluster): Promise<Record<string, string>> {
  if (process.platform === 'win32') {
    return { listen_addresses: '127.0.0.1', port: String(await freePort()), unix_socket_directories: '' };
  }
  const folder = await socketFolder(cluster);
  return {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  };
}

async function socketFolder(cluster: Cluster): Promise<string> {
  const { folder, account, record } = cluster;
  if (isShortEnough(folder)) return folder;
  const uid = account?.uid ?? process.getuid?.();
  if (record.socketFolder !== undefined && (await isPrivateTo(record.socketFolder, uid)))
    return record.socketFolder;
  const parents = [tmpdir(), '/tmp'].filter((parent) => isShortEnough(path.join(parent, 'navigator-123456')));
  for (const parent of parents) {
    if (account !== undefined && !(await mayEnter(parent, account))) continue;
    const made = await mkdtemp(path.join(parent, 'navigator-'));
    if (account !== undefined) await chown(made, account.uid, account.gid);
    await remember(cluster, { socketFolder: made });
    return made;
  }
  throw new StartError(
    `The path ${folder} is too long for the database's socket and there is no temporary folder for it: set ` +
      'NAVIGATOR_DATA to a folder with a shorter path.',
  );
}

function isShortEnough(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, socketName)) <= longestSocketBytes;
}

// why: the temporary folder is open to everybody, who could put a folder of that name there to listen in.
async function isPrivateTo(folder: string, uid: number | undefined): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function startFailure({ folder }: Cluster, said: string): StartError {
  const full = diskFullError(said, folder);
  if (full !== undefined) return full;
  const reason = said.split('\n').findLast((line) => /FATAL|PANIC|could not|E[A-Z]{4,}/.test(line));
  const words = reason?.replace(/^.*?(?:FATAL|PANIC): */, '').trim() ?? 'no reason was given';
  return new StartError(
    `The database in ${folder} did not start (${words}): see its log ${path.join(folder, logFile)}.`,
  );
}
