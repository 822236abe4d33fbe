import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { StartError } from './start-error.ts';

/** The operating system account a program runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Outcome {
  /** Undefined when the program could not be started at all. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error together. */
  readonly output: string;
  /** Such as EACCES, when the program could not be started at all. */
  readonly startCode: string | undefined;
}

const candidates = ['navigator', 'postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, so root lends it another existing account; everybody else runs it as
 * themselves (undefined). Only accounts of this machine are considered, since the database must start
 * without a network.
 */
export async function databaseAccount(passwordFile = '/etc/passwd'): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile(passwordFile, 'utf8').catch(() => '')).split('\n');
  for (const name of candidates) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    'PostgreSQL does not run as root and this machine has no account navigator, postgres or nobody to lend it: ' +
      'start Navigator as a normal user, add an account named navigator, or set DATABASE_URL.',
  );
}

/** The account that owns a database made earlier, when root starts it; it may run as no other. */
export async function owningAccount(folder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(folder);
  return uid === 0 ? databaseAccount() : { uid, gid };
}

/**
 * Runs a program to its end. Its environment is bare: neither settings nor secrets of this process are
 * visible to the database server, and messages come in English so that they can be recognised.
 */
export function run(
  program: string,
  parameters: readonly string[],
  options: { account: Account | undefined; folder?: string; variables?: Record<string, string> },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: options.folder ?? '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', ...options.variables },
      windowsHide: true,
      ...options.account,
    });
    const output = (): string => Buffer.concat(chunks).toString('utf8');
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ exitCode: undefined, output: output(), startCode: error.code ?? 'unknown' }),
    );
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output: output(), startCode: undefined }));
  });
}

/**
 * Whether the account can pass through and use the folder. Tried, not worked out from modes: access lists,
 * containers and network file systems have the last word.
 */
export async function mayEnter(folder: string, account: Account | undefined): Promise<boolean> {
  const outcome = await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { account });
  if (outcome.startCode === 'EPERM') {
    throw new StartError(
      'This root user may not start programs as another user, and PostgreSQL does not run as root: start ' +
        'Navigator as a normal user, or set DATABASE_URL.',
    );
  }
  return outcome.exitCode === 0;
}
