import { beforeAll, describe, expect, it } from 'vitest';
import {
  addContactPoint,
  confirmContactPoint,
  markBounced,
  mergeCustomers,
  readCustomer,
  removeContactPoint,
} from '../../../src/features/customers/service.ts';
import { decideFor, permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { recordScreenings } from '../../../src/features/privacy/service.ts';
import { findWrongAnswers } from '../../../src/features/standing/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
});

let numbers = 0;

/** A number that is listed with TPS, like nobody else's. */
async function listedNumber(kind: 'mobile' | 'landline'): Promise<string> {
  numbers += 1;
  const last = numbers.toString().padStart(3, '0');
  const number = kind === 'mobile' ? `+447700900${last}` : `+441144960${last}`;
  await recordScreenings(context, [
    { register: 'tps', number, listedOn: '2025-01-06', screenedOn: '2026-11-20' },
  ]);
  return number;
}

async function givenLines(...values: string[]): Promise<string> {
  const contactPoints = values.map((value) => ({ kind: 'phone' as const, value }));
  return givenCustomer(context, { contactPoints });
}

async function lineOf(customer: string, number: string): Promise<string> {
  const { contactPoints } = await readCustomer(context, customer);
  return contactPoints.find(({ normalised }) => normalised === number)?.id ?? '';
}

/** The customer says, just now, that calls are welcome. */
async function welcomeCalls(customer: string): Promise<void> {
  context.clock.advance({ minutes: 1 });
  const occurredAt = context.clock.now().toString();
  const yes = { ...answers('general_marketing', [{ channel: 'live_call' }]), occurredAt };
  await recordPermissionEvent(context, customer, yes, adviser);
  context.clock.advance({ minutes: 1 });
}

/** Asked of the engine, once the stored codes were found to say the same. */
async function mayCall(customer: string): Promise<string[]> {
  expect(await findWrongAnswers(context.database.db, context, [customer])).toEqual([]);
  const question = { channel: 'live_call', category: 'general_marketing' } as const;
  const { decision } = await decideFor(context, customer, question);
  return [decision.verdict, ...decision.reasons];
}

const allowed = ['allow', 'CONSENT', 'TPS_OVERRIDDEN_BY_CONSENT'];
const refused = ['deny', 'TPS_REGISTERED'];

describe('a yes to calls belongs to the line it was given for', () => {
  it('which stands in the ledger by its id, never by its number', async () => {
    const number = await listedNumber('mobile');
    const customer = await givenLines(number);
    await welcomeCalls(customer);
    expect(await mayCall(customer)).toEqual(allowed);
    const { history } = await permissionsOf(context, customer);
    expect(history.at(-1)?.cells).toMatchObject([{ line: await lineOf(customer, number) }]);
    expect(JSON.stringify(history)).not.toContain('7700');
  });

  it('and does not pass to a mobile that works again', async () => {
    const [mobile, landline] = [await listedNumber('mobile'), await listedNumber('landline')];
    const customer = await givenLines(mobile, landline);
    await markBounced(context, customer, await lineOf(customer, mobile));
    await welcomeCalls(customer);
    expect(await mayCall(customer)).toEqual(allowed);
    await confirmContactPoint(context, customer, await lineOf(customer, mobile));
    expect(await mayCall(customer)).toEqual(refused);
  });

  it('and does not pass to the landline when the mobile bounces or is removed', async () => {
    const [mobile, landline] = [await listedNumber('mobile'), await listedNumber('landline')];
    const customer = await givenLines(mobile, landline);
    await welcomeCalls(customer);
    expect(await mayCall(customer)).toEqual(allowed);
    await markBounced(context, customer, await lineOf(customer, mobile));
    expect(await mayCall(customer)).toEqual(refused);
    await removeContactPoint(context, customer, await lineOf(customer, mobile));
    expect(await mayCall(customer)).toEqual(refused);
  });

  it('and ends when the number is given up, though it is entered again', async () => {
    const mobile = await listedNumber('mobile');
    const customer = await givenLines(mobile);
    await welcomeCalls(customer);
    await removeContactPoint(context, customer, await lineOf(customer, mobile));
    context.clock.advance({ minutes: 1 });
    const contactPoint = { kind: 'phone', value: mobile } as const;
    await addContactPoint(context, customer, { contactPoint, givenBy: 'customer' });
    expect(await mayCall(customer)).toEqual(refused);
  });

  it('and does not pass to the number of the record it becomes part of', async () => {
    const absorbedId = await givenLines(await listedNumber('mobile'));
    const survivorId = await givenLines(await listedNumber('landline'), await listedNumber('mobile'));
    await welcomeCalls(absorbedId);
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    expect(await mayCall(survivorId)).toEqual(refused);
  });

  it('and comes along with its number in a merge, under whichever id', async () => {
    const moved = await givenLines(await listedNumber('mobile'));
    await welcomeCalls(moved);
    const without = await givenLines();
    await mergeCustomers(context, { survivorId: without, absorbedId: moved }, adviser);
    expect(await mayCall(without)).toEqual(allowed);

    const shared = await listedNumber('mobile');
    const [survivorId, absorbedId] = [await givenLines(shared), await givenLines(shared)];
    await welcomeCalls(absorbedId);
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    expect(await mayCall(survivorId)).toEqual(allowed);
  });
});

describe('a yes to calls that was written down later', () => {
  it('says no line where today’s was not in use when it was given', async () => {
    const customer = await givenLines(await listedNumber('mobile'));
    const yes = answers('general_marketing', [{ channel: 'live_call' }]);
    const earlier = { ...yes, occurredAt: '2026-11-01T09:00:00Z' };
    await recordPermissionEvent(context, customer, earlier, adviser);
    expect((await permissionsOf(context, customer)).history.at(-1)?.cells[0]).not.toHaveProperty('line');
    expect(await mayCall(customer)).toEqual(refused);
  });
});
