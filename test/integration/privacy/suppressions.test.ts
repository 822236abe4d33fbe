import { beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/domain/vocabulary.ts';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { suppressContact } from '../../../src/features/privacy/service.ts';
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

type Points = NonNullable<Parameters<typeof givenCustomer>[1]>['contactPoints'];

/** Somebody who agreed to everything, before now, and keeps these numbers and addresses. */
async function willing(contactPoints: Points): Promise<string> {
  const customer = await givenCustomer(context, { contactPoints });
  const everywhere = (['sms', 'letter', 'live_call', 'email'] as const).map((channel) => ({ channel }));
  const occurredAt = context.clock.now().toString();
  const yes = { ...answers('general_marketing', everywhere), occurredAt };
  await recordPermissionEvent(context, customer, yes, adviser);
  context.clock.advance({ minutes: 1 });
  return customer;
}

async function reasonsOf(customer: string, channel: Channel): Promise<string[]> {
  const { decision } = await decideFor(context, customer, { channel, category: 'general_marketing' });
  return [...decision.reasons];
}

/** Whose stored answers, from which lists are made, are not what the engine says now. */
const wronglyStored = (...customers: string[]): Promise<string[]> =>
  findWrongAnswers(context.database.db, context, customers);

describe('a number or address on the do-not-contact list', () => {
  it('is off every list at once, on every record that has it', async () => {
    const phone = { kind: 'phone', value: '07700 900701' } as const;
    const [first, second] = [await willing([phone]), await willing([phone])];
    const other = await willing([{ kind: 'phone', value: '07700 900702' }]);
    expect(await reasonsOf(first, 'sms')).toEqual(['CONSENT']);
    await suppressContact(context, { kind: 'landline', normalised: '+447700900701', reason: 'objection' });
    for (const customer of [first, second]) {
      expect(await reasonsOf(customer, 'sms')).toEqual(['SUPPRESSION_LIST_MATCH']);
      expect(await reasonsOf(customer, 'live_call')).toEqual(['SUPPRESSION_LIST_MATCH']);
    }
    expect(await reasonsOf(other, 'sms')).toEqual(['CONSENT']);
    expect(await wronglyStored(first, second, other)).toEqual([]);
  });

  it('leaves the other ways to somebody who agreed to them', async () => {
    const email = { kind: 'email', value: 'suppressed@example.com' } as const;
    const customer = await willing([email, { kind: 'phone', value: '07700 900703' }]);
    await suppressContact(context, { kind: 'email', normalised: email.value, reason: 'complaint' });
    expect(await reasonsOf(customer, 'email')).toEqual(['SUPPRESSION_LIST_MATCH']);
    expect(await reasonsOf(customer, 'sms')).toEqual(['CONSENT']);
    expect(await wronglyStored(customer)).toEqual([]);
  });

  it('is one house, not everybody of its postcode', async () => {
    const at = (line1: string): Points => [{ kind: 'postal', address: { line1, postcode: 'LS9 7AA' } }];
    const [here, nextDoor] = [await willing(at('1 Quay Row')), await willing(at('2 Quay Row'))];
    const [point] = (await readCustomer(context, here)).contactPoints;
    const house = { kind: 'postal', normalised: point?.normalised ?? '', line1: '1 Quay Row' } as const;
    await suppressContact(context, { ...house, reason: 'gone_away' });
    expect(await reasonsOf(here, 'letter')).toEqual(['SUPPRESSION_LIST_MATCH']);
    expect(await reasonsOf(nextDoor, 'letter')).toEqual(['CONSENT']);
    expect(await wronglyStored(here, nextDoor)).toEqual([]);
  });

  it('is lifted for one cell by what the customer agreed to afterwards', async () => {
    const customer = await willing([{ kind: 'phone', value: '07700 900704' }]);
    await suppressContact(context, { kind: 'mobile', normalised: '+447700900704', reason: 'objection' });
    context.clock.advance({ minutes: 1 });
    const occurredAt = context.clock.now().toString();
    const yes = { ...answers('general_marketing', [{ channel: 'sms' }]), occurredAt };
    await recordPermissionEvent(context, customer, yes, adviser);
    expect(await reasonsOf(customer, 'sms')).toEqual(['CONSENT']);
    expect(await reasonsOf(customer, 'live_call')).toEqual(['SUPPRESSION_LIST_MATCH']);
    expect(await wronglyStored(customer)).toEqual([]);
  });
});
