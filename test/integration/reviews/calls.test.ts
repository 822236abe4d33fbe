import { describe, expect, it } from 'vitest';
import { linkVehicle, readCustomer } from '../../../src/features/customers/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { recordScreenings } from '../../../src/features/privacy/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);
const overdueList = '/api/v1/review-calls?status=overdue';

/** Somebody who was reviewed in May, when they said this of calls. */
async function overdue(surname: string, answer: 'granted' | 'not_given'): Promise<string> {
  const id = await givenCustomer(api.context, { title: 'Mrs', forename: 'Ann', surname });
  const { contactPoints } = await readCustomer(api.context, id);
  const number = contactPoints.find(({ kind }) => kind === 'mobile')?.normalised ?? '';
  const screening = { register: 'tps', number, listedOn: null, screenedOn: '2026-11-23' } as const;
  await recordScreenings(api.context, [screening]);
  const said = answers('general_marketing', [{ channel: 'live_call', answer }]);
  await recordPermissionEvent(api.context, id, { ...said, occurredAt: '2026-05-01T09:00:00Z' }, adviser);
  return id;
}

const looks = (action: string) =>
  database.query('select customer_id from access_log where action = $1', [action]);

describe('the call list', () => {
  it('holds those of the queue whom we may phone, with the number, the car and what to ask, and each look is on record', async () => {
    const id = await overdue('Welcome', 'granted');
    await overdue('Unwelcome', 'not_given');
    await linkVehicle(api.context, id, { registration: 'RC12 ABC', make: 'Ford', model: 'Focus' });
    const list = await api.ask(overdueList);
    expect(list.body).toMatchObject({
      calls: [
        {
          customerId: id,
          displayName: 'Mrs Ann Welcome',
          dial: expect.stringMatching(/^\+447700900\d{3}$/),
          vehicles: ['Ford Focus RC12 ABC'],
          toAsk: expect.stringContaining('your Focus'),
          dueOn: '2026-11-01',
        },
      ],
      hours: { open: true },
      overdueBlocks: false,
      nextCursor: null,
    });
    expect(await looks('call list looked at')).toEqual([{ customer_id: id }]);
    for (const scope of ['customers:read', 'permissions:read']) {
      const key = await api.keyWith('reviews:read', scope);
      expect((await api.ask(overdueList, { key })).status).toBe(403);
    }
  });

  it('is handed out as a list that left the house: decided again, on record, and counted as a contact', async () => {
    const made = await api.ask('/api/v1/review-calls:export', { body: { status: 'overdue' } });
    expect(made.body).toMatchObject({ rows: 1 });
    const id = made.at('exportId');
    const record = await api.ask(`/api/v1/exports/${id}`);
    expect(record.body).toMatchObject({
      channel: 'live_call',
      category: 'permission_request',
      selection: { reviews: { status: 'overdue' } },
      rows: 1,
      sha256: made.at('sha256'),
    });
    const csv = await api.ask(`/api/v1/exports/${id}/list`);
    expect(csv.text).toContain('Mrs Ann Welcome');
    expect(csv.text).not.toContain('Unwelcome');
    expect(await looks('call list handed out')).toEqual([{ customer_id: null }]);
    expect(await database.query('select channel from hand_over where export_id = $1', [id])).toHaveLength(1);
    const key = await api.keyWith('reviews:read', 'customers:read', 'permissions:read');
    const refused = await api.ask('/api/v1/review-calls:export', { body: { status: 'overdue' }, key });
    expect(refused.status).toBe(403);
  });

  it('says that an overdue review blocks, where the policy lets it, and then holds nobody', async () => {
    const settings = { reviewOverdueEffect: 'block' } as const;
    await changePolicy(api.context, { settings, reason: 'No marketing unasked.', recordedBy: 'Priya' });
    expect((await api.ask(overdueList)).body).toMatchObject({ calls: [], overdueBlocks: true });
  });
});
