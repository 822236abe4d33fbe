import { beforeAll, describe, expect, it } from 'vitest';
import { endKeeping, mergeCustomers, readCustomer } from '../../../src/features/customers/service.ts';
import type { NewPermissionEvent } from '../../../src/features/permissions/contract.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import {
  recordAct,
  recordPermissionEvent,
  setPersonStatus,
} from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

const record = (customer: string, event: NewPermissionEvent) =>
  recordPermissionEvent(context, customer, event, adviser);

/** Takes the newest entry back. */
async function correctNewest(customer: string) {
  const { sequence } = await permissionsOf(context, customer);
  return record(customer, { kind: 'correct', corrects: sequence, givenBy: 'staff' });
}

async function newestKind(customer: string): Promise<string | undefined> {
  return (await permissionsOf(context, customer)).history.at(-1)?.act.kind;
}

const refused = { status: 422, field: 'corrects' };
const givenBy = 'staff';

describe('a correction', () => {
  it.each<[string, NewPermissionEvent]>([
    ['preferences', answers('general_marketing', [{ channel: 'sms' }])],
    ['an objection', { kind: 'stop_all_marketing', givenBy }],
    ['a review', { kind: 'confirm_review', givenBy }],
    ['a review not done', { kind: 'review_not_done', outcome: 'did_not_ask', reason: null, givenBy }],
    [
      'the facts of an existing customer',
      {
        kind: 'existing_customer',
        obtainedIn: 'sale',
        optOutOffered: true,
        similarProducts: true,
        obtainedOn: null,
        givenBy,
      },
    ],
  ])('takes back %s recorded wrongly', async (_, event) => {
    const customer = await givenCustomer(context);
    await record(customer, event);
    expect((await correctNewest(customer)).event).toMatchObject({ corrects: 2, act: { kind: 'corrected' } });
  });

  it('takes back a no about a vehicle recorded wrongly', async () => {
    const customer = await givenCustomer(context, { vehicles: [{ registration: 'GH61 JKL' }] });
    const vehicleId = (await readCustomer(context, customer)).vehicles[0]?.vehicleId ?? '';
    await record(customer, { kind: 'vehicle_contact', vehicleId, permitted: false, givenBy });
    expect((await correctNewest(customer)).state.vehicleOptOuts.size).toBe(0);
  });

  it('of a merge is refused: the objection of the other record stands', async () => {
    const survivorId = await givenCustomer(context);
    const absorbedId = await givenCustomer(context);
    await record(absorbedId, { kind: 'stop_all_marketing', givenBy });
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    await expect(correctNewest(survivorId)).rejects.toMatchObject(refused);
    expect((await permissionsOf(context, survivorId)).objectedAt).not.toBeNull();
  });

  it.each(['deceased', 'erased'] as const)('of %s is refused', async (status) => {
    const customer = await givenCustomer(context);
    await setPersonStatus(context, customer, status, true, adviser);
    await expect(correctNewest(customer)).rejects.toMatchObject(refused);
    expect(await newestKind(customer)).toBe('status_set');
  });

  it.each([
    { kind: 'imported', legacy: 'both', assumed: true },
    { kind: 'reset', keepConsent: false },
  ] as const)('of one entry of what was done to many is refused ($kind)', async (act) => {
    const customer = await givenCustomer(context);
    await recordAct(context, { customerId: customer, act, actor: adviser });
    await expect(correctNewest(customer)).rejects.toMatchObject(refused);
    expect(await newestKind(customer)).toBe(act.kind);
  });

  it('of the opening, or of another correction, is refused', async () => {
    const customer = await givenCustomer(context);
    await expect(correctNewest(customer)).rejects.toMatchObject(refused);
    await record(customer, { kind: 'stop_all_marketing', givenBy });
    await correctNewest(customer);
    await expect(correctNewest(customer)).rejects.toMatchObject(refused);
  });

  it('of an entry that is not there is refused, the one it would be itself included', async () => {
    const customer = await givenCustomer(context);
    for (const corrects of [2, 99]) {
      await expect(record(customer, { kind: 'correct', corrects, givenBy })).rejects.toMatchObject(refused);
    }
  });

  it('for somebody who is not on file finds nobody', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000';
    await expect(record(nobody, { kind: 'correct', corrects: 1, givenBy })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('a no about a vehicle', () => {
  it('is refused when the vehicle never was theirs', async () => {
    const customer = await givenCustomer(context);
    const neighbour = await givenCustomer(context, { vehicles: [{ registration: 'GH62 JKL' }] });
    const vehicleId = (await readCustomer(context, neighbour)).vehicles[0]?.vehicleId ?? '';
    await expect(
      record(customer, { kind: 'vehicle_contact', vehicleId, permitted: false, givenBy }),
    ).rejects.toMatchObject({ status: 422, field: 'vehicleId' });
    expect(await newestKind(customer)).toBe('opened');
  });

  it('is taken for a vehicle that has left them', async () => {
    const customer = await givenCustomer(context, { vehicles: [{ registration: 'GH63 JKL' }] });
    const vehicleId = (await readCustomer(context, customer)).vehicles[0]?.vehicleId ?? '';
    await endKeeping(context, customer, vehicleId, '2026-06-30');
    const { state } = await record(customer, {
      kind: 'vehicle_contact',
      vehicleId,
      permitted: false,
      givenBy,
    });
    expect([...state.vehicleOptOuts.keys()]).toEqual([vehicleId]);
  });
});
