import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { buildApp } from '../../../src/main.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import type { CustomerText } from '../../support/imports.ts';
import { choosePolicy, customersCsv, rowCounts, vehiclesCsv } from '../../support/imports.ts';

const database = useDatabase();
const api = useApi(database);
type Ask = typeof api.ask;

async function uploaded(text: string): Promise<string> {
  const id = uuid();
  const answer = await api.ask(`/api/v1/import-files/${id}`, {
    method: 'PUT',
    body: text,
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.status).toBe(201);
  return id;
}

const start = (files: object, ask: Ask = api.ask) => ask('/api/v1/imports', { body: files });
const plan = (files: object) => api.ask('/api/v1/imports:plan', { body: files });
const reverse = (importId: unknown, ask: Ask = api.ask) =>
  ask(`/api/v1/imports/${importId}:reverse`, { method: 'POST' });

/** Asks until `is` says so of the import; whoever waits for an import does the same, with pauses. */
async function until(importId: unknown, is: (read: Awaited<ReturnType<Ask>>) => boolean, ask: Ask = api.ask) {
  for (;;) {
    const read = await ask(`/api/v1/imports/${importId}`);
    if (is(read) || read.status !== 200) return read;
  }
}

const isOver = (read: Awaited<ReturnType<Ask>>): boolean => read.at('atWork') === false;

function people(prefix: string, count: number): CustomerText[] {
  return Array.from({ length: count }, (_, index) => ({
    customer_no: `${prefix}${index + 1}`,
    surname: 'Holroyd',
    mobile: '07700 900100',
    no_marketing: index % 10 === 0 ? 'Y' : 'N',
  }));
}

describe('an import over HTTP, before a policy was chosen', () => {
  it('is planned under both policies side by side, and changes nothing', async () => {
    const before = await rowCounts(database);
    const answer = await plan({
      customersFile: await uploaded(
        customersCsv([
          { customer_no: 'P1', surname: 'A', mobile: '07700 900001' },
          { customer_no: 'P2', surname: 'B', mobile: '07700 900002', no_marketing: 'Y' },
          { customer_no: '', surname: 'C' },
        ]),
      ),
      vehiclesFile: await uploaded(vehiclesCsv([{ customer_no: 'P1', registration: 'AB12 CDE' }])),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      carriesOldFlags: true,
      policyChosen: false,
      alreadyImported: false,
      totals: { customers: { rows: 3, created: 2, rejected: 1 }, byFlag: { none: 1, no_marketing: 1 } },
      firstRejects: [{ file: 'customers', line: 4, column: 'customer_no', original: '' }],
      permitted: {
        customers: 2,
        withVehicle: 1,
        pecr_strict: { sms: { service_follow_up: 0, general_marketing: 0 } },
        assume_legitimate_interest: { sms: { service_follow_up: 1, general_marketing: 1 } },
      },
    });
    expect(await rowCounts(database)).toEqual(before);
    expect(
      await database.query("select detail from access_log where action = 'import planned'"),
    ).toMatchObject([{ detail: { customersFile: expect.any(String), vehiclesFile: expect.any(String) } }]);
  });

  it('is planned by two at once, so that plans never take the connections that everybody else needs', async () => {
    const customersFile = await uploaded(customersCsv(people('P', 50)));
    const answers = await Promise.all([1, 2, 3].map(() => plan({ customersFile })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    expect((await plan({ customersFile })).status).toBe(200);
  });

  it('is refused when the file carries old flags', async () => {
    const before = await rowCounts(database);
    const customersFile = await uploaded(customersCsv(people('P', 1)));
    const answer = await start({ customersFile });
    expect(answer.body).toMatchObject({ status: 409, code: 'policy-not-chosen' });
    expect(await rowCounts(database)).toEqual(before);
  });
});

describe('an import over HTTP', () => {
  beforeAll(() => choosePolicy(api.context));

  it('begins, is watched to its end, changes nothing the second time, and is taken back', async () => {
    const files = {
      customersFile: await uploaded(
        customersCsv([...people('A', 2), { customer_no: 'A3', surname: 'Marsh', no_marketing: 'maybe' }]),
      ),
      vehiclesFile: await uploaded(vehiclesCsv([{ customer_no: 'A1', registration: 'AB12 CDE' }])),
    };
    const begun = await start(files);
    expect(begun.status).toBe(202);
    const importId = begun.at('importId');
    expect(begun.headers['location']).toBe(`/api/v1/imports/${importId}`);
    expect(begun.body).toMatchObject({ status: 'running', atWork: true, carriesOldFlags: true });
    const [key] = await database.query("select id from api_key where name = 'Tests'");
    expect(begun.at('startedBy')).toBe(key?.['id']);

    const done = await until(importId, isOver);
    expect(done.body).toMatchObject({
      status: 'finished',
      finishedAt: '2026-11-23T11:00:00Z',
      reversedAt: null,
      totals: {
        customers: { rows: 3, created: 2, rejected: 1 },
        vehicles: { rows: 1, created: 1, linked: 1 },
        byFlag: { none: 1, no_marketing: 1 },
      },
    });
    const listed = await api.ask('/api/v1/imports?limit=1');
    expect(listed.body).toEqual({ imports: [done.body], nextCursor: null });

    const rejects = await api.ask(`/api/v1/imports/${importId}/rejects`);
    expect(rejects.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(rejects.text).toBe(
      'file,line,column,reason,original\r\n' +
        '"customers","4","no_marketing","This flag cannot be read; write Y or N, yes or no, true or false, T or F, 1 or 0, or leave it blank.","maybe"\r\n',
    );
    expect(
      await database.query("select actor_id, detail from access_log where action = 'import rejects read'"),
    ).toEqual([{ actor_id: key?.['id'], detail: { importId } }]);

    const before = await rowCounts(database);
    const again = await start(files);
    expect([again.status, again.at('importId'), again.at('atWork')]).toEqual([200, importId, false]);
    expect((await plan(files)).at('alreadyImported')).toBe(true);
    expect(await rowCounts(database)).toEqual(before);

    const reversing = await reverse(importId);
    expect(reversing.status).toBe(202);
    const reversed = await until(importId, isOver);
    expect(reversed.body).toMatchObject({
      status: 'reversed',
      reversedAt: '2026-11-23T11:00:00Z',
      totals: { reversal: { removed: 2, kept: 0, corrected: 2 } },
    });
    expect((await reverse(importId)).status).toBe(200);

    const anew = await start(files);
    expect(anew.status).toBe(202);
    expect(anew.at('importId')).not.toBe(importId);
    expect((await until(anew.at('importId'), isOver)).at('status')).toBe('finished');
    expect((await verifyLedger(api.context)).faults).toEqual([]);
  });

  it('keeps its files for a day, for a request that is sent again, and then forgets them', async () => {
    const customersFile = await uploaded(customersCsv(people('B', 1)));
    const begun = await start({ customersFile });
    await until(begun.at('importId'), isOver);
    api.context.clock.advance({ hours: 23 });
    expect((await start({ customersFile })).status).toBe(200);
    api.context.clock.advance({ hours: 24 });
    const late = await start({ customersFile });
    expect(late.body).toMatchObject({
      status: 422,
      code: 'file-not-found',
      errors: [{ field: 'customersFile' }],
    });
  });

  it('begun twice at once is one import', async () => {
    const customersFile = await uploaded(customersCsv(people('C', 1_500)));
    const both = await Promise.all([start({ customersFile }), start({ customersFile })]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(both[0]?.at('importId')).toBe(both[1]?.at('importId'));
    const done = await until(both[0]?.at('importId'), isOver);
    expect(done.at('totals.customers')).toMatchObject({ rows: 1_500, created: 1_500, repeated: 0 });
    const rows = await database.query("select from customer where customer_number like 'C%'");
    expect(rows).toHaveLength(1_500);
  });

  it('cannot be taken back while it is at work, nor begun again while it is taken back', async () => {
    const customersFile = await uploaded(customersCsv(people('D', 1_500)));
    const { at } = await start({ customersFile });
    const refused = await reverse(at('importId'));
    expect(refused.body).toMatchObject({ status: 409, code: 'import-running' });
    expect((await until(at('importId'), isOver)).at('status')).toBe('finished');
    const importId = String(at('importId'));
    const both = await Promise.all([reverse(importId), reverse(importId.toUpperCase())]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    const meanwhile = await start({ customersFile });
    expect(meanwhile.body).toMatchObject({ status: 409, code: 'import-unfinished' });
    expect((await until(at('importId'), isOver)).at('status')).toBe('reversed');
  });

  it('of a file in another layout goes through a mapping that is proposed, checked and then used', async () => {
    const customersFile = await uploaded(
      'Cust No;Last name;Marketing allowed\n900;Holroyd;no\n901;Marsh;yes\n',
    );
    expect((await plan({ customersFile })).body).toMatchObject({
      status: 422,
      code: 'key-column-missing',
      errors: [{ field: 'customersFile', message: expect.stringContaining('customer_no') }],
    });
    const proposal = await api.ask('/api/v1/imports:propose-mapping', { body: { file: customersFile } });
    expect(proposal.status).toBe(200);
    expect(proposal.at('recognised')).toBe(false);
    const mapping = proposal.at('mapping') as { columns: { check?: boolean }[] };
    expect(mapping.columns.some(({ check }) => check === true)).toBe(true);
    const unchecked = await plan({ customersFile, mappings: [mapping] });
    expect(unchecked.body).toMatchObject({ status: 422, errors: [{ field: 'mappings' }] });
    const columns = mapping.columns.map(({ check: _, ...column }) => column);
    const checked = { ...mapping, columns };
    const planned = await plan({ customersFile, mappings: [checked] });
    expect(planned.at('totals.byFlag')).toMatchObject({ none: 1, no_marketing: 1 });
    const begun = await start({ customersFile, mappings: [checked] });
    expect((await until(begun.at('importId'), isOver)).at('totals.customers')).toMatchObject({ created: 2 });
  });
});

describe('an import whose server is stopped', () => {
  beforeAll(() => choosePolicy(api.context));

  it('ends behind a batch, says that nobody is at it, and goes on when it is started again', async () => {
    const size = 4_000;
    const customersFile = await uploaded(customersCsv(people('E', size)));
    const first = await buildApp(api.context);
    const asked: Ask = (url, request) => api.ask(url, { ...request, app: first });
    const begun = await start({ customersFile }, asked);
    const importId = begun.at('importId');
    const committed = (read: Awaited<ReturnType<Ask>>) => Number(read.at('totals.customers.rows'));
    await until(importId, (read) => committed(read) > 0, asked);
    await first.close();

    const stopped = await api.ask(`/api/v1/imports/${importId}`);
    expect(stopped.body).toMatchObject({ status: 'running', atWork: false, finishedAt: null });
    expect(committed(stopped)).toBeGreaterThan(0);
    expect(committed(stopped)).toBeLessThan(size);

    const resumed = await api.ask(`/api/v1/imports/${importId}:resume`, { method: 'POST' });
    expect([resumed.status, resumed.at('importId')]).toEqual([202, importId]);
    const done = await until(importId, isOver);
    expect(done.body).toMatchObject({
      status: 'finished',
      totals: { customers: { rows: size, created: size, repeated: 0, alreadyHere: 0 } },
    });
    expect((await verifyLedger(api.context)).faults).toEqual([]);
    const again = await api.ask(`/api/v1/imports/${importId}:resume`, { method: 'POST' });
    expect([again.status, again.at('status')]).toEqual([200, 'finished']);
  });

  it('is taken back to the end by reversing it again, and not imported again before', async () => {
    const size = 3_000;
    const customersFile = await uploaded(customersCsv(people('F', size)));
    const importId = (await start({ customersFile })).at('importId');
    await until(importId, isOver);
    const first = await buildApp(api.context);
    const asked: Ask = (url, request) => api.ask(url, { ...request, app: first });
    await reverse(importId, asked);
    await until(importId, (read) => read.at('totals.reversal') !== undefined, asked);
    await first.close();

    const stopped = await api.ask(`/api/v1/imports/${importId}`);
    expect(stopped.body).toMatchObject({ status: 'reversing', atWork: false });
    expect((await start({ customersFile })).body).toMatchObject({ status: 409, code: 'import-unfinished' });
    expect((await reverse(importId)).status).toBe(202);
    expect((await until(importId, isOver)).body).toMatchObject({
      status: 'reversed',
      totals: { reversal: { removed: size, kept: 0 } },
    });
  });

  it('refuses what has not begun, and says that it is being stopped', async () => {
    const customersFile = await uploaded(customersCsv(people('G', 3_000)));
    const app = await buildApp(api.context);
    const asked: Ask = (url, request) => api.ask(url, { ...request, app });
    const planning = asked('/api/v1/imports:plan', { body: { customersFile } });
    const starting = start({ customersFile }, asked);
    await Promise.resolve();
    await app.close();
    for (const answer of [await planning, await starting]) {
      expect(answer.status, answer.text).toBe(503);
    }
    expect(await database.query("select from customer where customer_number like 'G%'")).toEqual([]);
  });
});

describe('an import that cannot be', () => {
  const nobody = '01900000-0000-7000-8000-000000000000';
  const mapping = {
    version: 1,
    file: 'customers',
    dateOrder: 'day_first',
    columns: [
      { column: 'Account', field: 'customer_no' },
      { column: 'Name', field: 'surname' },
    ],
  };

  it.each([
    [{}, 'customersFile'],
    [{ customersFile: 'customers.csv' }, 'customersFile'],
    [{ customersFile: nobody }, 'customersFile'],
    [{ customersFile: nobody, dryRun: true }, 'dryRun'],
    [{ customersFile: nobody, mappings: [{ ...mapping, version: 2 }] }, 'mappings.0.version'],
    [{ customersFile: nobody, mappings: [{ ...mapping, file: 'enquiries' }] }, 'mappings.0.file'],
    [{ customersFile: nobody, mappings: [{ ...mapping, columns: [] }] }, 'mappings.0.columns'],
    [{ customersFile: nobody, mappings: [mapping, mapping] }, 'mappings.1.file'],
    [
      {
        customersFile: nobody,
        mappings: [
          {
            ...mapping,
            file: 'vehicles',
            columns: [
              { column: 'a', field: 'customer_no' },
              { column: 'b', field: 'vin' },
            ],
          },
        ],
      },
      'mappings.0.file',
    ],
  ])('for a value that is unknown names its field: %j', async (files, field) => {
    for (const answer of [await plan(files), await start(files)]) {
      expect(answer.status).toBe(422);
      expect(answer.at('errors.0.field')).toBe(field);
    }
  });

  it.each([
    ['is not CSV', '{"customers": []}', 'not_csv', /JSON/],
    ['is a web page', '<!doctype html><p>customer_no,surname', 'not_csv', /web page/],
    ['holds nothing but blank lines', '\n\n', 'empty', /blank lines/],
    ['has no key column', 'forename,surname\nJo,Holroyd\n', 'key-column-missing', /customer_no/],
    ['is in a layout nobody knows', 'customer_no,surname,favourite\n1,a,b\n', 'layout-unknown', /propose/],
    ['has a column twice', 'customer_no,surname,Surname\n1,a,b\n', 'column_twice', /Columns 2 and 3/],
  ])('because its file %s: one sentence at the field, nothing changed', async (_, text, code, sentence) => {
    const before = await rowCounts(database);
    const customersFile = await uploaded(text);
    for (const answer of [await plan({ customersFile }), await start({ customersFile })]) {
      expect(answer.body).toMatchObject({
        status: 422,
        code,
        errors: [{ field: 'customersFile', message: expect.stringMatching(sentence) }],
      });
    }
    const good = await uploaded(customersCsv(people('H', 1)));
    const answer = await plan({ customersFile: good, vehiclesFile: customersFile });
    expect(answer.at('errors.0.field')).toBe('vehiclesFile');
    expect(await rowCounts(database)).toEqual(before);
  });

  it('says nothing of a person, even where the file has one in place of its header', async () => {
    const text = '1001;Zephyrine;Quux;Quux;07700 900777\n1002;Ann;Holroyd;Leeds;07700 900778\n';
    const customersFile = await uploaded(text);
    const other = await uploaded(text.replaceAll('Quux;Quux', 'Quux;Leeds'));
    const answers = [
      await plan({ customersFile }),
      await start({ customersFile: other }),
      await plan({ customersFile: other, mappings: [mapping] }),
      await api.ask('/api/v1/imports:propose-mapping', { body: { file: other } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(422);
      expect(answer.text).not.toMatch(/quux|zephyrine|900777/i);
    }
  });

  it('is not there to be read, or taken back', async () => {
    for (const url of [`/api/v1/imports/${nobody}`, `/api/v1/imports/${nobody}/rejects`]) {
      expect((await api.ask(url)).body).toMatchObject({ status: 404, code: 'import-not-found' });
    }
    expect((await reverse(nobody)).body).toMatchObject({ status: 404, code: 'import-not-found' });
    expect((await api.ask('/api/v1/imports/17')).body).toMatchObject({
      status: 422,
      errors: [{ field: 'id' }],
    });
  });
});
