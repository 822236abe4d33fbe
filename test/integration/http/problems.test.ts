import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
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
const api = useApi(database, { logger });

const nobody = '01900000-0000-7000-8000-000000000000';
const customer = { surname: 'Zephyrine-Quux', contactPoints: [{ kind: 'phone', value: '07700 900777' }] };

describe('a problem', () => {
  it.each([
    ['an unknown address', '/api/v1/nothing', {}, 404, 'unknown-route'],
    ['no key', `/api/v1/customers/${nobody}`, { key: null }, 401, 'unauthenticated'],
    ['a wrong key', `/api/v1/customers/${nobody}`, { key: 'nav_wrong' }, 401, 'unauthenticated'],
    ['an unknown id', `/api/v1/customers/${nobody}`, {}, 404, 'customer-not-found'],
    ['an unknown number', '/api/v1/customers/no:nobody', {}, 404, 'customer-not-found'],
    ['a reference that is none', '/api/v1/customers/nonsense', {}, 404, 'customer-not-found'],
    ['malformed JSON', '/api/v1/customers', { body: '{"surname": "Zephyrine-Quux"' }, 400, 'malformed'],
    [
      'another content type',
      '/api/v1/customers',
      { body: '<a/>', headers: { 'content-type': 'text/xml' } },
      415,
      'unsupported-media-type',
    ],
    ['too large a body', '/api/v1/customers', { body: { surname: 'x'.repeat(1_100_000) } }, 413, 'too-large'],
    [
      'a body that nests without end',
      '/api/v1/customers',
      { body: '['.repeat(200_000) + ']'.repeat(200_000) },
      422,
      'invalid',
    ],
    [
      'an address that is malformed',
      '/api/v1/customers/Zephyrine-Quux%ED%A0%80',
      {},
      400,
      'malformed-address',
    ],
    ['a day before the calendar', '/api/v1/customers', { body: { birthOn: '0000-02-01' } }, 422, 'invalid'],
    ['a year that no calendar has', '/api/v1/policy?asOf=0000-01-01T00:00:00Z', {}, 422, 'invalid'],
    ['a cursor of nobody', '/api/v1/reviews?status=never&cursor=abc', {}, 422, 'invalid'],
    ['an unknown status', '/api/v1/reviews?status=sometimes', {}, 422, 'invalid'],
  ])('for %s says so', async (_, url, request, status, code) => {
    const answer = await api.ask(url, request);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      type: `urn:navigator:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/\.$/),
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    });
  });

  it.each([
    ['/api/v1/customers', { ...customer, kind: 'robot' }, 'kind'],
    ['/api/v1/customers', { ...customer, favouriteColour: 'blue' }, 'favouriteColour'],
    [
      '/api/v1/customers',
      { ...customer, contactPoints: [{ kind: 'fax', value: '1' }] },
      'contactPoints.0.kind',
    ],
    [
      '/api/v1/customers',
      { ...customer, contactPoints: [{ kind: 'phone', value: '12' }] },
      'contactPoints.0.value',
    ],
    ['/api/v1/customers', { ...customer, branch: 'Nowhere' }, 'branch'],
    ['/api/v1/customers', { ...customer, birthOn: '1980-02-30' }, 'birthOn'],
    ['/api/v1/decisions', { customer: 'no:1', channel: 'pigeon', category: 'general_marketing' }, 'channel'],
    ['/api/v1/decisions', { customer: 'no:1', channel: 'sms', category: 'gossip' }, 'category'],
    ['/api/v1/decisions', { channel: 'sms', category: 'general_marketing' }, 'customer'],
    ['/api/v1/decisions:batch', { questions: [] }, 'questions'],
    [
      '/api/v1/decisions:batch',
      { questions: [{ customer: 'no:1', channel: 'sms', category: 'x' }] },
      'questions.0.category',
    ],
    ['/api/v1/customers:search', { text: '' }, 'text'],
    ['/api/v1/customers:search', { text: 'smith', limit: 51 }, 'limit'],
  ])('for a value that %s does not know names its field', async (url, body, field) => {
    const answer = await api.ask(url, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid', errors: [{ field, message: expect.any(String) }] });
  });

  it.each([
    ['/api/v1/customers', { body: { ...customer, surname: 'Q\0' } }, 'surname'],
    [
      '/api/v1/customers',
      { body: { ...customer, contactPoints: [{ kind: 'email', value: 'a\0@example.com' }] } },
      'contactPoints.0.value',
    ],
    ['/api/v1/customers', { body: { ...customer, surname: '\ud800' } }, 'surname'],
    ['/api/v1/customers:search', { body: { text: 'a\0' } }, 'text'],
    [
      `/api/v1/customers/${nobody}`,
      { method: 'PATCH', body: { surname: 'a\0' }, headers: { 'if-match': '"1"' } },
      'surname',
    ],
    ['/api/v1/customers/no:a%00b', {}, 'id'],
    ['/api/v1/reviews?status=due&branch=a%00b', {}, 'branch'],
    [
      '/api/v1/decisions',
      { body: { customer: 'no:a\0', channel: 'sms', category: 'general_marketing' } },
      'customer',
    ],
    [
      `/api/v1/customers/${nobody}/permission-events`,
      { body: { kind: 'stop_all_marketing', source: 'phone', note: 'a\0' } },
      'note',
    ],
    [`/api/v1/customers/${nobody}/vehicles`, { body: { registration: 'AB12\0CDE' } }, 'registration'],
    ['/api/v1/customers', { body: { ...customer, 'a\0': 'b' } }, 'body'],
  ] as const)('for a text to %s that no database keeps names its field', async (url, request, field) => {
    const answer = await api.ask(url, request);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid', errors: [{ field, message: expect.any(String) }] });
  });

  it('for a cursor with such a text says that no list gave it out', async () => {
    const cursor = Buffer.from(JSON.stringify('a\0')).toString('base64url');
    const answer = await api.ask(`/api/v1/customers/${nobody}/timeline?cursor=${cursor}`);
    expect(answer.status).toBeLessThan(500);
  });

  it('names the scope that a key lacks', async () => {
    const key = await api.keyWith('customers:read');
    const answer = await api.ask('/api/v1/customers', { body: customer, key });
    expect(answer.status).toBe(403);
    expect(answer.at('detail')).toContain('customers:write');
    expect(await database.query("select id from customer where surname = 'Zephyrine-Quux'")).toEqual([]);
  });

  it('of a correction names the scope of its own that it needs', async () => {
    const key = await api.keyWith('permissions:write');
    const answer = await api.ask(`/api/v1/customers/${nobody}/permission-events`, {
      body: { kind: 'correct', corrects: 1 },
      key,
    });
    expect(answer.status).toBe(403);
    expect(answer.at('detail')).toContain('permissions:correct');
  });

  it('tells nothing of the inside when the server fails, and leaves its id in the log', async () => {
    await database.query('alter table access_log rename to access_log_away');
    const answer = await api.ask('/api/v1/customers:search', { body: { text: 'Zephyrine-Quux' } });
    await database.query('alter table access_log_away rename to access_log');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/access_log|select|insert|node_modules|\.ts/i);
    const id = String(answer.at('instance')).replace('urn:uuid:', '');
    expect(lines.some((line) => line.includes(id) && line.includes('A request failed'))).toBe(true);
  });

  it('after many wrong keys from one place is that there were too many', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const { status } = await api.ask(`/api/v1/customers/${nobody}`, { key: `nav_${attempt}` });
      statuses.push(status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.at(-1)).toBe(429);
    expect((await api.ask(`/api/v1/customers/${nobody}`)).status).toBe(404);
  });
});

describe('problems and the log', () => {
  it('hold nothing of the person a request was about', async () => {
    const texts: string[] = [];
    const bad = [
      api.ask('/api/v1/customers', { body: { ...customer, kind: 'robot' } }),
      api.ask('/api/v1/customers', { body: { ...customer, branch: 'Zephyrine-Quux' } }),
      api.ask('/api/v1/customers', {
        body: { surname: 'Zephyrine-Quux', contactPoints: [{ kind: 'email', value: 'zephyrine.quux' }] },
      }),
      api.ask('/api/v1/customers/no:Zephyrine-Quux'),
      api.ask('/api/v1/customers/Zephyrine-Quux?name=Zephyrine-Quux'),
      api.ask('/api/v1/Zephyrine-Quux'),
      api.ask('/api/v1/reviews?status=Zephyrine-Quux&branch=Zephyrine-Quux'),
    ];
    for (const answer of await Promise.all(bad)) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      texts.push(answer.text);
    }
    const created = await api.ask('/api/v1/customers', { body: customer });
    expect(created.status).toBe(201);
    await api.ask('/api/v1/customers:search', { body: { text: 'Zephyrine-Quux' } });
    expect(texts.join('\n')).not.toMatch(/quux|900777/i);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join('\n')).not.toMatch(/quux|900777|nav_/i);
  });

  it('the access log says who looked and at whom, never what was searched for', async () => {
    await database.query('truncate access_log');
    const created = await api.ask('/api/v1/customers', {
      body: { surname: 'Looked', customerNumber: 'LOOK-1' },
    });
    await api.ask('/api/v1/customers/no:look-1');
    await api.ask('/api/v1/customers/no:look-1/permissions');
    await api.ask('/api/v1/customers:search', { body: { text: 'Looked' } });
    const [key] = await database.query("select id from api_key where name = 'Tests'");
    const rows = await database.query(
      'select actor_id, action, customer_id, detail from access_log order by id',
    );
    expect(rows).toEqual([
      { actor_id: key?.['id'], action: 'customer read', customer_id: created.at('id'), detail: null },
      { actor_id: key?.['id'], action: 'permissions read', customer_id: created.at('id'), detail: null },
      { actor_id: key?.['id'], action: 'customer searched', customer_id: null, detail: null },
    ]);
  });
});
