import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection } from '../../../src/features/mailshots/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);
let district = 0;
/** Each test has a postcode district of its own, so that it counts its own people. */
let offers: { channel: string; category: string; criteria: object };

beforeEach(() => {
  district += 1;
  offers = {
    channel: 'sms',
    category: 'general_marketing',
    criteria: { all: [{ field: 'outcode', is: `ZE${district}` }] },
  };
});

let numbers = 0;

async function given(surname = 'Sinclair'): Promise<string> {
  numbers += 1;
  return givenCustomer(api.context, {
    surname,
    contactPoints: [
      { kind: 'phone', value: `07700 900${numbers.toString().padStart(3, '0')}` },
      {
        kind: 'postal',
        address: { line1: `${numbers} Quay`, town: 'Lerwick', postcode: `ZE${district} 0AA` },
      },
    ],
  });
}

async function willing(surname?: string): Promise<string> {
  const id = await given(surname);
  const said = answers('general_marketing', [{ channel: 'sms' }]);
  await recordPermissionEvent(api.context, id, said, adviser);
  return id;
}

async function stops(id: string): Promise<void> {
  const no = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
  await recordPermissionEvent(api.context, id, no, adviser);
}

const count = () => api.ask('/api/v1/selections:count', { body: offers });
const list = (more: object, key?: string) =>
  api.ask('/api/v1/selections:list', {
    body: { selection: offers, ...more },
    ...(key === undefined ? {} : { key }),
  });
const exported = (more: object = {}, headers: Record<string, string> = {}) =>
  api.ask('/api/v1/selections:export', {
    body: { selection: offers, columns: ['name', 'contact'], ...more },
    headers,
  });

function rowsOf(text: string): Record<string, string>[] {
  return parse(text, { columns: true, bom: false });
}

describe('a count over HTTP', () => {
  it('gives the figures of the command line, and they add up', async () => {
    await willing();
    await given();
    await stops(await willing());
    const { status, body, at } = await count();
    expect(status).toBe(200);
    const { asOf, ...figures } = await countSelection(api.context, selectionSchema.parse(offers));
    expect(body).toEqual({ ...figures, asOf: new Date(asOf).toISOString().replace('.000', '') });
    expect(body).toMatchObject({ matching: 3, permitted: 1 });
    const leftOut = at('leftOut') as { people: number; reasons: string[] }[];
    expect(leftOut.reduce((sum, { people }) => sum + people, Number(at('permitted')))).toBe(at('matching'));
    expect(leftOut.map(({ reasons }) => reasons)).toEqual(
      expect.arrayContaining([['NO_PERMISSION'], ['OBJECTION_ALL_MARKETING']]),
    );
  });

  it('writes nothing about anybody, and is kept under no Idempotency-Key', async () => {
    await willing();
    const looks = await database.query('select count(*) from access_log');
    const twice = async () =>
      api.ask('/api/v1/selections:count', { body: offers, headers: { 'idempotency-key': `c-${district}` } });
    expect((await twice()).at('permitted')).toBe(1);
    await willing();
    expect((await twice()).at('permitted')).toBe(2);
    expect(await database.query('select count(*) from access_log')).toEqual(looks);
  });
});

describe('the people behind a figure', () => {
  it('are those that were counted, page by page, each with the reason in words', async () => {
    const without = [await given(), await given(), await given()];
    await willing();
    const part = { leftOutFor: ['NO_PERMISSION'] };
    const first = await list({ part, limit: 2 });
    expect(first.status).toBe(200);
    const second = await list({ part, limit: 2, cursor: first.at('nextCursor') });
    expect(second.at('nextCursor')).toBe(null);
    const people = [first, second].flatMap((page) => page.at('people') as { customerId: string }[]);
    expect(people.map(({ customerId }) => customerId).sort()).toEqual(without.sort());
    expect(people[0]).toMatchObject({
      name: 'Sinclair',
      branch: expect.any(String),
      reasons: ['NO_PERMISSION'],
      sentences: ['The customer has never been asked about this, so it stays off.'],
    });
    const permitted = await list({ part: 'permitted' });
    expect(permitted.at('people')).toHaveLength(1);
  });

  it('are shown only to a key that may read customers too, and each look is on record', async () => {
    await willing();
    const counting = await api.keyWith('selections');
    const answer = await list({ part: 'permitted' }, counting);
    expect(answer.status).toBe(403);
    expect(answer.at('detail')).toContain('customers:read');
    const both = await api.keyWith('selections', 'customers:read');
    expect((await list({ part: 'permitted' }, both)).status).toBe(200);
    const looks = await database.query(
      "select actor_id from access_log where action = 'selection opened' order by id desc limit 1",
    );
    const [key] = await database.query('select id from api_key order by id desc limit 1');
    expect(looks).toEqual([{ actor_id: key?.['id'] }]);
  });
});

