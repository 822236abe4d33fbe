import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import type { DatabaseSettings } from '../../../src/platform/database.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import type { Navigator } from '../../../src/services.ts';
import { openNavigator } from '../../../src/services.ts';
import { serverProcess } from '../../support/embedded.ts';

/** Kills come at the worst moment: while entries are being recorded, as fast as they go. */
let folder: string;
let environment: NodeJS.ProcessEnv;

interface Recording {
  readonly process: ChildProcess;
  readonly acknowledged: Map<string, number>;
  /** Resolves when so many entries were acknowledged. */
  until(count: number): Promise<void>;
  readonly gone: Promise<void>;
  settings(): DatabaseSettings;
}

function record(count: number): Recording {
  const program = fileURLToPath(new URL('../../support/record-events.ts', import.meta.url));
  const child = spawn(process.execPath, [program, String(count)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const acknowledged = new Map<string, number>();
  let settings: DatabaseSettings | undefined;
  let total = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word, customer = '', sequence] = line.split(' ');
    if (word === 'database') settings = JSON.parse(line.slice('database '.length)) as DatabaseSettings;
    if (word !== 'ack') return;
    acknowledged.set(customer, Number(sequence));
    total += 1;
    for (const waiter of waiting) if (total >= waiter.count) waiter.resolve();
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    process: child,
    acknowledged,
    until: (wanted) =>
      Promise.race([
        new Promise<void>((resolve) => waiting.push({ count: wanted, resolve })),
        gone.then(() => {
          throw new Error(`The recording ended after ${total} entries.`);
        }),
      ]),
    gone,
    settings: () => {
      if (settings === undefined) throw new Error('The recording has not said where its database is.');
      return settings;
    },
  };
}

async function reopened<Result>(work: (navigator: Navigator) => Promise<Result>): Promise<Result> {
  const navigator = await openNavigator(readConfig(environment), silentLogger());
  try {
    return await work(navigator);
  } finally {
    await navigator.close();
  }
}

/** Everything that was acknowledged is there, and the ledger verifies. */
async function expectNothingLost(acknowledged: ReadonlyMap<string, number>): Promise<void> {
  await reopened(async ({ context }) => {
    for (const [customer, sequence] of acknowledged) {
      const { sequence: newest } = await permissionsOf(context, customer);
      expect(newest).toBeGreaterThanOrEqual(sequence);
    }
    const report = await verifyLedger(context);
    expect(report.faults).toEqual([]);
    const total = [...acknowledged.values()].reduce((sum, sequence) => sum + sequence, 0);
    expect(report.entries).toBeGreaterThanOrEqual(total);
  });
}

/** The process of the server behind these settings, as its own folder says. */
async function postmasterOf(settings: DatabaseSettings): Promise<number> {
  const database = openDatabase(settings, { role: 'owner', logger: silentLogger(), maximumConnections: 1 });
  try {
    const { rows } = await database.pool.query<{ folder: string }>('show data_directory');
    const [row] = rows.map((found) => Object.values(found)[0]);
    return (await serverProcess(row ?? '')) ?? 0;
  } finally {
    await database.close();
  }
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-kill-'));
  await chmod(folder, 0o711);
  const { DATABASE_URL: _, ...rest } = process.env;
  environment = { ...rest, NAVIGATOR_DATA: path.join(folder, 'data') };
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('what was acknowledged is kept', () => {
  it('when the program is killed in the middle of a thousand entries', async () => {
    const recording = record(1_000);
    await recording.until(150);
    recording.process.kill('SIGKILL');
    await recording.gone;
    expect(recording.acknowledged.size).toBeGreaterThan(0);
    await expectNothingLost(recording.acknowledged);
  });

  it('when the database is killed in the middle of a thousand entries', async () => {
    const recording = record(1_000);
    await recording.until(150);
    const postmaster = await postmasterOf(recording.settings());
    expect(postmaster).toBeGreaterThan(0);
    process.kill(postmaster, 'SIGKILL');
    recording.process.kill('SIGKILL');
    await recording.gone;
    await expectNothingLost(recording.acknowledged);
  });
});
