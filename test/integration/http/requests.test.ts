import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordPermissionEvent, setPersonStatus } from '../../../src/features/permissions/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { revokeApiKey } from '../../../src/features/users/service.ts';
import { nowOf } from '../../../src/platform/context.ts';
import { forgetOldAnswers } from '../../../src/platform/idempotency.ts';
import { adviser, answers, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);

const customers = async () =>
  (await database.query('select count(*)::int as count from customer'))[0]?.['count'];

describe('the API', () => {
  it('enters, reads, finds and edits a customer', async () => {
    const created = await api.ask('/api/v1/customers', {
      body: {
        customerNumber: '12345',
        forename: 'Ann',
        surname: 'Holroyd',
        contactPoints: [{ kind: 'phone', value: '07700 900201' }],
        vehicles: [{ registration: 'AB12 CDE' }],
      },
    });
    expect(created.status).toBe(201);
    expect(created.headers['location']).toBe(`/api/v1/customers/${created.at('id')}`);
    const read = await api.ask('/api/v1/customers/no:12345');
    expect(read.body).toEqual(created.body);
    expect(read.body).toMatchObject({
      customerNumber: '12345',
      branch: 'MAIN',
      version: 1,
      contactPoints: [
        { kind: 'mobile', value: '07700 900201', usable: true, inUseSince: '2026-11-23T11:00:00Z' },
      ],
      vehicles: [{ registration: 'AB12CDE' }],
    });
    const found = await api.ask('/api/v1/customers:search', { body: { text: 'ab12' } });
    expect(found.body).toMatchObject({
      customers: [{ customerId: created.at('id'), foundBy: ['registration'] }],
    });
    const edited = await api.ask('/api/v1/customers/no:12345', {
      method: 'PATCH',
      body: { surname: 'Holroyd-Shaw' },
      headers: { 'if-match': String(read.headers['etag']) },
    });
    expect(edited.body).toMatchObject({ forename: 'Ann', surname: 'Holroyd-Shaw', version: 2 });
    expect(edited.headers['etag']).toBe('"2"');
  });

  it('answers with those who look like the same person, and goes on when told so', async () => {
    const body = { surname: 'Double', contactPoints: [{ kind: 'email', value: 'double@example.com' }] };
    const first = await api.ask('/api/v1/customers', { body });
    const second = await api.ask('/api/v1/customers', { body });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({
      created: false,
      duplicates: [{ customerId: first.at('id'), matchedOn: ['email'] }],
    });
    const third = await api.ask('/api/v1/customers', { body: { ...body, confirmDuplicate: true } });
    expect(third.status).toBe(201);
    expect(third.at('contactPoints.0.shared')).toBe(true);
  });

  it('changes contact points and vehicles, and answers with the customer as they are then', async () => {
    const id = await givenCustomer(api.context, { contactPoints: [] });
    const url = `/api/v1/customers/${id}`;
    const added = await api.ask(`${url}/contact-points`, {
      body: { contactPoint: { kind: 'phone', value: '07700 900202' }, givenBy: 'other' },
    });
    expect(added.body).toMatchObject({ version: 2, contactPoints: [{ status: 'unverified' }] });
    const point = () => `${url}/contact-points/${pointId}`;
    let pointId = String(added.at('contactPoints.0.id'));
    const confirmed = await api.ask(`${point()}:confirm`, { method: 'POST' });
    expect(confirmed.at('contactPoints.0.status')).toBe('ok');
    const replaced = await api.ask(`${point()}:replace`, {
      body: { contactPoint: { kind: 'phone', value: '07700 900203' }, givenBy: 'customer' },
    });
    expect(replaced.at('contactPoints.0.value')).toBe('07700 900203');
    expect((await api.ask(`${point()}:bounced`, { method: 'POST' })).status).toBe(404);
    pointId = String(replaced.at('contactPoints.0.id'));
    expect((await api.ask(`${point()}:bounced`, { method: 'POST' })).at('contactPoints.0.status')).toBe(
      'bounced',
    );
    expect((await api.ask(point(), { method: 'DELETE' })).at('contactPoints')).toEqual([]);
    const linked = await api.ask(`${url}/vehicles`, { body: { registration: 'CD34 EFG', make: 'Ford' } });
    const vehicle = `${url}/vehicles/${linked.at('vehicles.0.vehicleId')}`;
    const ended = await api.ask(`${vehicle}:no-longer-owned`, { body: { untilOn: '2026-11-01' } });
    expect(ended.at('vehicles.0.untilOn')).toBe('2026-11-01');
  });

  it('records what a customer answered, and says what may be sent, today and as of any past instant', async () => {
    const id = await givenCustomer(api.context, { customerNumber: 'P/1 a' });
    const address = `/api/v1/customers/${encodeURIComponent('no:P/1 a')}`;
    const ask = (more: object = {}) =>
      api.ask('/api/v1/decisions', {
        body: { customer: 'no:p/1 A', channel: 'sms', category: 'general_marketing', ...more },
      });
    const before = await ask();
    expect(before.body).toMatchObject({
      customerId: id,
      verdict: 'deny',
      reasons: [{ code: 'NO_PERMISSION' }],
    });
    expect(before.at('trace')).toBeUndefined();
    api.context.clock.advance({ minutes: 10 });
    const recorded = await api.ask(`${address}/permission-events`, {
      body: {
        kind: 'record',
        cells: [{ channel: 'sms', category: 'general_marketing', answer: 'granted' }],
        review: true,
        occurredAt: '2026-11-23T11:05:00Z',
        method: 'in_person',
        wording,
        note: 'Asked at the service desk.',
      },
    });
    expect(recorded.status).toBe(201);
    expect(recorded.body).toMatchObject({ customerId: id, entry: { sequence: 2, kind: 'recorded' } });
    const after = await ask({ trace: true });
    expect(after.body).toMatchObject({ verdict: 'allow', basis: 'consent', evidence: { sequence: 2 } });
    expect(after.at('trace.0')).toMatchObject({ stage: expect.any(String), law: expect.any(String) });
    expect((await ask({ asOf: '2026-11-23T11:00:30Z' })).body).toMatchObject({
      verdict: 'deny',
      ledgerSequence: 1,
    });
    const now = await api.ask(`${address}/permissions`);
    expect(now.body).toMatchObject({ sequence: 2, review: { status: 'in_date', dueOn: '2027-05-23' } });
    expect(now.at('cells')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: 'sms', category: 'general_marketing', state: 'granted' }),
      ]),
    );
    expect(now.text).not.toContain('service desk');
    const then = await api.ask(`${address}/permissions?asOf=2026-11-23T11:00:30Z`);
    expect(then.body).toMatchObject({
      sequence: 1,
      review: { status: 'never' },
      history: [{ kind: 'opened' }],
    });
  });

  it('takes a STOP for a STOP: the preferences were not gone through, so the review stays due', async () => {
    const id = await givenCustomer(api.context);
    const stopped = await api.ask(`/api/v1/customers/${id}/permission-events`, {
      body: {
        kind: 'record',
        cells: [{ channel: 'sms', category: 'general_marketing', answer: 'withdrawn' }],
        method: 'sms_stop',
        givenBy: 'customer',
      },
    });
    expect(stopped.body).toMatchObject({ entry: { kind: 'recorded', act: { review: false } } });
    const after = await api.ask(`/api/v1/customers/${id}/permissions`);
    expect(after.body).toMatchObject({ review: { status: 'never', lastReviewAt: null } });
  });

  it('answers a batch question by question, whoever is unknown', async () => {
    const id = await givenCustomer(api.context);
    const question = { channel: 'letter', category: 'general_marketing' };
    const answer = await api.ask('/api/v1/decisions:batch', {
      body: {
        questions: [
          { customer: 'no:nobody', ...question },
          { customer: id, ...question },
        ],
      },
    });
    expect(answer.body).toMatchObject({
      answers: [
        { unanswered: { customer: 'no:nobody', code: 'customer-not-found' } },
        { decision: { customerId: id, verdict: 'deny' } },
      ],
    });
    const many = Array.from({ length: 1_001 }, () => ({ customer: id, ...question }));
    const tooMany = await api.ask('/api/v1/decisions:batch', { body: { questions: many } });
    expect(tooMany.body).toMatchObject({ status: 422, errors: [{ field: 'questions' }] });
    const most = await api.ask('/api/v1/decisions:batch', { body: { questions: many.slice(1) } });
    expect(most.at('answers')).toHaveLength(1_000);
  });

  it('counts a no about a vehicle however its id was written', async () => {
    const id = await givenCustomer(api.context, { vehicles: [{ registration: 'GH56 JKL' }] });
    const read = await api.ask(`/api/v1/customers/${id}`);
    const vehicleId = String(read.at('vehicles.0.vehicleId'));
    const recorded = await api.ask(`/api/v1/customers/${id}/permission-events`, {
      body: { kind: 'vehicle_contact', vehicleId: vehicleId.toUpperCase(), permitted: false },
    });
    expect(recorded.status).toBe(201);
    for (const written of [vehicleId, vehicleId.toUpperCase()]) {
      const decision = await api.ask('/api/v1/decisions', {
        body: { customer: id, channel: 'letter', category: 'service_follow_up', vehicleId: written },
      });
      expect(decision.body).toMatchObject({ verdict: 'deny', reasons: [{ code: 'VEHICLE_OPT_OUT' }] });
    }
  });

  it('merges two records after a dry run, which it is unless told otherwise', async () => {
    const survivor = await givenCustomer(api.context, { customerNumber: 'M:1' });
    const absorbed = await givenCustomer(api.context, { customerNumber: 'M:2' });
    const dry = await api.ask('/api/v1/customers/no:M:1:merge', { body: { absorbed: 'no:M:2' } });
    expect(dry.body).toMatchObject({ survivorId: survivor, absorbedId: absorbed, dryRun: true });
    expect((await api.ask('/api/v1/customers/no:M:2')).at('mergedIntoId')).toBe(null);
    const done = await api.ask('/api/v1/customers/no:M:1:merge', {
      body: { absorbed: 'no:M:2', dryRun: false },
      headers: { 'idempotency-key': 'merge-1' },
    });
    expect(done.at('cells')).toHaveLength(21);
    expect((await api.ask('/api/v1/customers/no:M:2')).at('mergedIntoId')).toBe(survivor);
  });

  it('shows the policy of any instant, without the names of those who chose it', async () => {
    api.context.clock.advance({ minutes: 1 });
    await changePolicy(api.context, {
      settings: { reviewIntervalMonths: 12 },
      reason: 'Yearly.',
      recordedBy: 'Priya Nair',
    });
    const policy = await api.ask('/api/v1/policy');
    expect(policy.body).toMatchObject({ chosenExplicitly: false, settings: { reviewIntervalMonths: 12 } });
    expect(policy.text).not.toContain('Priya');
    const earlier = await api.ask('/api/v1/policy?asOf=2026-11-23T10:00:00Z');
    expect(earlier.at('settings.reviewIntervalMonths')).toBe(6);
    await changePolicy(api.context, {
      settings: { reviewIntervalMonths: 6 },
      reason: null,
      recordedBy: 'Priya',
    });
  });

  it('says to anybody whether it is well', async () => {
    const health = await api.ask('/health', { key: null });
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(health.headers['content-security-policy']).toContain("default-src 'none'");
    // Over plain HTTP a browser that upgrades requests would find nothing.
    expect(health.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });
});

