import path from 'node:path';
import { claimForDemonstration } from '../src/features/demonstration/service.ts';
import type { ImportTotals } from '../src/features/imports/contract.ts';
import { runImport } from '../src/features/imports/service.ts';
import type { SelectionCount } from '../src/features/mailshots/contract.ts';
import { selectionSchema } from '../src/features/mailshots/contract.ts';
import { countSelection } from '../src/features/mailshots/service.ts';
import { scopes } from '../src/features/users/roles.ts';
import { createApiKey, listApiKeys } from '../src/features/users/service.ts';
import type { Context } from '../src/platform/context.ts';
import type { DealershipOptions } from './dealership/fill.ts';
import { fillDealership } from './dealership/fill.ts';

/** What the demonstration dealership is filled with at first start, and what it shows for it. */
export interface Demonstration {
  readonly apiKey: string;
  /** Of the small file that ships with the project. */
  readonly totals: ImportTotals;
  readonly firstList: SelectionCount;
}

const keyName = 'Demonstration';
const sampleFolder = path.join(import.meta.dirname, 'sample');
const usual: DealershipOptions = { customers: 1_930, legalEntities: 1, seed: 1 };

/**
 * Fills an untouched database with a made-up dealership, then with the sample that ships with the project, through
 * the same services that a dealer uses. Answers null where it was filled before, or somebody has entered, chosen
 * or imported anything: nothing is ever mixed with an installation of somebody's own.
 */
export async function fillDemonstration(
  context: Context,
  options: Partial<DealershipOptions> = {},
): Promise<Demonstration | null> {
  if (!(await claimForDemonstration(context))) return null;
  await fillDealership(context, { ...usual, ...options });
  const { batch } = await runImport(
    context,
    {
      customersFile: path.join(sampleFolder, 'customers.csv'),
      vehiclesFile: path.join(sampleFolder, 'vehicles.csv'),
    },
    { startedBy: 'demonstration' },
  );
  const { key } = await createApiKey(context, keyName, scopes);
  const selection = selectionSchema.parse({ channel: 'letter', category: 'service_follow_up' });
  return { apiKey: key, totals: batch.totals, firstList: await countSelection(context, selection) };
}

/** Whether the demonstration was filled to its end: its key is made last. */
export async function isDemonstrationWhole(context: Context): Promise<boolean> {
  return (await listApiKeys(context)).some(({ name }) => name === keyName);
}
