import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { linkVehicle, readCustomer } from '../../../src/features/customers/service.ts';
import { createEnquiry } from '../../../src/features/enquiries/service.ts';
import { reverseImport } from '../../../src/features/imports/reversal/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Actor, Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText, VehicleText } from '../../support/imports.ts';
import {
  choosePolicy,
  customersCsv,
  idOf,
  rowCounts,
  useImportFolder,
  vehiclesCsv,
} from '../../support/imports.ts';
import { givenAppointment } from '../../support/workshop.ts';

const database = useDatabase();
const folder = useImportFolder();
const administrator: Actor = { kind: 'staff', id: 'administrator' };
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context);
});

async function given(customers: readonly CustomerText[], vehicles: readonly VehicleText[] = []) {
  const request = {
    customersFile: await folder.write(customersCsv(customers)),
    vehiclesFile: await folder.write(vehiclesCsv(vehicles)),
  };
  const { batch } = await runImport(context, request, { startedBy: 'test' });
  return { request, batchId: batch.id };
}

const profileTables = [
  'customer',
  'contact_point',
  'permission_standing',
  'vehicle',
  'keeper',
  'keeper_standing',
];

async function profileCounts() {
  const counts = await rowCounts(database);
  return profileTables.map((table) => counts[table]);
}

