import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../../src/main.ts';
import { withBulkConnection } from '../../../src/platform/bulk-writing.ts';
import type { Database } from '../../../src/platform/database.ts';
import { openDatabase, requestPatience } from '../../../src/platform/database.ts';
import type { HttpApp } from '../../../src/platform/http.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

/** What becomes of a request that the database keeps waiting. */
const database = useDatabase();
const api = useApi(database);
let hurried: Database;
let app: HttpApp;

beforeAll(async () => {
  hurried = openDatabase(database.settings(), {
    role: 'application',
    logger: silentLogger(),
    patience: { statementMilliseconds: 300, idleMilliseconds: 300 },
  });
  app = await buildApp({ ...api.context, database: hurried });
});
afterAll(async () => {
  await app.close();
  await hurried.close();
});

it('a request that takes too long is told to try again, and to contact nobody until then', async () => {
  const customer = await givenCustomer(api.context);
  const holder = await database.owner.pool.connect();
  await holder.query('begin; lock table customer in access exclusive mode');
  try {
    for (const headers of [{}, { 'idempotency-key': 'slow' }]) {
      const answer = await api.ask(`/api/v1/customers/${customer}/contact-points`, {
        app,
        headers,
        body: { contactPoint: { kind: 'phone', value: '07700 900455' }, givenBy: 'customer' },
      });
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.body).toMatchObject({
        code: 'database-slow',
        detail: expect.stringMatching(/too long.*contact nobody.*\.$/),
      });
    }
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  const read = await api.ask(`/api/v1/customers/${customer}`, { app });
  expect(read.status).toBe(200);
  expect(read.text).not.toContain('900455');
});

it('a transaction in which nothing happens for too long is taken back', async () => {
  const client = await hurried.pool.connect();
  const lost = new Promise<unknown>((resolve) => {
    client.once('error', resolve);
  });
  await client.query('begin');
  expect(await lost).toMatchObject({ code: '25P03' });
  client.release(true);
});

it('an import may take as long as it takes', async () => {
  const slept = await withBulkConnection(hurried, async ({ db }) => {
    const { rows } = await db.executeQuery(
      db.selectNoFrom((select) => select.fn<string>('pg_sleep', [select.val(0.5)]).as('slept')).compile(),
    );
    return rows;
  });
  expect(slept).toHaveLength(1);
});

it('a person at a screen waits for half a minute at most', () => {
  expect(requestPatience.statementMilliseconds).toBeLessThanOrEqual(30_000);
});
