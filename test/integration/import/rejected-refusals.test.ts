import { beforeAll, describe, expect, it } from 'vitest';
import { planImport } from '../../../src/features/imports/plan/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText } from '../../support/imports.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder, vehiclesCsv } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context, 'assume_legitimate_interest');
});

/** Imports a file, and sees that the dry run before it had counted the same. */
async function importText(text: string) {
  const customersFile = await folder.write(text);
  const { totals: planned } = await planImport(context, { customersFile });
  const { batch } = await runImport(context, { customersFile }, { startedBy: 'test' });
  const { sharedContactPoints: _, ...totals } = batch.totals;
  expect(totals).toEqual({ ...planned, sharedContactPoints: undefined });
  return totals;
}

function importOf(rows: readonly CustomerText[]) {
  return importText(customersCsv(rows));
}

async function textsAllowed(customerNumber: string): Promise<string[]> {
  const { cells } = await permissionsOf(context, await idOf(context, customerNumber));
  return cells
    .filter(({ channel, decision }) => channel === 'sms' && decision.verdict === 'allow')
    .map(({ category }) => category);
}

/** Each number is another person: what one of them refuses is not refused for the others. */
function anne(customerNumber: string, changes: CustomerText = {}): CustomerText {
  const mobile = '07700 900123';
  const flags = { no_follow_up: 'N', no_marketing: 'N' };
  return { customer_no: customerNumber, surname: `Smith ${customerNumber}`, mobile, ...flags, ...changes };
}

const nameless = { surname: '', no_follow_up: 'Y', no_marketing: 'Y' };

describe('a dry run of vehicles', () => {
  it('counts links and remarks on a shared vehicle as the import does', async () => {
    const customersFile = await folder.write(customersCsv([anne('6100'), anne('6101')]));
    const vin = 'WF0AXXGCDA1234567';
    const vehiclesFile = await folder.write(
      vehiclesCsv([
        { customer_no: '6100', registration: 'AB12 CDE', vin },
        { customer_no: '6100', registration: 'AB12 CDE' },
        { customer_no: '6101', vin },
      ]),
    );
    const files = { customersFile, vehiclesFile };
    const { totals: planned } = await planImport(context, files);
    const { batch } = await runImport(context, files, { startedBy: 'test' });
    expect(planned.vehicles).toEqual(batch.totals.vehicles);
    expect(planned.vehicles).toMatchObject({ linked: 2, alreadyLinked: 1 });
    expect(planned.ambiguous).toEqual(batch.totals.ambiguous);
    expect(planned.ambiguous).toMatchObject({ several_keepers: 1 });
  });
});

describe('a no is never lost with the row that carries it', () => {
  it('without any no, the customer of these tests may be texted', async () => {
    await importOf([anne('6000')]);
    expect(await textsAllowed('6000')).toContain('general_marketing');
  });

  it('a row with an impossible date is kept without the date, and its no counts', async () => {
    const bad = { no_follow_up: 'Y', no_marketing: 'Y', created_on: '31/02/2011' };
    const totals = await importOf([anne('6001'), anne('6001', bad)]);
    expect(totals.customers).toMatchObject({ created: 1, repeated: 1, rejected: 0 });
    expect(totals.firstWarnings).toMatchObject([{ line: 3, column: 'created_on' }]);
    expect(await textsAllowed('6001')).toEqual([]);
  });

  it.each([
    ['has no name', '6002', nameless],
    ['has a flag that cannot be read', '6003', { no_marketing: 'STOP' }],
  ])('a row that %s refuses for the customer, before or after it in the file', async (_, number, bad) => {
    const totals = await importOf([
      anne(number, bad),
      anne(number),
      anne(`${number}-b`),
      anne(`${number}-b`, bad),
    ]);
    expect(totals.customers).toMatchObject({ created: 2, rejected: 2 });
    expect(totals.rejectedWithNo).toBe(2);
    expect(await textsAllowed(number)).toEqual([]);
    expect(await textsAllowed(`${number}-b`)).toEqual([]);
  });

  it('a rejected row adds its no to a customer on file, once', async () => {
    await importOf([anne('6004')]);
    const totals = await importOf([anne('6004', nameless), anne('6004', { ...nameless, branch: 'SHEF' })]);
    expect(totals.customers).toMatchObject({ rejected: 2, flagsAdded: 1 });
    expect(await textsAllowed('6004')).toEqual([]);
  });

  it('a row thousands of lines away counts before the customer is entered', async () => {
    const others = Array.from({ length: 1_100 }, (_, index) => anne(`6005-${index}`));
    await importOf([anne('6005'), ...others, anne('6005', nameless)]);
    const { history } = await permissionsOf(context, await idOf(context, '6005'));
    expect(history.map(({ act }) => act)).toMatchObject([{ kind: 'imported', legacy: 'both' }]);
  });

  it('a record with a value too many refuses, since its flags cannot be told', async () => {
    const text = `${customersCsv([anne('6006')])}6006,,,,Smith,one,too,many\r\n`;
    const totals = await importText(text);
    expect(totals.rejectedWithNo).toBe(1);
    expect(await textsAllowed('6006')).toEqual([]);
  });

  it('a rejected row without a no adds none', async () => {
    const totals = await importOf([anne('6007'), anne('6007', { surname: '' })]);
    expect(totals.rejectedWithNo).toBe(0);
    expect(await textsAllowed('6007')).toContain('general_marketing');
  });
});
