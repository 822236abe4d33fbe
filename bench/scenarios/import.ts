import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { DatabaseSettings } from '../../src/platform/database.ts';
import { clientConfig } from '../../src/platform/database.ts';
import { openDatabaseServer } from '../../src/platform/database-server.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { withScratchDatabase } from '../../src/platform/scratch-database.ts';
import { makeFiles } from '../dealer.ts';
import { copyRows, countRows, saveRows } from '../import-limit.ts';
import type { ImportOrder, ImportReport } from '../import-once.ts';
import { measuredOf } from '../measure.ts';
import type { Scenario, ScenarioOptions, ScenarioReport } from '../scenario.ts';
import { compare } from '../scenario.ts';

/**
 * Customers and vehicles from CSV files to records with a sealed ledger entry and a standing row each. The
 * limit: the same rows by COPY into as many bare tables. Each round is an empty database and a process of its
 * own, so that its memory can be told.
 */
export const importScenario: Scenario = { name: 'import', run };

const ours = 'import of CSV files';
const limit = 'COPY into bare tables (limit)';
const target = 1 / 6;
const megabytesMax = 512;
/** A million takes minutes a round; more rounds would tell little more of a ratio. */
const largeFrom = 300_000;

async function run({ customers, rounds: asked, folder }: ScenarioOptions): Promise<ScenarioReport> {
  const rounds = customers >= largeFrom ? 1 : asked;
  await mkdir(folder, { recursive: true });
  const files = await makeFiles({ customers, folder });
  const server = await openDatabaseServer({ dataFolder: path.join(folder, 'data'), logger: silentLogger() });
  const turns: Turn[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      turns.push(
        await withScratchDatabase(server.settings, (scratch) =>
          takeTurn(scratch, { customers, vehicles: files.vehicles, folder }),
        ),
      );
    }
  } finally {
    await server.stop();
  }
  const rows = turns[0]?.rows ?? 0;
  const measured = new Map([
    [
      ours,
      measuredOf(
        ours,
        turns.map((turn) => rows / turn.importSeconds),
        rows,
      ),
    ],
    [
      limit,
      measuredOf(
        limit,
        turns.map((turn) => rows / turn.copySeconds),
        rows,
      ),
    ],
  ]);
  const peak = Math.max(...turns.map((turn) => turn.peakMegabytes));
  return {
    done: `${customers} customers and ${files.vehicles} vehicles, ${rows} rows of eight tables, ${turns[0]?.bytes} bytes as COPY has them`,
    rounds,
    measured: [...measured.values()],
    comparisons: [{ ...compare(measured, ours, limit, target), statedFor: 1_000_000 }],
    limits: [
      {
        what: `peak memory of the importing process ${peak} MB (first target < ${megabytesMax} MB)`,
        met: peak < megabytesMax,
        statedFor: 1_000_000,
      },
    ],
  };
}

interface Turn {
  readonly importSeconds: number;
  readonly peakMegabytes: number;
  readonly copySeconds: number;
  readonly rows: number;
  readonly bytes: number;
}

async function takeTurn(
  settings: DatabaseSettings,
  wanted: { readonly customers: number; readonly vehicles: number; readonly folder: string },
): Promise<Turn> {
  const report = await importOnce({
    settings,
    secret: randomBytes(32).toString('hex'),
    customersFile: path.join(wanted.folder, 'files', 'customers.csv'),
    vehiclesFile: path.join(wanted.folder, 'files', 'vehicles.csv'),
  });
  if (report.customers !== wanted.customers || report.vehicles !== wanted.vehicles) {
    throw new Error(`Imported ${report.customers} customers and ${report.vehicles} vehicles, and not all.`);
  }
  const owner = new pg.Client(clientConfig(settings, 'owner'));
  await owner.connect();
  try {
    const imported = await countRows(owner, 'public');
    const bytes = await saveRows(owner, wanted.folder);
    await owner.query('checkpoint');
    const copySeconds = await copyRows(owner, wanted.folder);
    const copied = await countRows(owner, 'bench_limit');
    if (copied.join() !== imported.join())
      throw new Error(`Copied ${copied.join()}, not ${imported.join()}.`);
    const rows = imported.reduce((sum, count) => sum + count, 0);
    return { importSeconds: report.seconds, peakMegabytes: report.peakMegabytes, copySeconds, rows, bytes };
  } finally {
    await owner.end();
  }
}

async function importOnce(order: ImportOrder): Promise<ImportReport> {
  const program = path.join(import.meta.dirname, '..', 'import-once.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(order)]);
  return JSON.parse(stdout) as ImportReport;
}
