import { runImport } from '../src/features/imports/service.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { DatabaseSettings } from '../src/platform/database.ts';
import { silentLogger } from '../src/platform/logger.ts';
import { openContext } from '../src/services.ts';
import { choosePolicy } from './dealer.ts';

/** What the program that imports once is told, as JSON in its only argument. */
export interface ImportOrder {
  readonly settings: DatabaseSettings;
  /** Hexadecimal. */
  readonly secret: string;
  readonly customersFile: string;
  readonly vehiclesFile: string;
}

/** What it prints. */
export interface ImportReport {
  readonly seconds: number;
  /** The most memory the whole process ever had, import, runtime and all. */
  readonly peakMegabytes: number;
  readonly customers: number;
  readonly vehicles: number;
}

// Only as a program of its own does its memory say what an import takes.
const order = JSON.parse(process.argv[2] ?? '') as ImportOrder;
const { context } = await openContext(order.settings, {
  secret: Buffer.from(order.secret, 'hex'),
  logger: silentLogger(),
  clock: systemClock,
});
try {
  await choosePolicy(context);
  const startedAt = performance.now();
  const { batch } = await runImport(
    context,
    { customersFile: order.customersFile, vehiclesFile: order.vehiclesFile },
    { startedBy: 'benchmark' },
  );
  const report: ImportReport = {
    seconds: (performance.now() - startedAt) / 1_000,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
    customers: batch.totals.customers.created,
    vehicles: batch.totals.vehicles.linked,
  };
  process.stdout.write(JSON.stringify(report));
} finally {
  await context.database.close();
}