describe('taking an import back', () => {
  it('keeps whoever was booked in since, and a vehicle that was, whoever has it now', async () => {
    const before = await givenCustomer(context, { customerNumber: 'BK-0' });
    const { batchId } = await given(
      [
        { customer_no: 'BK-0', surname: 'Holroyd' },
        { customer_no: 'BK-1', surname: 'Holroyd' },
      ],
      [
        { customer_no: 'BK-0', registration: 'BK10 OLD' },
        { customer_no: 'BK-1', registration: 'BK11 NEW' },
      ],
    );
    for (const customerId of [before, await idOf(context, 'BK-1')]) {
      const { vehicles } = await readCustomer(context, customerId);
      await givenAppointment(context, { customerId, vehicleId: vehicles[0]?.vehicleId ?? '' });
    }
    const batch = await reverseImport(context, batchId, administrator);
    expect(batch.totals.reversal).toMatchObject({ removed: 0, kept: 1, keptCustomerNumbers: ['BK-1'] });
    expect((await readCustomer(context, before)).vehicles).toMatchObject([{ registration: 'BK10OLD' }]);
  });

  it('removes customers it created and nobody touched, with all that was theirs; their ledger stays', async () => {
    const before = await profileCounts();
    const { batchId } = await given(
      [
        { customer_no: 'A1', surname: 'Holroyd', mobile: '07700 900050', no_marketing: 'Y' },
        { customer_no: 'A2', surname: 'Holroyd' },
      ],
      [{ customer_no: 'A1', registration: 'AB12 CDE' }],
    );
    const id = await idOf(context, 'A1');
    const batch = await reverseImport(context, batchId, administrator);
    expect(batch).toMatchObject({
      status: 'reversed',
      totals: { reversal: { removed: 2, kept: 0, corrected: 2 } },
    });
    expect(await profileCounts()).toEqual(before);
    const entries = await database.query(
      'select sequence, kind, corrects, act from ledger_event where customer_id = $1 order by sequence',
      [id],
    );
    expect(entries).toMatchObject([
      { sequence: 1, kind: 'imported' },
      { sequence: 2, kind: 'corrected', corrects: 1, act: { reason: 'import_reversed' } },
    ]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('puts the permissions of customers on file back to what they were, by new entries', async () => {
    const customer = await givenCustomer(context);
    const { customerNumber } = await readCustomer(context, customer);
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'letter' }]),
      adviser,
    );
    const cells = async () =>
      (await permissionsOf(context, customer)).cells.map(({ state, decision }) => [
        state,
        decision.verdict,
        decision.reasons,
      ]);
    const before = await cells();
    const { batchId } = await given(
      [{ customer_no: customerNumber, surname: 'Other', no_marketing: 'Y' }],
      [{ customer_no: customerNumber, registration: 'AB13 CDE' }],
    );
    expect(await cells()).not.toEqual(before);
    await reverseImport(context, batchId, administrator);
    expect(await cells()).toEqual(before);
    expect((await readCustomer(context, customer)).vehicles).toEqual([]);
    expect((await permissionsOf(context, customer)).history.map(({ act }) => act.kind)).toEqual([
      'opened',
      'recorded',
      'imported',
      'corrected',
    ]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('leaves customers whom somebody touched since, and lists them', async () => {
    const { batchId } = await given(
      ['B1', 'B2', 'B3'].map((customer_no) => ({ customer_no, surname: 'Holroyd', mobile: '07700 900051' })),
      [{ customer_no: 'B2', registration: 'AB14 CDE' }],
    );
    const said = answers('general_marketing', [{ channel: 'sms', answer: 'withdrawn' }]);
    await recordPermissionEvent(context, await idOf(context, 'B1'), said, adviser);
    await linkVehicle(context, await idOf(context, 'B2'), { registration: 'AB15 CDE' });
    const { totals } = await reverseImport(context, batchId, administrator);
    expect(totals.reversal).toEqual({ removed: 1, kept: 2, corrected: 3, keptCustomerNumbers: ['B1', 'B2'] });
    const { cells } = await permissionsOf(context, await idOf(context, 'B1'));
    const sms = cells.find(({ channel, category }) => channel === 'sms' && category === 'general_marketing');
    expect(sms).toMatchObject({ state: 'withdrawn', decision: { verdict: 'deny' } });
    expect((await readCustomer(context, await idOf(context, 'B2'))).vehicles).toHaveLength(2);
    await expect(idOf(context, 'B3')).rejects.toMatchObject({ code: 'customer-not-found' });
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('leaves whoever asked about a vehicle since, with the enquiry', async () => {
    const { batchId } = await given([{ customer_no: 'EQ1', surname: 'Asking' }]);
    const customer = await idOf(context, 'EQ1');
    await createEnquiry(context, { source: 'phone', customer, vehicleOfInterest: 'Ford Puma' }, adviser);
    const { totals } = await reverseImport(context, batchId, administrator);
    expect(totals.reversal).toMatchObject({ removed: 0, kept: 1, keptCustomerNumbers: ['EQ1'] });
    expect(await database.query('select customer_id from enquiry')).toEqual([{ customer_id: customer }]);
  });

  it('a vehicle that somebody else has stays', async () => {
    const keeper = await givenCustomer(context);
    const { batchId } = await given(
      [{ customer_no: 'C1', surname: 'Holroyd' }],
      [{ customer_no: 'C1', registration: 'AB16 CDE' }],
    );
    await linkVehicle(context, keeper, { registration: 'AB16 CDE' });
    await reverseImport(context, batchId, administrator);
    expect((await readCustomer(context, keeper)).vehicles).toMatchObject([{ registration: 'AB16CDE' }]);
  });

  it('is done once: again it changes nothing', async () => {
    const { batchId } = await given([{ customer_no: 'D1', surname: 'Holroyd' }]);
    const first = await reverseImport(context, batchId, administrator);
    const before = await rowCounts(database);
    expect(await reverseImport(context, batchId, administrator)).toEqual(first);
    expect(await rowCounts(database)).toEqual(before);
  });

  it('lets the same file be imported again, each customer with a new chain', async () => {
    const { request, batchId } = await given([{ customer_no: 'E1', surname: 'Holroyd', no_follow_up: 'Y' }]);
    const first = await idOf(context, 'E1');
    await reverseImport(context, batchId, administrator);
    const { outcome } = await runImport(context, request, { startedBy: 'test' });
    expect(outcome).toBe('imported');
    const second = await idOf(context, 'E1');
    expect(second).not.toBe(first);
    expect((await permissionsOf(context, second)).history).toMatchObject([
      { sequence: 1, act: { legacy: 'no_follow_up' } },
    ]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('an import that does not exist cannot be reversed', async () => {
    for (const nobody of ['00000000-0000-7000-8000-000000000000', 'the last one']) {
      await expect(reverseImport(context, nobody, administrator)).rejects.toMatchObject({
        code: 'import-not-found',
      });
    }
  });

  it('is proved by the ledger however its id was written', async () => {
    const { batchId } = await given([{ customer_no: 'F1', surname: 'Holroyd' }]);
    const { id, status } = await reverseImport(context, batchId.toUpperCase(), administrator);
    expect([id, status]).toEqual([batchId, 'reversed']);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });
});
