import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import {
  addContactPoint,
  editCustomer,
  endKeeping,
  markBounced,
  mergeCustomers,
  readCustomer,
} from '../../../src/features/customers/service.ts';
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

describe('a record that became part of another one', () => {
  it('hands a no that is still recorded on it to the one it became part of, in the standing answers at once', async () => {
    const pair = await pairOfRecords();
    await mergeCustomers(context, pair, adviser);
    const further = await givenCustomer(context);
    await mergeCustomers(context, { survivorId: further, absorbedId: pair.survivorId }, adviser);
    const standing = async () =>
      database.query(
        'select email_general_marketing as code, ledger_sequence from permission_standing where customer_id = $1',
        [further],
      );
    const [before] = await standing();
    await recordPermissionEvent(
      context,
      pair.absorbedId,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const [after] = await standing();
    expect(after?.code).not.toBe(before?.code);
    const question = { channel: 'email', category: 'general_marketing' } as const;
    expect((await decideFor(context, further, question)).decision.reasons).toContain(
      'OBJECTION_ALL_MARKETING',
    );
    expect((await verifyLedger(context)).faults).toEqual([]);
  });
});

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

  it('counts a STOP that is still written down with the record that was merged away, lists included', async () => {
    const pair = await pairOfRecords();
    const lastId = await givenCustomer(context);
    await mergeCustomers(context, pair, adviser);
    await mergeCustomers(context, { survivorId: lastId, absorbedId: pair.survivorId }, adviser);
    const stop = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
    await recordPermissionEvent(context, pair.absorbedId, stop, adviser);
    const question = { channel: 'email', category: 'general_marketing' } as const;
    const { decision } = await decideFor(context, lastId, question);
    expect(decision.reasons).toEqual(['OBJECTION_ALL_MARKETING']);
    expect((await verifyLedger(context)).faults).toEqual([]);
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

describe('what stops contact on one of the two records stops it on the merged one', () => {
  const sides = ['survivor', 'absorbed'] as const;
  type Side = (typeof sides)[number];

  async function twoWhoAgreed(given: Parameters<typeof givenCustomer>[1] = {}) {
    const survivorId = await givenCustomer(context, given);
    const absorbedId = await givenCustomer(context, given);
    for (const id of [survivorId, absorbedId]) {
      for (const category of ['service_follow_up', 'general_marketing'] as const) {
        await recordPermissionEvent(context, id, answers(category, [{ channel: 'email' }]), adviser);
      }
    }
    return { survivorId, absorbedId };
  }

  const idOf = (pair: Record<`${Side}Id`, string>, side: Side): string => pair[`${side}Id`];

  async function mayEmail(customer: string, vehicleId?: string): Promise<string[]> {
    const category = vehicleId === undefined ? 'general_marketing' : 'service_follow_up';
    const question = { channel: 'email', category, vehicleId } as const;
    const { decision } = await decideFor(context, customer, question);
    return [decision.verdict, ...decision.reasons];
  }

  it.each(sides)('an address that bounced on the %s record has bounced', async (side) => {
    const value = `bounced-${side}@example.com`;
    const pair = await twoWhoAgreed({ contactPoints: [{ kind: 'email', value }] });
    const { contactPoints } = await readCustomer(context, idOf(pair, side));
    await markBounced(context, idOf(pair, side), contactPoints[0]?.id ?? '');
    const { cells } = await mergeCustomers(context, pair, adviser);
    expect(cells.some(({ mergedAllowed }) => mergedAllowed)).toBe(false);
    expect(await mayEmail(pair.survivorId)).toEqual(['deny', 'CONTACT_POINT_INVALID']);
  });

  it.each(sides)('an address that nobody confirmed on the %s record is to be confirmed', async (side) => {
    const contactPoint = { kind: 'email', value: `unconfirmed-${side}@example.com` } as const;
    const pair = await twoWhoAgreed({ contactPoints: [] });
    for (const one of sides) {
      const givenBy = one === side ? 'other' : 'customer';
      await addContactPoint(context, idOf(pair, one), { contactPoint, givenBy });
    }
    await mergeCustomers(context, pair, adviser);
    expect(await mayEmail(pair.survivorId)).toEqual(['deny', 'CONTACT_POINT_UNVERIFIED']);
  });

  it('an address that bounced on one record and nobody confirmed on the other has bounced', async () => {
    const contactPoint = { kind: 'email', value: 'bounced-or-unconfirmed@example.com' } as const;
    const pair = await twoWhoAgreed({ contactPoints: [] });
    for (const one of sides) {
      await addContactPoint(context, idOf(pair, one), { contactPoint, givenBy: 'other' });
    }
    const { contactPoints } = await readCustomer(context, pair.survivorId);
    await markBounced(context, pair.survivorId, contactPoints[0]?.id ?? '');
    await mergeCustomers(context, pair, adviser);
    expect(await mayEmail(pair.survivorId)).toEqual(['deny', 'CONTACT_POINT_INVALID']);
  });

  it.each(sides)('a vehicle that is gone on the %s record is gone', async (side) => {
    const registration = side === 'survivor' ? 'GH56 JKL' : 'GH57 JKL';
    const pair = await twoWhoAgreed({ vehicles: [{ registration }] });
    const { vehicles } = await readCustomer(context, pair.survivorId);
    const car = vehicles[0]?.vehicleId ?? '';
    await endKeeping(context, idOf(pair, side), car, '2026-06-30');
    await mergeCustomers(context, pair, adviser);
    expect(await mayEmail(pair.survivorId, car)).toEqual(['deny', 'VEHICLE_NOT_OWNED']);
  });

  it.each(sides)('a vehicle is gone from the earlier day, the one of the %s record', async (side) => {
    const registration = side === 'survivor' ? 'GH58 JKL' : 'GH59 JKL';
    const pair = await twoWhoAgreed({ vehicles: [{ registration }] });
    const { vehicles } = await readCustomer(context, pair.survivorId);
    for (const one of sides) {
      const untilOn = one === side ? '2026-05-01' : '2026-06-30';
      await endKeeping(context, idOf(pair, one), vehicles[0]?.vehicleId ?? '', untilOn);
    }
    expect(await mergeCustomers(context, pair, adviser)).toMatchObject({ vehiclesMoved: 0 });
    expect((await readCustomer(context, pair.survivorId)).vehicles).toMatchObject([
      { untilOn: '2026-05-01' },
    ]);
  });

  it.each(sides)('a child by the date of birth of the %s record is a child', async (side) => {
    const pair = await twoWhoAgreed();
    for (const one of sides) {
      const birthOn = one === side ? '2012-06-01' : '1980-02-29';
      await editCustomer(context, idOf(pair, one), { birthOn }, 1);
    }
    await mergeCustomers(context, pair, adviser);
    expect(await mayEmail(pair.survivorId)).toEqual(['deny', 'CHILD_MARKETING_BLOCK']);
    expect(await readCustomer(context, pair.survivorId)).toMatchObject({ birthOn: '2012-06-01' });
  });

  it('a child by the only date of birth there is, is a child', async () => {
    const pair = await twoWhoAgreed();
    await editCustomer(context, pair.absorbedId, { birthOn: '2012-06-01' }, 1);
    await mergeCustomers(context, pair, adviser);
    expect(await mayEmail(pair.survivorId)).toEqual(['deny', 'CHILD_MARKETING_BLOCK']);
  });
});
