import { beforeEach, describe, expect, it } from 'vitest';
import {
  confirmContactPoint,
  editCustomer,
  endKeeping,
  linkVehicle,
  markBounced,
  mergeCustomers,
  readCustomer,
} from '../../../src/features/customers/service.ts';
import type { DecisionQuestion } from '../../../src/features/permissions/contract.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeEach(async () => {
  context = await contextOn(database);
});

const message = { identity: true, optOutMeans: true, callerNumber: true };
const offers: DecisionQuestion = { channel: 'email', category: 'general_marketing', message };
const reminders: DecisionQuestion = { channel: 'email', category: 'service_follow_up', message };

async function reasons(id: string, question: DecisionQuestion, at?: string): Promise<readonly string[]> {
  const asOf = at === undefined ? undefined : Date.parse(at);
  return (await decideFor(context, id, question, asOf)).decision.reasons;
}

async function agreed(given: Parameters<typeof givenCustomer>[1] = {}): Promise<string> {
  const id = await givenCustomer(context, given);
  for (const category of ['general_marketing', 'service_follow_up'] as const) {
    await recordPermissionEvent(context, id, answers(category, [{ channel: 'email' }]), adviser);
  }
  return id;
}

/** A quarter of an hour after the customer was entered, and then every quarter of an hour. */
const [first, second, third] = ['2026-11-23T11:15:00Z', '2026-11-23T11:30:00Z', '2026-11-23T11:45:00Z'];
const [betweenFirstAndSecond, afterThird] = ['2026-11-23T11:20:00Z', '2026-11-23T12:00:00Z'];
const beforeAnything = '2026-11-23T11:10:00Z';

describe('a decision as of a past moment sees what was on record then', () => {
  it('of a number or address that bounced since, or was confirmed since', async () => {
    const id = await agreed();
    const { contactPoints } = await readCustomer(context, id);
    const email = contactPoints.find(({ kind }) => kind === 'email')?.id ?? '';
    context.clock.set(first);
    await markBounced(context, id, email);
    context.clock.set(second);
    await confirmContactPoint(context, id, email);
    context.clock.set(third);
    await markBounced(context, id, email);
    context.clock.set(afterThird);
    expect(await reasons(id, offers, beforeAnything)).toEqual(['CONSENT']);
    expect(await reasons(id, offers, first)).toEqual(['CONTACT_POINT_INVALID']);
    expect(await reasons(id, offers, betweenFirstAndSecond)).toEqual(['CONTACT_POINT_INVALID']);
    expect(await reasons(id, offers, second)).toEqual(['CONSENT']);
    expect(await reasons(id, offers)).toEqual(['CONTACT_POINT_INVALID']);
  });

  it('of a vehicle that came, went and came back since', async () => {
    const id = await agreed();
    context.clock.set(first);
    const vehicleId = await linkVehicle(context, id, { registration: 'AB12 CDE' });
    context.clock.set(second);
    await endKeeping(context, id, vehicleId, '2026-11-01');
    context.clock.set(third);
    await linkVehicle(context, id, { registration: 'AB12 CDE' });
    context.clock.set(afterThird);
    const about = { ...reminders, vehicleId };
    expect(await reasons(id, about, beforeAnything)).toEqual(['VEHICLE_NOT_LINKED']);
    expect(await reasons(id, about, betweenFirstAndSecond)).toEqual(['CONSENT']);
    expect(await reasons(id, about, second)).toEqual(['VEHICLE_NOT_OWNED']);
    expect(await reasons(id, about)).toEqual(['CONSENT']);
  });

  it('of who somebody is, and how old', async () => {
    const id = await agreed({ kind: 'individual' });
    context.clock.set(first);
    await editCustomer(context, id, { birthOn: '2015-05-01' }, (await readCustomer(context, id)).version);
    context.clock.set(second);
    await editCustomer(context, id, { birthOn: '1985-05-01' }, (await readCustomer(context, id)).version);
    context.clock.set(afterThird);
    expect(await reasons(id, offers, beforeAnything)).toEqual(['CONSENT']);
    expect(await reasons(id, offers, betweenFirstAndSecond)).toEqual(['CHILD_MARKETING_BLOCK']);
    expect(await reasons(id, offers)).toEqual(['CONSENT']);
  });

  it('of two records before and after they became one', async () => {
    const survivor = await givenCustomer(context, { contactPoints: [] });
    const absorbed = await agreed({ vehicles: [{ registration: 'CD34 EFG' }] });
    context.clock.set(first);
    await mergeCustomers(context, { survivorId: survivor, absorbedId: absorbed }, adviser);
    context.clock.set(second);
    expect(await reasons(absorbed, reminders, beforeAnything)).toEqual(['CONSENT']);
    expect(await reasons(survivor, reminders, beforeAnything)).toEqual(['CONTACT_POINT_MISSING']);
    expect(await reasons(absorbed, reminders)).toEqual(['IDENTITY_UNRESOLVED']);
    expect(await reasons(survivor, reminders)).toEqual(['CONSENT']);
    expect(await reasons(survivor, reminders, first)).toEqual(['CONSENT']);
  });
});
