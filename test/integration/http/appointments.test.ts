import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { givenKeeper } from '../../support/workshop.ts';

const database = useDatabase();
const api = useApi(database);

const when = { branch: 'MAIN', arrivesOn: '2026-11-25', arrivalTime: '08:30' };
const jobs = [{ jobType: 'service' }, { jobType: 'mot' }];

describe('appointments over HTTP', () => {
  it('a booking that is sent again books once', async () => {
    const keeper = await givenKeeper(api.context);
    const request = { body: { ...when, ...keeper, jobs }, headers: { 'idempotency-key': 'one-press' } };
    const first = await api.ask('/api/v1/appointments', request);
    const again = await api.ask('/api/v1/appointments', request);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.at('id')).toBe(first.at('id'));
    expect(first.headers['etag']).toBe('"1"');
    const listed = await api.ask(`/api/v1/appointments?customerId=${keeper.customerId}&limit=1`);
    expect(listed.at('appointments')).toHaveLength(1);
    expect(listed.at('nextCursor')).toBeNull();
  });

  it('an edit says which version it was made against', async () => {
    const keeper = await givenKeeper(api.context);
    const booked = await api.ask('/api/v1/appointments', { body: { ...when, ...keeper, jobs } });
    const url = `/api/v1/appointments/${String(booked.at('id'))}`;
    const move = { method: 'PATCH', body: { arrivalTime: '09:00' } } as const;
    expect((await api.ask(url, move)).status).toBe(428);
    const moved = await api.ask(url, { ...move, headers: { 'if-match': '"1"' } });
    expect([moved.status, moved.headers['etag'], moved.at('arrivalTime')]).toEqual([200, '"2"', '09:00']);
    const late = await api.ask(url, { ...move, headers: { 'if-match': '"1"' } });
    expect([late.status, late.at('code')]).toEqual([412, 'version-changed']);
  });

  it('the diary shows who comes and how much room is left, and every look at it is written down', async () => {
    const keeper = await givenKeeper(
      api.context,
      { registration: 'AB12 CDE' },
      { title: 'Mrs', surname: 'Holroyd' },
    );
    await api.ask('/api/v1/appointments', { body: { ...when, ...keeper, arrivesOn: '2026-11-27', jobs } });
    const diary = await api.ask('/api/v1/diary?branch=MAIN&fromOn=2026-11-23&days=7');
    expect(diary.at('days')).toHaveLength(7);
    expect(diary.at('days.4.appointments.0')).toMatchObject({
      displayName: 'Mrs Holroyd',
      vehicle: { registration: 'AB12 CDE' },
      jobs: [
        { jobType: 'service', minutes: 90 },
        { jobType: 'mot', minutes: 45 },
      ],
      status: 'booked',
    });
    expect(diary.at('days.6')).toMatchObject({ isOpen: false, appointments: [] });
    const looks = await database.query("select detail from access_log where action = 'diary looked at'");
    expect(looks).toEqual([{ detail: { branch: 'MAIN', fromOn: '2026-11-23', untilOn: '2026-11-29' } }]);
  });

  it('shows no customer to whoever may see only the diary, and lets only who may change the workshop do so', async () => {
    const key = await api.keyWith('appointments:read');
    expect((await api.ask('/api/v1/diary?branch=MAIN', { key })).status).toBe(403);
    const slots = { branch: 'MAIN', jobs };
    expect((await api.ask('/api/v1/appointments:find-slots', { key, body: slots })).status).toBe(200);
    const hours = await api.ask('/api/v1/workshop-hours/MAIN', { key });
    expect([hours.status, hours.headers['etag']]).toEqual([200, '"0"']);
    const change = { method: 'PATCH', body: { leadDays: 28 }, headers: { 'if-match': '"0"' } } as const;
    expect((await api.ask('/api/v1/workshop-hours/MAIN', { ...change, key })).status).toBe(403);
    expect((await api.ask('/api/v1/workshop-hours/MAIN', change)).at('settings.leadDays')).toBe(28);
    expect((await api.ask('/api/v1/workshop-hours/MAIN', change)).status).toBe(412);
  });

  it('beyond what a day can do, only whoever answers for the workshop books, with a reason', async () => {
    const keeper = await givenKeeper(api.context);
    const body = { ...when, ...keeper, jobs, overbookedBecause: 'Not safe to drive' };
    const adviser = await api.keyWith('customers:read', 'appointments:read', 'appointments:write');
    expect((await api.ask('/api/v1/appointments', { key: adviser, body })).status).toBe(403);
    expect((await api.ask('/api/v1/appointments', { body })).status).toBe(201);
  });

  it('a health check is recorded once and changed with its ETag', async () => {
    const keeper = await givenKeeper(api.context);
    const booked = await api.ask('/api/v1/appointments', {
      body: { ...when, ...keeper, jobs, arrivalTime: '14:00' },
    });
    const url = `/api/v1/appointments/${String(booked.at('id'))}/health-check`;
    expect((await api.ask(url)).body).toEqual({ healthCheck: null });
    const deferred = {
      item: 'Front tyres',
      severity: 'amber',
      pricePence: 18_900,
      outcome: 'deferred',
      followUpOn: '2027-01-10',
    };
    const made = await api.ask(url, { body: { mileage: 30_000, findings: [deferred] } });
    expect([made.status, made.headers['etag']]).toEqual([201, '"1"']);
    const maintenance = await api.ask(`/api/v1/customers/${keeper.customerId}/maintenance?branch=MAIN`);
    expect(maintenance.at('vehicles.0.due.0')).toMatchObject({
      jobType: 'vhc',
      urgency: 'later',
      dueOn: '2027-01-10',
    });
    const changed = await api.ask(`/api/v1/health-checks/${String(made.at('id'))}`, {
      method: 'PATCH',
      body: {
        findings: [{ ...deferred, id: made.at('findings.0.id'), outcome: 'declined', followUpOn: null }],
      },
      headers: { 'if-match': '"1"' },
    });
    expect([changed.status, changed.at('findings.0.outcome')]).toEqual([200, 'declined']);
  });
});
