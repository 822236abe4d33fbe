import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { generateCustomerFiles } from '../seeds/generate.ts';
import { runImport } from '../src/features/imports/service.ts';
import { changePolicy } from '../src/features/settings/service.ts';
import { scopes } from '../src/features/users/roles.ts';
import { createApiKey } from '../src/features/users/service.ts';
import { buildApp } from '../src/main.ts';
import type { Context } from '../src/platform/context.ts';
import type { DatabaseSettings } from '../src/platform/database.ts';
import { clientConfig } from '../src/platform/database.ts';
import { silentLogger } from '../src/platform/logger.ts';
import { openNavigator } from '../src/services.ts';
import { HttpCaller } from './http-caller.ts';

/** A dealer with so many made-up customers on file, on an embedded database, as the scenarios ask it. */
export interface BenchDealer {
  readonly context: Context;
  readonly settings: DatabaseSettings;
  readonly customers: number;
  /** A connection of the database's owner, for the limit programs, which have tables of their own. */
  readonly owner: pg.Client;
  readonly http: HttpCaller;
  close(): Promise<void>;
}

export interface DealerOptions {
  readonly customers: number;
  /** Holds the files and the database. One that was filled before with as many customers is used as it is. */
  readonly folder: string;
}

const seed = 1;

async function openDealer({ customers, folder }: DealerOptions): Promise<BenchDealer> {
  await mkdir(folder, { recursive: true });
  const logger = silentLogger();
  const navigator = await openNavigator(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: path.join(folder, 'data'),
      demo: false,
      demoLegalEntities: 1,
      logLevel: 'silent',
      gateways: { email: null, sms: null, publicUrl: null },
    },
    logger,
  );
  const { context, settings } = navigator;
  const owner = new pg.Client(clientConfig(settings, 'owner'));
  await owner.connect();
  await fill(context, owner, { customers, folder });
  const app = await buildApp(context, { requestsPerMinute: 100_000_000 });
  // biome-ignore lint/nursery/useAwaitThenable: without a callback, listen answers a promise.
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const { key } = await createApiKey(context, `Benchmark ${randomBytes(4).toString('hex')}`, scopes);
  const http = new HttpCaller(address, key);
  return {
    context,
    settings,
    customers,
    owner,
    http,
    close: async () => {
      http.close();
      await app.close();
      await owner.end();
      await navigator.close();
    },
  };
}

async function fill(context: Context, owner: pg.Client, options: DealerOptions): Promise<void> {
  const { rows } = await owner.query<{ people: number }>('select count(*)::integer as people from customer');
  const people = rows[0]?.people ?? 0;
  if (people === options.customers) return;
  if (people > 0) throw new Error(`${options.folder} holds ${people} customers: give another folder.`);
  say(`making ${options.customers.toLocaleString('en-GB')} customers …`);
  const files = await makeFiles(options);
  await choosePolicy(context);
  await runImport(
    context,
    { customersFile: files.customersPath, vehiclesFile: files.vehiclesPath },
    { startedBy: 'benchmark', onProgress: ({ phase, rows: done }) => say(`${phase}: ${done}`) },
  );
  // As the database does by itself some minutes after an import.
  await owner.query('vacuum analyze');
}

export function makeFiles({
  customers,
  folder,
}: DealerOptions): Promise<{ customersPath: string; vehiclesPath: string; vehicles: number }> {
  return generateCustomerFiles({ customers, seed, folder: path.join(folder, 'files') });
}

export async function choosePolicy(context: Context): Promise<void> {
  await changePolicy(context, {
    // Under the strict policy hardly anybody of an old file may be written to, which would be quickly listed.
    settings: { policy: 'assume_legitimate_interest' },
    reason: 'benchmark',
    recordedBy: 'benchmark',
    warningAcceptedBy: 'Bench Mark',
  });
}

let lastSaidAt = 0;

function say(line: string): void {
  if (performance.now() - lastSaidAt < 5_000) return;
  lastSaidAt = performance.now();
  process.stderr.write(`  ${line}\n`);
}

/** The made-up customers are the same for every scenario, and take minutes to make. */
export class SharedDealer {
  readonly #customers: number;
  readonly #folder: string;
  #dealer: Promise<BenchDealer> | undefined;

  constructor(customers: number, folder: string) {
    this.#customers = customers;
    this.#folder = folder;
  }

  open(): Promise<BenchDealer> {
    this.#dealer ??= openDealer({ customers: this.#customers, folder: this.#folder });
    return this.#dealer;
  }

  async close(): Promise<void> {
    await (await this.#dealer)?.close();
  }
}
