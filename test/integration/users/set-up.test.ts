import { beforeEach, describe, expect, it } from 'vitest';
import { makeSetUpToken } from '../../../src/features/users/set-up/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff, goodPassword } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

beforeEach(async () => {
  await database.query('truncate staff_user, set_up_link cascade');
});

const person = { username: 'ruth', fullName: 'Ruth Odell', password: goodPassword };

async function link(): Promise<string> {
  const token = await makeSetUpToken(api.context);
  if (token === null) throw new Error('There is an administrator already.');
  return token;
}

describe('a set-up link', () => {
  it('makes the first administrator, signs them in, and is of no use after that', async () => {
    const token = await link();
    const browser = browserOn(api);
    expect((await browser.ask('/set-up:check', { body: { token } })).body).toEqual({
      validUntil: '2026-11-24T11:00:00Z',
      dealer: { name: 'The dealership' },
    });
    const made = await browser.ask('/set-up', { body: { token, ...person } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ user: { username: 'ruth', role: 'administrator' } });
    expect((await browser.ask('/users')).at('users.0.username')).toBe('ruth');
    for (const url of ['/set-up:check', '/set-up']) {
      const body = url === '/set-up' ? { token, ...person, username: 'second' } : { token };
      const answer = await browserOn(api).ask(url, { body });
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: 'set-up-link-not-valid' });
    }
    expect(await makeSetUpToken(api.context)).toBeNull();
  });

  it('can still be used after a password that is no good', async () => {
    const token = await link();
    const refused = await browserOn(api).ask('/set-up', { body: { token, ...person, password: 'short' } });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ field: 'password' }] });
    expect((await browserOn(api).ask('/set-up', { body: { token, ...person } })).status).toBe(201);
  });

  it('makes one administrator, however many use it at once', async () => {
    const token = await link();
    const answers = await Promise.all(
      ['anna', 'bert', 'carl'].map((username) =>
        browserOn(api).ask('/set-up', { body: { token, ...person, username } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
    expect(await database.query('select count(*)::int as count from staff_user')).toEqual([{ count: 1 }]);
  });

  it('is valid for a day, and replaced at each start', async () => {
    const first = await link();
    const second = await link();
    const check = async (token: string) =>
      (await browserOn(api).ask('/set-up:check', { body: { token } })).status;
    expect(await check(first)).toBe(404);
    expect(await check(second)).toBe(200);
    api.context.clock.advance({ hours: 24 });
    expect(await check(second)).toBe(404);
    expect(JSON.stringify(await database.query('select * from set_up_link'))).not.toContain(second);
  });

  it('is of no use once an administrator was added another way', async () => {
    const token = await link();
    await givenStaff(api.context, 'adviser-only');
    expect((await browserOn(api).ask('/set-up:check', { body: { token } })).status).toBe(200);
    await givenStaff(api.context, 'administers', { role: 'administrator' });
    expect((await browserOn(api).ask('/set-up', { body: { token, ...person } })).status).toBe(404);
  });

  it('is refused from the page of another site', async () => {
    const token = await link();
    const elsewhere = browserOn(api, { 'sec-fetch-site': 'cross-site' });
    expect((await elsewhere.ask('/set-up', { body: { token, ...person } })).status).toBe(403);
  });
});
