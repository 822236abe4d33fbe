import { beforeAll, describe, expect, it } from 'vitest';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
});

describe('a wish for no reminders about a vehicle', () => {
  async function givenWish(): Promise<{
    customer: string;
    vehicleId: string;
    mayWrite: () => Promise<string[]>;
  }> {
    const customer = await givenCustomer(context, { vehicles: [{ registration: 'FO57 LDS' }] });
    const [vehicle] = (await readCustomer(context, customer)).vehicles;
    const vehicleId = vehicle?.vehicleId ?? '';
    const yes = answers('service_follow_up', [{ channel: 'letter' }]);
    await recordPermissionEvent(context, customer, yes, adviser);
    context.clock.advance({ minutes: 5 });
    const no = { kind: 'vehicle_contact', vehicleId, permitted: false, givenBy: 'customer' } as const;
    await recordPermissionEvent(context, customer, no, adviser);
    const question = { channel: 'letter', category: 'service_follow_up', vehicleId } as const;
    const mayWrite = async (): Promise<string[]> => {
      const { decision } = await decideFor(context, customer, question);
      return [decision.verdict, ...decision.reasons];
    };
    return { customer, vehicleId, mayWrite };
  }
  const welcome = {
    kind: 'vehicle_contact',
    permitted: true,
    givenBy: 'staff',
    method: 'phone',
    wording,
  } as const;

  it.each([
    ['how', 'method', { method: null }],
    ['on what wording', 'wording', { wording: null }],
    ['when', 'occurredAt', { occurredAt: null }],
  ] as const)('is not taken back while nobody says %s', async (_, field, unknown) => {
    const { customer, vehicleId, mayWrite } = await givenWish();
    context.clock.advance({ minutes: 5 });
    const unproved = { ...welcome, vehicleId, ...unknown };
    await expect(recordPermissionEvent(context, customer, unproved, adviser)).rejects.toMatchObject({
      code: 'evidence-required',
      field,
    });
    expect(await mayWrite()).toEqual(['deny', 'VEHICLE_OPT_OUT']);
  });

  it('stands at its own instant, and is taken back by a later word with its proof', async () => {
    const { customer, vehicleId, mayWrite } = await givenWish();
    await recordPermissionEvent(context, customer, { ...welcome, vehicleId }, adviser);
    expect(await mayWrite()).toEqual(['deny', 'VEHICLE_OPT_OUT']);
    context.clock.advance({ minutes: 5 });
    await recordPermissionEvent(context, customer, { ...welcome, vehicleId }, adviser);
    expect(await mayWrite()).toEqual(['allow', 'CONSENT']);
  });
});