describe('an export over HTTP', () => {
  it('makes a list with the chosen columns alone, whose SHA-256 is the one on record', async () => {
    await willing('Sinclair');
    await willing('=HYPERLINK("https://example.com")');
    await given('Marwick');
    const report = await exported({ leftOut: true });
    expect(report.status).toBe(201);
    const url = `/api/v1/exports/${report.at('exportId')}`;
    expect(report.headers['location']).toBe(url);
    expect(report.body).toMatchObject({
      matching: 3,
      people: 2,
      rows: 2,
      list: `${url}/list`,
      leftOutList: `${url}/left-out`,
      fetchableUntil: '2026-11-23T12:00:00Z',
    });

    const file = await api.ask(`${url}/list`);
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(file.text)),
    });
    expect(rowsOf(file.text)).toEqual([
      { name: 'Sinclair', contact: expect.stringMatching(/^07700/), basis: 'consent' },
      {
        name: '\'=HYPERLINK("https://example.com")',
        contact: expect.stringMatching(/^07700/),
        basis: 'consent',
      },
    ]);
    const record = await api.ask(url);
    expect(record.body).toMatchObject({
      sha256: createHash('sha256').update(file.text).digest('hex'),
      rows: 2,
      columns: ['name', 'contact'],
      leftOut: [{ reasons: ['NO_PERMISSION'], people: 1 }],
    });
    expect(record.at('sha256')).toBe(report.at('sha256'));
    const leftOut = rowsOf((await api.ask(`${url}/left-out`)).text);
    expect(leftOut).toMatchObject([{ reasons: 'NO_PERMISSION' }]);
  });

  it('leaves out whoever said no since the count, and says how many', async () => {
    await willing('Staying');
    const leaving = await willing('Leaving');
    const counted = await count();
    expect(counted.at('permitted')).toBe(2);
    api.context.clock.advance({ minutes: 5 });
    await stops(leaving);
    const report = await exported({ countedAt: counted.at('asOf') });
    expect(report.body).toMatchObject({
      people: 1,
      matching: 2,
      droppedOut: [{ reasons: ['OBJECTION_ALL_MARKETING'], people: 1 }],
    });
    const { text } = await api.ask(String(report.at('list')));
    expect(rowsOf(text).map((row) => row['name'])).toEqual(['Staying']);
  });

  it('can be fetched for an hour, by whom is on record, and its record stays', async () => {
    await willing();
    const report = await exported();
    const url = `/api/v1/exports/${report.at('exportId')}`;
    api.context.clock.advance({ minutes: 59 });
    const fetching = await api.keyWith('exports');
    expect((await api.ask(`${url}/list`, { key: fetching })).status).toBe(200);
    const [key] = await database.query('select id from api_key order by id desc limit 1');
    expect(
      await database.query(
        "select actor_id, detail from access_log where action = 'export fetched' order by id desc limit 1",
      ),
    ).toEqual([{ actor_id: key?.['id'], detail: { exportId: report.at('exportId'), part: 'list' } }]);
    api.context.clock.advance({ minutes: 1 });
    const late = await api.ask(`${url}/list`);
    expect(late.body).toMatchObject({ status: 404, code: 'export-file-not-found' });
    expect((await api.ask(url)).at('rows')).toBe(1);
    // The next export takes away what is left of it.
    const next = await exported();
    expect((await database.query('select id from stored_file')).length).toBe(1);
    expect((await api.ask(`/api/v1/exports/${next.at('exportId')}/left-out`)).status).toBe(404);
    expect((await api.ask('/api/v1/exports/01900000-0000-7000-8000-000000000000')).body).toMatchObject({
      status: 404,
      code: 'export-not-found',
    });
  });

  it('sent again with its Idempotency-Key is answered to the letter, and nobody is counted twice', async () => {
    const person = await willing();
    const key = { 'idempotency-key': `export-${district}` };
    const handed = async () =>
      (await database.query('select export_id from hand_over where customer_id = $1', [person])).length;
    const both = await Promise.all([exported({}, key), exported({}, key)]);
    const first = both.find(({ status }) => status === 201);
    expect([201, 409]).toContain(both.find((answer) => answer !== first)?.status);
    const again = await exported({}, key);
    expect([again.status, again.text]).toEqual([201, first?.text]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await handed()).toBe(1);
    expect(rowsOf((await api.ask(String(again.at('list')))).text)).toHaveLength(1);
    await exported();
    expect(await handed()).toBe(2);
  });

  it('that fails half-way leaves no list, no record and no hand-over behind', async () => {
    await willing();
    const left = () =>
      database.query(`
        select (select count(*) from selection_export)::int as records, (select count(*) from hand_over)::int as handed,
          (select count(*) from stored_file)::int as files, (select count(*) from stored_file_part)::int as parts`);
    const before = await left();
    await database.query(
      'alter table selection_export add constraint broken check (row_count < 0) not valid',
    );
    const failed = await exported({ leftOut: true }, { 'idempotency-key': `broken-${district}` });
    await database.query('alter table selection_export drop constraint broken');
    expect(failed.status).toBe(500);
    expect(await left()).toEqual(before);
    expect((await exported({}, { 'idempotency-key': `broken-${district}` })).status).toBe(201);
  });

  it('judges everybody again before its transaction begins, so that it locks nobody while it is written', async () => {
    await willing();
    await changePolicy(api.context, {
      settings: { reviewIntervalMonths: 7 },
      reason: null,
      recordedBy: 'test',
    });
    await database.query(`
      create function refuse_judging() returns trigger language plpgsql as $$
      begin
        if exists (select from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') then
          raise 'Judged again inside the transaction of the request.';
        end if;
        return new;
      end $$;
      create trigger refuse_judging before update on permission_standing
        for each row execute function refuse_judging()`);
    const report = await exported({}, { 'idempotency-key': `judged-${district}` });
    await database.query('drop trigger refuse_judging on permission_standing; drop function refuse_judging');
    expect(report.status).toBe(201);
  });
});

