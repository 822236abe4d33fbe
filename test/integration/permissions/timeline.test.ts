import { describe, expect, it } from 'vitest';
import { endKeeping, linkVehicle, mergeCustomers } from '../../../src/features/customers/service.ts';
import { recordHandOvers } from '../../../src/features/messages/service.ts';
import { adviser } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { usePopUp } from '../../support/pop-up.ts';

const database = useDatabase();
const api = useApi(database);
const { newCustomer, save, record, timeline } = usePopUp(api);

const later = () => api.context.clock.advance({ minutes: 5 });

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly on: string;
  readonly at: string | null;
  readonly sentence: string;
  readonly detail: string | null;
  readonly sequence: number | null;
}

const entriesOf = async (customer: string): Promise<Entry[]> =>
  (await timeline(customer)).at('entries') as Entry[];

describe('what happened with a customer', () => {
  it('is told in words, the newest first, with who did it and on which wording', async () => {
    const customer = await newCustomer({ createdOn: '2019-03-12', branch: 'MAIN' });
    later();
    await record(customer, {
      kind: 'review_not_done',
      outcome: 'did_not_ask',
      reason: 'customer_not_present',
      branch: 'MAIN',
    });
    later();
    await save(customer, ['sms service_follow_up']);
    later();
    await record(customer, { kind: 'stop_all_marketing', method: 'phone' });
    const entries = await entriesOf(customer);
    expect(entries.map(({ sentence }) => sentence)).toEqual([
      'Stopped all marketing by phone',
      'Reviewed in person: yes to service follow-up by SMS; the rest left unticked',
      'Review not done at Main branch: did not ask (customer not present)',
      'Ford Focus AB01 CDE linked',
      'Entered as a customer',
      'Became a customer',
    ]);
    expect(entries[1]).toMatchObject({
      kind: 'permission',
      on: '2026-11-23',
      detail: 'Tests · wording 1',
      sequence: 3,
    });
    expect(entries[5]).toMatchObject({ kind: 'customer', on: '2019-03-12', at: null, sequence: null });
  });

  it('holds entries that were corrected, marked as such', async () => {
    const customer = await newCustomer();
    later();
    await save(customer, ['sms service_follow_up']);
    later();
    await record(customer, { kind: 'correct', corrects: 2 });
    const entries = await entriesOf(customer);
    expect(entries.find(({ sequence }) => sequence === 2)?.detail).toContain('corrected by entry 3');
    expect(entries.find(({ sequence }) => sequence === 3)?.sentence).toBe(
      'Entry 2 was recorded wrongly and counts for nothing',
    );
  });

  it('holds what was handed over, and the vehicles they had', async () => {
    const customer = await newCustomer();
    const vehicle = await linkVehicle(api.context, customer, {
      registration: 'XY12 CDE',
      make: 'Kia',
      model: 'Ceed',
      fromOn: '2020-05-01',
    });
    later();
    await recordHandOvers(api.context, [
      { customerId: customer, channel: 'letter', purpose: 'service_follow_up', marketing: true },
    ]);
    await endKeeping(api.context, customer, vehicle, '2026-11-22');
    const entries = await entriesOf(customer);
    expect(entries.filter(({ kind }) => kind === 'message')).toMatchObject([
      { sentence: 'Service follow-up sent by letter', sequence: null },
    ]);
    expect(entries.filter(({ sentence }) => sentence.includes('Kia'))).toMatchObject([
      { sentence: 'Kia Ceed XY12 CDE linked', detail: 'theirs since 1 May 2020' },
      { sentence: 'Kia Ceed XY12 CDE no longer owned', on: '2026-11-22', at: null },
    ]);
  });

  it('goes on with what happened on a record that became part of this one', async () => {
    const survivorId = await newCustomer();
    const absorbedId = await newCustomer({ customerNumber: '777001' });
    await save(absorbedId, []);
    later();
    await mergeCustomers(api.context, { survivorId, absorbedId }, adviser, { dryRun: false });
    const entries = await entriesOf(survivorId);
    expect(entries[0]?.sentence).toBe('Record 777001 of the same person became part of this one');
    const taken = entries.find(({ sentence }) => sentence.endsWith('every box left unticked'));
    expect(taken).toMatchObject({ sequence: null });
    expect(taken?.detail).toContain('on the record that became part of this one');
  });

  it('is read page by page, each entry once and in order, whatever happens at one instant', async () => {
    const customer = await newCustomer();
    for (let index = 0; index < 6; index += 1) {
      const message = { customerId: customer, channel: 'sms', purpose: 'service_message' } as const;
      await recordHandOvers(api.context, [
        { ...message, marketing: false },
        { ...message, marketing: false },
      ]);
      await record(customer, { kind: 'confirm_review' });
      if (index % 2 === 0) later();
    }
    const all = await entriesOf(customer);
    expect(all).toHaveLength(20);
    const seen: Entry[] = [];
    let cursor = '';
    for (let page = 0; page < 30; page += 1) {
      const answer = await timeline(customer, `?limit=3${cursor}`);
      seen.push(...(answer.at('entries') as Entry[]));
      if (answer.at('nextCursor') === null) break;
      cursor = `&cursor=${answer.at('nextCursor')}`;
    }
    expect(seen).toEqual(all);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20);
  });

  it('is written down as a look at the customer, and there for nobody who is not on file', async () => {
    const customer = await newCustomer();
    await timeline(customer);
    const looks = await database.query(
      "select from access_log where customer_id = $1 and action = 'timeline read'",
      [customer],
    );
    expect(looks).toHaveLength(1);
    expect((await timeline('no:nobody')).status).toBe(404);
    expect((await timeline(customer, '?cursor=abc')).body).toMatchObject({
      status: 422,
      errors: [{ field: 'cursor' }],
    });
  });
});
