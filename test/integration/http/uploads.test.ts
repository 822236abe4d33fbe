import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../src/main.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);
const csv = { 'content-type': 'text/csv' };
const customers = 'customer_no,surname\r\n1001,Holroyd\r\n';
let port = 0;
const open = new Set<ClientRequest>();

beforeAll(async () => {
  port = await listening(api.app);
});

afterEach(() => {
  for (const upload of open) upload.destroy();
  open.clear();
});

async function listening(app: typeof api.app): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function put(id: string, body: string, headers: Record<string, string> = csv) {
  return api.ask(`/api/v1/import-files/${id}`, { method: 'PUT', body, headers });
}

/** An upload over a socket, of which more can be written, and which can be broken off. */
function upload(id: string, headers: Record<string, string | number> = {}, to = port) {
  const sent = request({
    port: to,
    host: '127.0.0.1',
    method: 'PUT',
    path: `/api/v1/import-files/${id}`,
    headers: { authorization: `Bearer ${api.key}`, ...csv, ...headers },
  });
  open.add(sent);
  const answered = new Promise<{ status: number; headers: IncomingMessage['headers']; code: unknown }>(
    (resolve, reject) => {
      sent.once('error', reject);
      sent.once('response', (response) => {
        let text = '';
        response.on('data', (piece) => {
          text += piece;
        });
        response.once('end', () => {
          const { code } = JSON.parse(text) as { code?: unknown };
          resolve({ status: response.statusCode ?? 0, headers: response.headers, code });
        });
      });
    },
  );
  answered.catch(() => undefined);
  return { sent, answered };
}

/** Waits until the upload under this id is under way: then it holds the id. */
async function untilComingIn(id: string): Promise<void> {
  for (;;) {
    const holders = await database.query(
      `select from pg_locks where locktype = 'advisory' and granted
       and (classid::bigint << 32 | objid::bigint) = hashtextextended('stored file ' || $1, 0)`,
      [id],
    );
    if (holders.length > 0) return;
  }
}

const kept = async () =>
  database.query('select id, purpose, byte_count, stored_by from stored_file order by stored_at');
const parts = async () =>
  (await database.query('select count(*)::int as parts from stored_file_part'))[0]?.['parts'];

describe('an uploaded file', () => {
  it('is kept under the id its sender chose, and sending it again is harmless', async () => {
    const id = uuid();
    const first = await put(id, customers);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      fileId: id,
      bytes: customers.length,
      sha256: createHash('sha256').update(customers).digest('hex'),
    });
    const again = await put(id, customers);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await put(id, `${customers}1002,Marsh\r\n`);
    expect(other.body).toMatchObject({ status: 409, code: 'file-id-taken' });
    expect((await kept()).filter((file) => file['id'] === id)).toHaveLength(1);
  });

  it('is forgotten after a week, and its id can be used again', async () => {
    const id = uuid();
    await put(id, customers);
    api.context.clock.advance({ hours: 7 * 24 });
    const plan = await api.ask('/api/v1/imports:plan', { body: { customersFile: id } });
    expect(plan.body).toMatchObject({ status: 422, errors: [{ field: 'customersFile' }] });
    expect((await put(id, 'customer_no,surname\r\n1,Marsh\r\n')).status).toBe(201);
    expect(await kept()).toHaveLength(1);
    expect(await parts()).toBe(1);
  });

  it.each([
    ['as JSON', { 'content-type': 'application/json' }, customers, 415, 'unsupported-media-type'],
    [
      'as a workbook',
      { 'content-type': 'application/vnd.ms-excel' },
      customers,
      415,
      'unsupported-media-type',
    ],
    ['as nothing at all', { 'content-type': '' }, customers, 415, 'unsupported-media-type'],
    ['empty', csv, '', 422, 'empty'],
  ])('%s is refused with what to do instead', async (_, headers, body, status, code) => {
    const answer = await put(uuid(), body, headers);
    expect(answer.body).toMatchObject({ status, code });
    if (status === 415) expect(answer.at('detail')).toContain('text/csv');
  });

  it('needs an id that is a UUID', async () => {
    const answer = await put('customers.csv', customers);
    expect(answer.body).toMatchObject({ status: 422, errors: [{ field: 'id' }] });
  });

  it('is refused at once when more than 1 GB is announced', async () => {
    const { sent, answered } = upload(uuid(), { 'content-length': 1024 ** 3 + 1 });
    sent.write('customer_no');
    expect(await answered).toMatchObject({
      status: 413,
      code: 'too-large',
      headers: { connection: 'close' },
    });
  });

  it('comes in pieces, and in an encoding that is not UTF-8', async () => {
    const id = uuid();
    const { sent, answered } = upload(id);
    sent.write('customer_no,sur');
    sent.write('name\r\n1001,');
    sent.end(Buffer.from('Siobh\xe1n\r\n', 'latin1'));
    expect(await answered).toMatchObject({ status: 201 });
    const plan = await api.ask('/api/v1/imports:plan', { body: { customersFile: id } });
    expect(plan.at('totals.customers')).toMatchObject({ rows: 1, created: 1 });
  });
});

describe('an upload that does not come to its end', () => {
  it('leaves nothing behind when its sender leaves, and can be sent again under its id', async () => {
    const id = uuid();
    const before = await parts();
    const { sent } = upload(id, { 'content-length': 2_000_000 });
    sent.write('a'.repeat(1_500_000));
    await untilComingIn(id);
    sent.destroy();
    let again = await put(id, customers);
    while (again.at('code') === 'upload-running') again = await put(id, customers);
    expect(again.status).toBe(201);
    expect(await parts()).toBe(Number(before) + 1);
  });

  it('is the only one under its id for as long as it lasts', async () => {
    const id = uuid();
    const first = upload(id);
    first.sent.write('customer_no,surname\r\n');
    await untilComingIn(id);
    const second = upload(id);
    second.sent.end(customers);
    expect(await second.answered).toMatchObject({ status: 409, code: 'upload-running' });
    first.sent.end('1001,Holroyd\r\n');
    expect(await first.answered).toMatchObject({ status: 201 });
    expect((await put(id, customers)).status).toBe(200);
  });

  it('does not take the connections that everybody else needs', async () => {
    const uploads = [uuid(), uuid(), uuid()].map((id) => ({ id, ...upload(id) }));
    for (const { id, sent } of uploads) {
      sent.write('customer_no');
      await untilComingIn(id);
    }
    const fourth = await put(uuid(), customers);
    expect(fourth.body).toMatchObject({ status: 429, code: 'uploads-running' });
    expect((await api.ask('/health', { key: null })).status).toBe(200);
    for (const { sent } of uploads) sent.end(',surname\r\n1,Holroyd\r\n');
    for (const { answered } of uploads) expect((await answered).status).toBe(201);
    expect((await put(uuid(), customers)).status).toBe(201);
  });

  it('does not keep the server from stopping: its sender is told, and nothing of it is kept', async () => {
    const app = await buildApp(api.context);
    const other = await listening(app);
    const id = uuid();
    const before = await parts();
    const { sent, answered } = upload(id, { 'content-length': 2_000_000 }, other);
    sent.write('a'.repeat(1_500_000));
    await untilComingIn(id);
    await app.close();
    expect(await answered).toMatchObject({ status: 503, code: 'stopping' });
    expect(await parts()).toBe(before);
  });
});
