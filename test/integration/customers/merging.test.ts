import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { editCustomer, mergeCustomers, readCustomer } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

async function pairOfRecords() {
  const survivorId = await givenCustomer(context, { prospect: true });
  const absorbedId = await givenCustomer(context, {
    birthOn: '1980-02-29',
    vehicles: [{ registration: `ME${survivorId.slice(-4)}1`.toUpperCase() }],
  });
  await recordPermissionEvent(
    context,
    survivorId,
    answers('general_marketing', [{ channel: 'sms' }, { channel: 'email' }]),
    adviser,
  );
  await recordPermissionEvent(
    context,
    absorbedId,
    answers('general_marketing', [{ channel: 'sms', answer: 'withdrawn' }, { channel: 'email' }]),
    adviser,
  );
  return { survivorId, absorbedId };
}

describe('merging two records of one person', () => {
  it('keeps every no of both, and leaves both chains as they were', async () => {
    const pair = await pairOfRecords();
    const outcome = await mergeCustomers(context, pair, adviser);
    expect(outcome).toMatchObject({ dryRun: false, contactPointsMoved: 3, vehiclesMoved: 1 });
    const cell = (channel: string) =>
      outcome.cells.find((item) => item.channel === channel && item.category === 'general_marketing');
    expect(cell('sms')).toMatchObject({
      survivorAllowed: true,
      absorbedAllowed: false,
      mergedAllowed: false,
    });
    expect(cell('email')).toMatchObject({
      survivorAllowed: true,
      absorbedAllowed: true,
      mergedAllowed: true,
    });
    const ask = async (channel: 'sms' | 'email', id: string) =>
      (await decideFor(context, id, { channel, category: 'general_marketing' })).decision;
    expect((await ask('sms', pair.survivorId)).reasons).toEqual(['PERMISSION_WITHDRAWN']);
    expect((await ask('email', pair.survivorId)).verdict).toBe('allow');
    expect((await ask('email', pair.absorbedId)).reasons).toEqual(['IDENTITY_UNRESOLVED']);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('brings numbers, addresses, vehicles and what only one record knew to the one that stays', async () => {
    const pair = await pairOfRecords();
    await mergeCustomers(context, pair, adviser);
    const survivor = await readCustomer(context, pair.survivorId);
    expect(survivor).toMatchObject({ birthOn: '1980-02-29', prospect: false });
    expect(survivor.contactPoints.map(({ kind, rank }) => `${kind} ${rank}`)).toEqual([
      'email 0',
      'email 1',
      'mobile 0',
      'mobile 1',
      'postal 0',
      'postal 1',
    ]);
    expect(survivor.vehicles).toHaveLength(1);
    expect(await readCustomer(context, pair.absorbedId)).toMatchObject({
      mergedIntoId: pair.survivorId,
      contactPoints: [],
      vehicles: [],
    });
  });

  it('as a dry run says the same and changes nothing', async () => {
    const pair = await pairOfRecords();
    const before = [
      await readCustomer(context, pair.survivorId),
      await readCustomer(context, pair.absorbedId),
    ];
    const planned = await mergeCustomers(context, pair, adviser, { dryRun: true });
    expect([
      await readCustomer(context, pair.survivorId),
      await readCustomer(context, pair.absorbedId),
    ]).toEqual(before);
    expect({ ...planned, dryRun: false }).toEqual(await mergeCustomers(context, pair, adviser));
    expect(planned.dryRun).toBe(true);
  });

  it('is refused for a record with itself, an unknown one, or one that is part of another already', async () => {
    const pair = await pairOfRecords();
    await mergeCustomers(context, pair, adviser);
    const { survivorId, absorbedId } = pair;
    await expect(
      mergeCustomers(context, { survivorId, absorbedId: survivorId }, adviser),
    ).rejects.toMatchObject({
      status: 422,
      field: 'absorbed',
    });
    const nobody = '01900000-0000-7000-8000-000000000000';
    await expect(mergeCustomers(context, { survivorId, absorbedId: nobody }, adviser)).rejects.toMatchObject({
      status: 404,
    });
    await expect(mergeCustomers(context, pair, adviser)).rejects.toMatchObject({ code: 'customer-merged' });
    await expect(editCustomer(context, absorbedId, { surname: 'Other' }, 2)).rejects.toMatchObject({
      status: 409,
      code: 'customer-merged',
    });
  });

  it('leaves no number flagged shared between the two', async () => {
    const phone = { kind: 'phone', value: '07700 900888' } as const;
    const survivorId = await givenCustomer(context, { contactPoints: [phone] });
    const absorbedId = await givenCustomer(context, { contactPoints: [phone] });
    expect((await readCustomer(context, survivorId)).contactPoints).toMatchObject([{ shared: true }]);
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    expect((await readCustomer(context, survivorId)).contactPoints).toMatchObject([{ shared: false }]);
  });
});