describe('an edit', () => {
  it('without the ETag that was read is refused, and so is one against an older version', async () => {
    const id = await givenCustomer(api.context);
    const url = `/api/v1/customers/${id}`;
    const edit = (etag?: string) =>
      api.ask(url, {
        method: 'PATCH',
        body: { forename: 'New' },
        headers: etag === undefined ? {} : { 'if-match': etag },
      });
    expect((await edit()).body).toMatchObject({ status: 428, code: 'if-match-missing' });
    for (const etag of ['"2"', 'W/"1"', '1', '*', '"x"']) {
      expect((await edit(etag)).body).toMatchObject({ status: 412, code: 'version-changed' });
    }
    const results = await Promise.all([edit('"1"'), edit('"1"'), edit('"1"')]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

describe('an API key', () => {
  it('is kept as a hash alone', async () => {
    const key = await api.keyWith('policy:read');
    expect(key).toMatch(/^nav_[\w-]{43}$/);
    const rows = await database.query(
      'select name, key_hash from api_key order by created_at desc, id desc limit 1',
    );
    expect(rows[0]?.['key_hash']).toEqual(createHash('sha256').update(key).digest());
  });

  it('that was revoked opens nothing five seconds later', async () => {
    const key = await api.keyWith('policy:read');
    expect((await api.ask('/api/v1/policy', { key })).status).toBe(200);
    const [row] = await database.query('select id from api_key order by id desc limit 1');
    await revokeApiKey(api.context, String(row?.['id']));
    api.context.clock.advance({ seconds: 6 });
    expect((await api.ask('/api/v1/policy', { key })).status).toBe(401);
    await expect(revokeApiKey(api.context, String(row?.['id']))).rejects.toMatchObject({ status: 404 });
  });
});

describe('a decision about now', () => {
  it('heeds a no that a machine whose clock is ahead has recorded, one question or many', async () => {
    const id = await givenCustomer(api.context);
    await recordPermissionEvent(
      api.context,
      id,
      answers('general_marketing', [{ channel: 'email' }]),
      adviser,
    );
    const question = { customer: id, channel: 'email', category: 'general_marketing' };
    expect((await api.ask('/api/v1/decisions', { body: question })).at('verdict')).toBe('allow');
    api.context.clock.advance({ minutes: 3 });
    await api.ask(`/api/v1/customers/${id}/permission-events`, { body: { kind: 'stop_all_marketing' } });
    api.context.clock.advance({ minutes: -3 });
    const one = await api.ask('/api/v1/decisions', { body: question });
    expect(one.body).toMatchObject({ verdict: 'deny', reasons: [{ code: 'OBJECTION_ALL_MARKETING' }] });
    const many = await api.ask('/api/v1/decisions:batch', { body: { questions: [question] } });
    expect(many.at('answers.0.decision.verdict')).toBe('deny');
  });
});

describe('the queue of reviews', () => {
  it('is read page by page, each customer once, without the merged, the erased and the dead', async () => {
    await database.query('update customer set merged_into_id = id');
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) ids.push(await givenCustomer(api.context));
    const [erased = '', dead = '', ...living] = ids;
    await setPersonStatus(api.context, erased, 'erased', true, adviser);
    await setPersonStatus(api.context, dead, 'deceased', true, adviser);
    const seen: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page += 1) {
      const answer = await api.ask(`/api/v1/reviews?status=never&limit=2${cursor}`);
      expect(answer.status).toBe(200);
      seen.push(...(answer.at('reviews') as { customerId: string }[]).map(({ customerId }) => customerId));
      if (answer.at('nextCursor') === null) break;
      cursor = `&cursor=${answer.at('nextCursor')}`;
    }
    expect(seen.sort()).toEqual(living.sort());
  });

  it('holds who is due today and who is overdue, by branch', async () => {
    await database.query('update customer set merged_into_id = id');
    const reviewed = async (at: string) => {
      const id = await givenCustomer(api.context);
      await api.ask(`/api/v1/customers/${id}/permission-events`, {
        body: { kind: 'confirm_review', occurredAt: at },
      });
      return id;
    };
    const overdue = await reviewed('2026-05-22T09:00:00Z');
    const due = await reviewed('2026-05-23T09:00:00Z');
    await reviewed('2026-05-24T09:00:00Z');
    const list = async (status: string, more = '') =>
      (await api.ask(`/api/v1/reviews?status=${status}${more}`)).at('reviews');
    expect(await list('overdue')).toMatchObject([
      { customerId: overdue, dueOn: '2026-11-22', branch: 'MAIN' },
    ]);
    expect(await list('due', '&branch=main')).toMatchObject([{ customerId: due, dueOn: '2026-11-23' }]);
    const unknown = await api.ask('/api/v1/reviews?status=due&branch=nowhere');
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ field: 'branch' }] });
  });
});