describe('a selection that cannot be read', () => {
  beforeAll(() => givenCustomer(api.context));

  it.each([
    ['count', { channel: 'pigeon' }, 'channel'],
    ['count', { category: 'gossip' }, 'category'],
    ['count', { favourite: true }, 'favourite'],
    ['count', { category: 'third_party_marketing' }, 'company'],
    ['count', { recall: true }, 'recall'],
    ['count', { criteria: { all: [{ field: 'shoe_size', is: '9' }] } }, 'criteria.all.0.field'],
    ['count', { criteria: { all: [{ field: 'branch', is: 'NOWHERE' }] } }, 'criteria'],
    ['list', { part: 'everybody' }, 'part'],
    ['list', { part: { leftOutFor: ['BAD_MOOD'] } }, 'part.leftOutFor.0'],
    ['list', { part: { leftOutFor: ['CONSENT'] } }, 'part.leftOutFor.0'],
    ['list', { part: 'permitted', limit: 201 }, 'limit'],
    ['list', { part: 'permitted', cursor: 'abc' }, 'cursor'],
    ['list', { part: 'permitted', selection: { channel: 'sms' } }, 'selection.category'],
    ['export', { columns: [] }, 'columns'],
    ['export', { columns: ['shoe_size'] }, 'columns.0'],
    ['export', { columns: ['name', 'name'] }, 'columns'],
    ['export', { columns: ['registration'] }, 'columns'],
    ['export', { countedAt: 'yesterday' }, 'countedAt'],
    ['export', { countedAt: '2031-01-01T00:00:00Z' }, 'countedAt'],
    [
      'export',
      {
        selection: {
          channel: 'sms',
          category: 'general_marketing',
          criteria: { all: [{ field: 'branch', is: 'NOWHERE' }] },
        },
      },
      'selection.criteria',
    ],
  ])('%s of %j names its field', async (operation, more, field) => {
    const base =
      operation === 'count'
        ? offers
        : operation === 'list'
          ? { selection: offers, part: 'permitted' }
          : { selection: offers, columns: ['name'] };
    const answer = await api.ask(`/api/v1/selections:${operation}`, { body: { ...base, ...more } });
    expect(answer.status, answer.text).toBe(422);
    expect(answer.at('errors.0.field')).toBe(field);
  });
});
