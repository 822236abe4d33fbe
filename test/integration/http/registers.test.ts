import { describe, expect, it } from 'vitest';
import { scopesOfRole } from '../../../src/features/users/roles.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const api = useApi(useDatabase());
const number = '07700 900831';

describe('registers, the do-not-contact list and what is known of a person, over HTTP', () => {
  it('are for those who answer for the data; at the counter a no can be recorded, and none taken back', () => {
    expect(scopesOfRole.privacy).toEqual(expect.arrayContaining(['registers:read', 'registers:write']));
    expect(scopesOfRole.marketing).toContain('registers:read');
    for (const role of ['adviser', 'sales', 'marketing', 'manager'] as const) {
      expect(scopesOfRole[role]).not.toContain('registers:write');
    }
    expect(scopesOfRole.adviser).toContain('permissions:write');
    expect(scopesOfRole.adviser).not.toContain('permissions:correct');
  });

  it('record a screening once, however often it is sent', async () => {
    const request = {
      body: {
        register: 'tps',
        screenedOn: '2026-11-20',
        results: [
          { number, listed: true },
          { number: '12', listed: true },
        ],
      },
      headers: { 'idempotency-key': 'screening-1' },
    };
    const first = await api.ask('/api/v1/screenings', request);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      rows: 2,
      listed: 1,
      refused: 1,
      firstRefused: [{ row: 2, field: 'number' }],
    });
    expect(first.text).not.toContain('900831');
    const again = await api.ask('/api/v1/screenings', request);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const state = await api.ask('/api/v1/screenings');
    expect(state.body).toMatchObject({
      maxAgeDays: 28,
      registers: [{ register: 'tps', screened: 1, listed: 1, lastScreenedOn: '2026-11-20' }, {}, {}],
    });
  });

  it('refuse a day that lies in the future, naming the field and nobody', async () => {
    const refused = await api.ask('/api/v1/screenings', {
      body: { register: 'tps', screenedOn: '2027-11-20', results: [{ number, listed: true }] },
    });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'screenedOn' }] });
    expect(refused.text).not.toContain('900831');
  });

  it('put a number on the list by an adviser, and take it off only by those who may', async () => {
    const adviser = await api.keyWith(...scopesOfRole.adviser);
    const contactPoint = { kind: 'phone', value: number };
    const added = await api.ask('/api/v1/suppressions', {
      key: adviser,
      body: { contactPoint, reason: 'objection' },
    });
    expect(added.status).toBe(201);
    expect(added.body).toEqual({ contactPoints: 1, people: 0 });
    const removal = { contactPoint, reason: 'entered_in_error' };
    expect((await api.ask('/api/v1/suppressions:remove', { key: adviser, body: removal })).status).toBe(403);
    expect((await api.ask('/api/v1/suppressions', { key: adviser })).status).toBe(403);
    const list = await api.ask('/api/v1/suppressions?limit=1');
    expect(list.body).toMatchObject({
      suppressions: [{ reason: 'objection', removedAt: null }],
      nextCursor: null,
    });
    expect(list.text).not.toContain('900831');
    api.context.clock.set('2026-11-23T11:05:00Z');
    expect((await api.ask('/api/v1/suppressions:remove', { body: removal })).status).toBe(200);
    expect((await api.ask('/api/v1/suppressions:remove', { body: removal })).status).toBe(404);
  });

  it('record a death at the counter, and take it back only by those who may correct', async () => {
    const id = await givenCustomer(api.context);
    const adviser = await api.keyWith(...scopesOfRole.adviser);
    const url = `/api/v1/customers/${id}/statuses`;
    const set = await api.ask(url, { key: adviser, body: { status: 'deceased', value: true } });
    expect(set.status).toBe(200);
    expect(set.body).toMatchObject({ customerId: id, statuses: [{ status: 'deceased' }] });
    const cleared = { status: 'deceased', value: false };
    expect((await api.ask(url, { key: adviser, body: cleared })).status).toBe(403);
    api.context.clock.set('2026-11-23T11:10:00Z');
    expect((await api.ask(url, { body: cleared })).body).toMatchObject({ statuses: [] });
    expect((await api.ask(url, { key: adviser })).body).toMatchObject({ statuses: [] });
  });
});