describe('an instant or a day of a year in which nothing of a dealer happens', () => {
  it('is refused with its field, never a fault of the server', async () => {
    const id = await givenCustomer(api.context);
    const when = '0000-01-01T00:00:00Z';
    const question = { customer: id, channel: 'sms', category: 'service_message' };
    const answers = await Promise.all([
      api.ask(`/api/v1/customers/${id}/permissions?asOf=${when}`),
      api.ask(`/api/v1/policy?asOf=${when}`),
      api.ask('/api/v1/decisions', { body: { ...question, asOf: when } }),
      api.ask('/api/v1/decisions', { body: { ...question, asOf: '9999-12-31T23:59:59-12:00' } }),
      api.ask(`/api/v1/customers/${id}/permission-events`, {
        body: { kind: 'stop_all_marketing', occurredAt: when },
      }),
      api.ask('/api/v1/customers', {
        body: { surname: 'Zero', birthOn: '0000-01-01', confirmDuplicate: true },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422]);
    expect(answers[2]?.body).toMatchObject({ errors: [{ field: 'asOf' }] });
    const future = await api.ask('/api/v1/decisions', {
      body: { ...question, asOf: '2099-11-23T11:00:00Z' },
    });
    expect(future.body).toMatchObject({ status: 422, errors: [{ field: 'asOf' }] });
  });
});

describe('a request sent again with its Idempotency-Key', () => {
  const enter = (key: string, surname: string, number: string) =>
    api.ask('/api/v1/customers', {
      body: { surname, customerNumber: number },
      headers: { 'idempotency-key': key },
    });

  it('is answered to the letter, and not carried out again', async () => {
    const first = await enter('again-1', 'Once', 'ONCE');
    const count = await customers();
    const second = await enter('again-1', 'Once', 'ONCE');
    expect(first.status).toBe(201);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(second.headers).toMatchObject({
      'idempotency-replayed': 'true',
      etag: first.headers['etag'],
      location: first.headers['location'],
      'content-type': first.headers['content-type'],
    });
    expect(await customers()).toBe(count);
  });

  it('but with another body is refused', async () => {
    await enter('other-1', 'One', 'ONE');
    const answer = await enter('other-1', 'Two', 'TWO');
    expect(answer.body).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  it('by somebody else is a request of their own', async () => {
    await enter('mine', 'Mine', 'MINE');
    const key = await api.keyWith('customers:write');
    const answer = await api.ask('/api/v1/customers', {
      body: { surname: 'Mine', customerNumber: 'MINE' },
      headers: { 'idempotency-key': 'mine' },
      key,
    });
    expect(answer.body).toMatchObject({ status: 409, code: 'customer-number-taken' });
  });

  it('while the first is being worked on waits for nobody: it is told so', async () => {
    const count = Number(await customers());
    const both = await Promise.all([enter('race', 'Race', 'RACE'), enter('race', 'Race', 'RACE')]);
    const statuses = both.map(({ status }) => status).sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    if (statuses[1] === 409)
      expect(both.find(({ status }) => status === 409)?.at('code')).toBe('idempotency-key-in-use');
    expect(await customers()).toBe(count + 1);
    expect((await enter('race', 'Race', 'RACE')).status).toBe(201);
  });

  it('after an error is carried out, for the error wrote nothing', async () => {
    await enter('first-holder', 'Holder', 'HELD');
    const refused = await enter('retry', 'Late', 'HELD');
    expect(refused.status).toBe(409);
    await database.query("update customer set customer_number = 'RELEASED' where customer_number = 'HELD'");
    expect((await enter('retry', 'Late', 'HELD')).status).toBe(201);
  });

  it('that failed half-way left neither a customer nor a key behind', async () => {
    const count = await customers();
    await database.query('alter table idempotency_key add constraint broken check (key <> $$broken$$)');
    const failed = await enter('broken', 'Broken', 'BROKEN');
    expect(failed.status).toBe(500);
    expect(await customers()).toBe(count);
    await database.query('alter table idempotency_key drop constraint broken');
    expect((await enter('broken', 'Broken', 'BROKEN')).status).toBe(201);
  });

  it('is forgotten after a day, and swept away with every other of its age', async () => {
    await enter('old', 'Old', 'OLD');
    api.context.clock.advance({ hours: 25 });
    expect((await enter('old', 'Old', 'OLD')).body).toMatchObject({
      status: 409,
      code: 'customer-number-taken',
    });
    await enter('new', 'New', 'NEW');
    await forgetOldAnswers(database.db, nowOf(api.context));
    expect(await database.query('select key from idempotency_key')).toEqual([{ key: 'new' }]);
    expect((await enter('new', 'New', 'NEW')).status).toBe(201);
  });

  it('must be a key that can be written down', async () => {
    for (const key of ['', 'with space', 'x'.repeat(256)]) {
      expect((await enter(key, 'Key', 'KEY')).body).toMatchObject({ code: 'idempotency-key-malformed' });
    }
  });
});
