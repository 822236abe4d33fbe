import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach } from 'vitest';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from '../../src/platform/embedded-postgres.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { silentLogger } from '../../src/platform/logger.ts';

export const isRoot = process.getuid?.() === 0;

/** A process that holds the database of a data folder and can be killed. */
export interface Holder {
  /** As kill -9 does it; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Lets it stop in good order; resolves when the process is gone. */
  finish(): Promise<void>;
}

/** Embedded databases of one test: every one is stopped and every folder removed when the test ends. */
export interface EmbeddedTrial {
  /** A fresh folder that other accounts may pass through. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly systemFolder: string;
  open(options?: Partial<EmbeddedPostgresOptions>): Promise<EmbeddedPostgres>;
  hold(dataFolder?: string): Promise<Holder>;
}

export function useEmbedded(): EmbeddedTrial {
  let folder = '';
  let opened: { database: EmbeddedPostgres }[] = [];
  let holders: Holder[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'navigator-embedded-'));
    await chmod(folder, 0o711);
    opened = [];
    holders = [];
  });
  afterEach(async () => {
    for (const holder of holders) await holder.finish();
    for (const { database } of opened) await database.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const trial: EmbeddedTrial = {
    get folder() {
      return folder;
    },
    get dataFolder() {
      return path.join(folder, 'data');
    },
    get systemFolder() {
      return path.join(folder, 'system');
    },
    open: async (options = {}) => {
      const database = await openEmbeddedPostgres({
        dataFolder: trial.dataFolder,
        systemFolder: trial.systemFolder,
        logger: silentLogger(),
        initialisation: ['--no-sync'],
        ...options,
      });
      opened.push({ database });
      return database;
    },
    hold: async (dataFolder = trial.dataFolder) => {
      const holder = await startHolder(dataFolder);
      holders.push(holder);
      return holder;
    },
  };
  return trial;
}

/** Runs one statement with every right and answers its rows. */
export async function ask(database: EmbeddedPostgres, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.settings);
  // why: some tests kill the server while this session is open.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Which run of the server this is; another number means it was started again. */
export async function serverRun(database: EmbeddedPostgres): Promise<unknown> {
  return (await ask(database, 'select pg_postmaster_start_time()::text as started'))[0]?.['started'];
}

/** The process number of the database server, or undefined when none is said to run. */
export async function serverProcess(clusterFolder: string): Promise<number | undefined> {
  const file = path.join(clusterFolder, 'postmaster.pid');
  return existsSync(file) ? Number.parseInt(await readFile(file, 'utf8'), 10) : undefined;
}

async function startHolder(dataFolder: string): Promise<Holder> {
  const program = fileURLToPath(new URL('./hold-database.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  await said(child, 'ready');
  return {
    kill: () => {
      child.kill('SIGKILL');
      return gone;
    },
    finish: () => {
      child.stdin.end();
      return gone;
    },
  };
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString('utf8').includes(word)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The holder ended with ${code} before it said ${word}.`)));
  });
}
