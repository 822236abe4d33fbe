import path from 'node:path';
import type { ImportTotals } from '../src/features/imports/contract.ts';
import { runImport } from '../src/features/imports/service.ts';
import { listChains } from '../src/features/ledger/service.ts';
import type { SelectionCount } from '../src/features/mailshots/contract.ts';
import { selectionSchema } from '../src/features/mailshots/contract.ts';
import { countSelection } from '../src/features/mailshots/service.ts';
import { recordAssessment } from '../src/features/privacy/service.ts';
import { changePolicy } from '../src/features/settings/service.ts';
import { scopes } from '../src/features/users/roles.ts';
import { createApiKey } from '../src/features/users/service.ts';
import type { Context } from '../src/platform/context.ts';

/** What the demonstration dealership is filled with at first start, and what it shows for it. */
export interface Demonstration {
  readonly apiKey: string;
  readonly totals: ImportTotals;
  readonly firstList: SelectionCount;
}

const beforeTheFirst = '00000000-0000-0000-0000-000000000000';
const sampleFolder = path.join(import.meta.dirname, 'sample');

/**
 * Fills an empty database with the sample that ships with the project, through the same services that a
 * dealer uses. Answers null where somebody is on file already: nothing is ever mixed with real records.
 */
export async function fillDemonstration(context: Context): Promise<Demonstration | null> {
  if ((await listChains(context, beforeTheFirst, 1)).length > 0) return null;
  await changePolicy(context, {
    settings: { policy: 'pecr_strict' },
    reason: 'The demonstration dealership shows the strict policy.',
    recordedBy: 'demonstration',
  });
  await recordAssessment(context, {
    legalEntityId: 1,
    channels: ['letter', 'live_call'],
    categories: ['service_follow_up', 'general_marketing'],
    purpose: 'Remind customers of the MOT and service of their car, and tell them of offers.',
    necessity: 'Customers who were never asked can be reached in no less intrusive way.',
    balance:
      'Customers of a garage expect a letter when their car is due, and every letter says how to stop.',
    approvedBy: 'Data protection lead of the demonstration',
    reviewOn: nextYear(context),
  });
  const { batch } = await runImport(
    context,
    {
      customersFile: path.join(sampleFolder, 'customers.csv'),
      vehiclesFile: path.join(sampleFolder, 'vehicles.csv'),
    },
    { startedBy: 'demonstration' },
  );
  const { key } = await createApiKey(context, 'Demonstration', scopes);
  const selection = selectionSchema.parse({ channel: 'letter', category: 'service_follow_up' });
  return { apiKey: key, totals: batch.totals, firstList: await countSelection(context, selection) };
}

function nextYear(context: Context): string {
  return context.clock.now().toZonedDateTimeISO('Europe/London').toPlainDate().add({ years: 1 }).toString();
}
