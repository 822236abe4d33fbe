import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { judgePair, pairsOf } from '../../../src/features/customers/pairs/service.ts';
import { mergeCustomers } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent, setPersonStatus } from '../../../src/features/permissions/service.ts';
import { changeStatus } from '../../../src/features/permissions/statuses/service.ts';
import { nowOf } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

async function whoAgreed(): Promise<string> {
  const id = await givenCustomer(context);
  await recordPermissionEvent(context, id, answers('general_marketing', [{ channel: 'email' }]), adviser);
  return id;
}

async function reasons(id: string): Promise<readonly string[]> {
  return (await decideFor(context, id, { channel: 'email', category: 'general_marketing' })).decision.reasons;
}

const waits = ['IDENTITY_UNRESOLVED'];

function later(): void {
  context.clock.set(new Date(nowOf(context) + 60_000).toISOString());
}

async function judge(a: string, b: string, judgement: Parameters<typeof judgePair>[2]): Promise<void> {
  later();
  await judgePair(context, [a, b], judgement, adviser);
}

describe('two records that are probably the same person', () => {
  it('receive no marketing, either of them, until they are said to be two people', async () => {
    const [a, b] = [await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    expect([await reasons(a), await reasons(b)]).toEqual([waits, waits]);
    expect(await pairsOf(context, a)).toMatchObject([{ customerId: b, state: 'checking' }]);
    expect(await pairsOf(context, b)).toMatchObject([{ customerId: a, state: 'checking' }]);
    await judge(b, a, 'different');
    expect([await reasons(a), await reasons(b)]).toEqual([['CONSENT'], ['CONSENT']]);
    expect(await pairsOf(context, a)).toMatchObject([{ customerId: b, state: 'different' }]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('still receive what is no marketing', async () => {
    const [a, b] = [await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    const question = { channel: 'email', category: 'service_message' } as const;
    expect((await decideFor(context, a, question)).decision.verdict).toBe('allow');
  });

  it('wait for as long as nobody says what they are', async () => {
    const [a, b] = [await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    await expect(judge(a, b, 'undecided')).rejects.toMatchObject({ code: 'pair-being-checked' });
    const change = { status: 'identity_unresolved', value: false } as const;
    await expect(changeStatus(context, a, change, adviser)).rejects.toMatchObject({
      code: 'pair-being-checked',
    });
    const now = new Date(nowOf(context)).toISOString();
    context.clock.set('2036-11-24T11:00:00Z');
    expect(await reasons(a)).toEqual(waits);
    context.clock.set(now);
  });

  it('wait for the last of several checks', async () => {
    const [a, b, c] = [await whoAgreed(), await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    await judge(c, a, 'probably_same');
    await judge(a, b, 'different');
    expect([await reasons(a), await reasons(b), await reasons(c)]).toEqual([waits, ['CONSENT'], waits]);
    await judge(a, c, 'different');
    expect(await reasons(a)).toEqual(['CONSENT']);
  });

  it('stay stopped where somebody had stopped marketing by hand before', async () => {
    const [a, b] = [await whoAgreed(), await whoAgreed()];
    await setPersonStatus(context, a, 'identity_unresolved', true, adviser);
    await judge(a, b, 'probably_same');
    await judge(a, b, 'different');
    expect([await reasons(a), await reasons(b)]).toEqual([waits, ['CONSENT']]);
  });

  it('wait no longer once they are merged, and what else was being checked goes on with the one that stays', async () => {
    const [a, b, c] = [await whoAgreed(), await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    await judge(b, c, 'probably_same');
    later();
    await mergeCustomers(context, { survivorId: a, absorbedId: b }, adviser);
    expect(await reasons(a)).toEqual(waits);
    expect(await pairsOf(context, a)).toMatchObject([{ customerId: c, state: 'checking' }]);
    later();
    await mergeCustomers(context, { survivorId: a, absorbedId: c }, adviser);
    expect(await reasons(a)).toEqual(['CONSENT']);
    expect(await pairsOf(context, a)).toEqual([]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('are judged once, whoever says it again, and never a record with itself or one that is part of another', async () => {
    const [a, b, c] = [await whoAgreed(), await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'probably_same');
    const entries = 'select count(*)::int as count from ledger_event where customer_id = $1';
    const before = await database.query(entries, [a]);
    await judge(b, a, 'probably_same');
    expect(await database.query(entries, [a])).toEqual(before);
    await expect(judge(a, a, 'different')).rejects.toMatchObject({ status: 422, field: 'other' });
    await mergeCustomers(context, { survivorId: a, absorbedId: b }, adviser);
    await expect(judge(b, c, 'probably_same')).rejects.toMatchObject({ code: 'customer-merged' });
  });

  it('may be told apart again after somebody took it back', async () => {
    const [a, b] = [await whoAgreed(), await whoAgreed()];
    await judge(a, b, 'different');
    await judge(a, b, 'undecided');
    expect(await pairsOf(context, a)).toEqual([]);
    expect(await reasons(a)).toEqual(['CONSENT']);
  });
});
