import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../src/main.ts';
import type { Database, DatabaseSettings } from '../../../src/platform/database.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { isDatabaseAway } from '../../../src/platform/database-away.ts';
import type { HttpApp } from '../../../src/platform/http.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const lines: string[] = [];
const logger = createLogger({
  destination: new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line));
      done();
    },
  }),
});
const database = useDatabase();
const api = useApi(database);

const login = { user: 'navigator', password: 'unused', database: 'navigator' };
const question = { customer: 'no:1001', channel: 'sms', category: 'general_marketing' };

describe.each<[string, DatabaseSettings]>([
  ['whose port is closed', { host: '127.0.0.1', port: 1, ...login }],
  ['whose socket is gone', { host: '/navigator-nowhere', port: 5432, ...login }],
])('while the database is one %s', (_, settings) => {
  let away: Database;
  let app: HttpApp;
  beforeAll(async () => {
    away = openDatabase(settings, { role: 'application', logger });
    app = await buildApp({ ...api.context, database: away, logger });
  });
  afterAll(async () => {
    await app.close();
    await away.close();
  });

  it('nobody may be contacted: every question is answered by try again', async () => {
    for (const request of [{ body: question }, { body: question, headers: { 'idempotency-key': 'a' } }]) {
      const answer = await api.ask('/api/v1/decisions', { ...request, app });
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toMatchObject({
        type: 'urn:navigator:problem:database-unavailable',
        code: 'database-unavailable',
        detail: expect.stringContaining('contact nobody'),
      });
      expect(answer.text).not.toMatch(/allow|verdict|navigator-nowhere|127\.0\.0\.1/);
    }
  });

  it('a request is one line of the log beside that of its answer, without a stack', async () => {
    lines.length = 0;
    const answer = await api.ask('/api/v1/branches', { app });
    const id = String(answer.at('instance')).replace('urn:uuid:', '');
    const own = lines.filter((line) => line.includes(id) && !line.includes('Request answered'));
    expect(own).toHaveLength(1);
    expect(own[0]).not.toContain('node_modules');
  });
});

describe('a database that', () => {
  it('breaks a connection off is away', async () => {
    const broken = database.owner.pool.query('select pg_terminate_backend(pg_backend_pid())');
    await expect(broken).rejects.toSatisfy(isDatabaseAway);
    expect((await api.ask('/api/v1/decisions', { body: question })).status).toBe(404);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ])('is said to be lost in the words "%s" is away', (message) => {
    expect(isDatabaseAway(new Error('A statement failed.', { cause: new Error(message) }))).toBe(true);
  });

  it('refuses a statement is there, and a file that is not there is no database', async () => {
    await expect(database.application.pool.query('select nothing')).rejects.not.toSatisfy(isDatabaseAway);
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open' });
    expect(isDatabaseAway(missing)).toBe(false);
  });
});
