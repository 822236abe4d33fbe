import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCustomerFiles } from '../../../seeds/generate.ts';
import { readConfig } from '../../../src/config.ts';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { listImports } from '../../../src/features/imports/service.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { openNavigator } from '../../../src/services.ts';
import { serverProcess } from '../../support/embedded.ts';

/** An import that is killed again and again, each time at another place, and started again with the same files. */
const customers = 5_000;
let folder: string;
let environment: NodeJS.ProcessEnv;
let files: Awaited<ReturnType<typeof generateCustomerFiles>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-import-kill-'));
  await chmod(folder, 0o711);
  const { DATABASE_URL: _, ...rest } = process.env;
  environment = { ...rest, NAVIGATOR_DATA: path.join(folder, 'data') };
  files = await generateCustomerFiles({ customers, seed: 3, folder });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Place {
  /** The line of its progress at which it is killed. */
  readonly at: RegExp;
  readonly killed: 'program' | 'database';
}

/** Imports, and kills the program or its database at a place, as `kill -9` does; answers what it said. */
async function importUntil(place?: Place): Promise<string[]> {
  const program = fileURLToPath(new URL('../../support/run-import.ts', import.meta.url));
  const child = spawn(process.execPath, [program, files.customersPath, files.vehiclesPath], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said: string[] = [];
  let server: Promise<number | undefined> = Promise.resolve(undefined);
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('database ')) {
      server = serverProcess(line.slice('database '.length));
      return;
    }
    said.push(line);
    if (place === undefined || !place.at.test(line)) return;
    if (place.killed === 'program') child.kill('SIGKILL');
    else void server.then((pid) => process.kill(pid ?? child.pid ?? 0, 'SIGKILL'));
  });
  await gone;
  return said;
}

function isDone(said: readonly string[]): boolean {
  return said.some((line) => line.startsWith('done'));
}

describe('an import that is killed', () => {
  it('goes on behind the last committed batch, and ends as if it had never been killed', async () => {
    const places: Place[] = [
      { at: /^customers 1000$/, killed: 'program' },
      { at: /^customers 1000$/, killed: 'database' },
      { at: /^vehicles 2000$/, killed: 'program' },
      { at: /^vehicles 1000$/, killed: 'database' },
    ];
    for (const place of places) expect(isDone(await importUntil(place))).toBe(false);
    const last = await importUntil();
    expect(last.at(-1)).toBe('done resumed');
    expect(last.some((line) => line.startsWith('customers'))).toBe(false);
    expect(await importUntil()).toEqual(['done already_imported']);

    const navigator = await openNavigator(readConfig(environment), silentLogger());
    try {
      const { context } = navigator;
      const batches = await listImports(context);
      expect(batches).toHaveLength(1);
      expect(batches[0]).toMatchObject({
        status: 'finished',
        totals: {
          customers: { rows: customers, created: customers, alreadyHere: 0, repeated: 0, rejected: 0 },
          vehicles: { rows: files.vehicles, created: files.vehicles, linked: files.vehicles, rejected: 0 },
        },
      });
      const report = await verifyLedger(context);
      expect(report).toEqual({ customers, entries: customers, faults: [] });
    } finally {
      await navigator.close();
    }
  }, 180_000);
});
