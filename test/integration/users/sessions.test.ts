import { describe, expect, it } from 'vitest';
import { addBranch } from '../../../src/features/branches/service.ts';
import { scopesOfRole } from '../../../src/features/users/roles.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff, goodPassword, setCookies } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

describe('signing in', () => {
  it('answers who is signed in, at which branch, and what their role allows', async () => {
    await addBranch(api.context, { legalEntityId: 1, code: 'ROTH', name: 'Rotherham' });
    const id = await givenStaff(api.context, 'amira', { branch: 'rotherham' });
    const browser = browserOn(api);
    const signedIn = await browser.signIn('AMIRA');
    expect(signedIn.status).toBe(201);
    expect(signedIn.body).toEqual({
      user: { id, username: 'amira', fullName: 'Amira Khan', role: 'adviser' },
      branch: { code: 'ROTH', name: 'Rotherham' },
      scopes: scopesOfRole.adviser,
      secondFactor: { isOn: false, isMissing: false },
      demo: false,
      dealer: { name: 'The dealership' },
    });
    expect((await browser.ask('/session')).body).toEqual(signedIn.body);
    expect((await browser.ask('/branches')).body).toEqual({
      branches: [
        { code: 'MAIN', name: 'Main branch' },
        { code: 'ROTH', name: 'Rotherham' },
      ],
    });
  });

  it('sets a cookie that no script can read and no other site can send', async () => {
    await givenStaff(api.context, 'cookie');
    const plain = setCookies(await browserOn(api).signIn('cookie'));
    expect(plain).toEqual([
      expect.stringMatching(/^navigator_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(
        /^navigator_device=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=31536000$/,
      ),
    ]);
    const proxied = browserOn(api, { 'x-forwarded-proto': 'https' });
    const encrypted = setCookies(await proxied.signIn('cookie'));
    expect(encrypted[0]).toMatch(
      /^__Host-navigator_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect((await proxied.ask('/session')).status).toBe(200);
  });

  it('over https does not take the cookie that anybody on the network could have set without', async () => {
    await givenStaff(api.context, 'tossed');
    const browser = browserOn(api);
    await browser.signIn('tossed');
    const headers = { 'x-forwarded-proto': 'https' };
    expect((await browser.ask('/session', { headers })).status).toBe(204);
    expect((await browser.ask('/branches', { headers })).status).toBe(401);
  });

  it('answers the same to an unknown username, a wrong password and a disabled account', async () => {
    await givenStaff(api.context, 'known');
    await givenStaff(api.context, 'disabled');
    await database.query("update staff_user set disabled_at = now() where username = 'disabled'");
    const answers = [
      await browserOn(api).signIn('nobody-here'),
      await browserOn(api).signIn('known', 'five calm grey herons'),
      await browserOn(api).signIn('disabled'),
      await browserOn(api).signIn('disabled', 'five calm grey herons'),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'sign-in-failed' });
      expect(answer.at('detail')).toBe(answers[0]?.at('detail'));
      expect(setCookies(answer)).toEqual([]);
      expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(answers[0]?.headers ?? {}).sort());
    }
  });

  it('keeps the hash of the token alone', async () => {
    await givenStaff(api.context, 'hashed');
    const browser = browserOn(api);
    await browser.signIn('hashed');
    const token = browser.cookies.get('navigator_session') ?? '';
    const rows = await database.query("select encode(sha256($1), 'hex') as hash", [Buffer.from(token)]);
    const kept = await database.query("select encode(token_hash, 'hex') as hash from staff_session");
    expect(kept).toContainEqual(rows[0]);
    expect(JSON.stringify(await database.query('select * from staff_session'))).not.toContain(token);
  });

  it('never takes up a token that was there before, and ends the session that was', async () => {
    await givenStaff(api.context, 'fixed');
    await givenStaff(api.context, 'attacker');
    const attacker = browserOn(api);
    await attacker.signIn('attacker');
    const planted = attacker.cookies.get('navigator_session') ?? '';
    const victim = browserOn(api, { cookie: `navigator_session=${planted}` });
    await victim.signIn('fixed');
    expect(victim.cookies.get('navigator_session')).not.toBe(planted);
    expect((await attacker.ask('/session')).status).toBe(204);
  });

  it('is refused from the page of another site', async () => {
    await givenStaff(api.context, 'elsewhere');
    const headers = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const header of headers) {
      const answer = await browserOn(api, header).signIn('elsewhere');
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'other-site' });
    }
    const body = { username: 'elsewhere', password: goodPassword };
    const foreign = await api.ask('/api/v1/session', {
      key: null,
      body,
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect((await api.ask('/api/v1/session', { key: null, body })).status).toBe(201);
  });

  it('keeps no answer and no password, whatever Idempotency-Key is sent', async () => {
    await givenStaff(api.context, 'repeated');
    const ask = () => browserOn(api, { 'idempotency-key': 'the-same' }).signIn('repeated');
    const [first, second] = [await ask(), await ask()];
    expect(setCookies(first)[0]).not.toBe(setCookies(second)[0]);
    expect(await database.query("select key from idempotency_key where key = 'the-same'")).toEqual([]);
  });

  it('is on record, and so is signing out', async () => {
    const id = await givenStaff(api.context, 'recorded');
    const browser = browserOn(api);
    await browser.signIn('recorded');
    await browser.ask('/session', { method: 'DELETE' });
    expect(
      await database.query('select kind, actor_id from staff_event where user_id = $1 order by id', [id]),
    ).toEqual([
      { kind: 'added', actor_id: 'navigator' },
      { kind: 'signed in', actor_id: id },
      { kind: 'signed out', actor_id: id },
    ]);
    await expect(api.context.database.pool.query('delete from staff_event')).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('a session', () => {
  it('ends at sign-out, for whoever copied the cookie, too', async () => {
    await givenStaff(api.context, 'leaver');
    const browser = browserOn(api);
    await browser.signIn('leaver');
    const copied = `navigator_session=${browser.cookies.get('navigator_session')}`;
    expect((await browser.ask('/session', { method: 'DELETE' })).status).toBe(204);
    expect(browser.cookies.has('navigator_session')).toBe(false);
    expect((await browserOn(api, { cookie: copied }).ask('/session')).status).toBe(204);
    expect((await browser.ask('/session', { method: 'DELETE' })).status).toBe(401);
  });

  it('ends after two hours without a request, and twelve hours after it began', async () => {
    await givenStaff(api.context, 'clocked');
    const idle = browserOn(api);
    await idle.signIn('clocked');
    api.context.clock.advance({ minutes: 119 });
    expect((await idle.ask('/session')).status).toBe(200);
    api.context.clock.advance({ minutes: 121 });
    expect((await idle.ask('/session')).status).toBe(204);

    const busy = browserOn(api);
    await busy.signIn('clocked');
    for (let hour = 1; hour < 12; hour += 1) {
      api.context.clock.advance({ hours: 1 });
      expect((await busy.ask('/session')).status, `after ${hour} hours`).toBe(200);
    }
    api.context.clock.advance({ hours: 1 });
    expect((await busy.ask('/session')).status).toBe(204);
  });

  it('may do what the role allows now, not what it allowed at sign-in', async () => {
    const id = await givenStaff(api.context, 'promoted', { role: 'marketing' });
    const browser = browserOn(api);
    await browser.signIn('promoted');
    const create = () => browser.ask('/customers', { body: { surname: 'Promoted', branch: 'MAIN' } });
    const refused = await create();
    expect(refused.status).toBe(403);
    expect(refused.at('detail')).toContain('Your role does not allow this (customers:write)');
    await database.query("update staff_user set role = 'adviser' where id = $1", [id]);
    expect((await create()).status).toBe(201);
    await database.query('update staff_user set disabled_at = now() where id = $1', [id]);
    expect((await create()).status).toBe(401);
  });

  it('changes something from pages of this installation only', async () => {
    await givenStaff(api.context, 'forged');
    const browser = browserOn(api);
    await browser.signIn('forged');
    const cookie = `navigator_session=${browser.cookies.get('navigator_session')}`;
    const change = (headers: Record<string, string>) =>
      api.ask('/api/v1/customers', {
        key: null,
        body: { surname: 'Forged', branch: 'MAIN' },
        headers: { cookie, ...headers },
      });
    const refused: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' },
      { origin: 'null' },
      { origin: 'http://localhost:8080' },
      { origin: 'https://localhost' },
      { origin: 'http://localhost.evil.example' },
    ];
    for (const headers of refused) {
      const answer = await change(headers);
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(answer.body).toMatchObject({ code: 'other-site' });
    }
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await change({ origin: 'http://localhost' })).status).toBe(201);
    for (const method of ['PATCH', 'DELETE'] as const) {
      const answer = await api.ask('/api/v1/session', { method, key: null, headers: { cookie } });
      expect(answer.status).toBe(403);
    }
  });

  it('counts for nothing beside an API key, right or wrong', async () => {
    await givenStaff(api.context, 'both', { role: 'administrator' });
    const browser = browserOn(api);
    await browser.signIn('both');
    const key = await api.keyWith('reviews:read');
    expect((await browser.ask('/customers/no:1', { key })).status).toBe(403);
    expect((await browser.ask('/customers/no:1', { key: 'nav_wrong' })).status).toBe(401);
    expect((await browser.ask('/customers/no:1')).status).toBe(404);
    expect((await browser.ask('/session', { key })).status).toBe(204);
    const left = await browser.ask('/session', { key, method: 'DELETE' });
    expect(left).toMatchObject({ status: 403, body: { code: 'session-needed' } });
    expect((await browser.ask('/branches', { key })).status).toBe(200);
  });

  it('is told apart from no session at all, a made-up one and a malformed one by nobody', async () => {
    for (const cookie of ['', `navigator_session=${'A'.repeat(43)}`, 'navigator_session=<script>', 'x']) {
      const browser = browserOn(api, { cookie });
      expect((await browser.ask('/session')).status).toBe(204);
      const answer = await browser.ask('/branches');
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    }
  });

  it('moves to another branch, which the account does not', async () => {
    await addBranch(api.context, { legalEntityId: 1, code: 'BARN', name: 'Barnsley' });
    await givenStaff(api.context, 'mover');
    const browser = browserOn(api);
    await browser.signIn('mover');
    const moved = await browser.ask('/session', { method: 'PATCH', body: { branch: 'barnsley' } });
    expect(moved.at('branch')).toEqual({ code: 'BARN', name: 'Barnsley' });
    expect((await browser.ask('/session')).at('branch.code')).toBe('BARN');
    const unknown = await browser.ask('/session', { method: 'PATCH', body: { branch: 'Nowhere' } });
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ field: 'branch' }] });
    expect((await browserOn(api).signIn('mover')).at('branch.code')).toBe('MAIN');
  });

  it('names its owner in the access log', async () => {
    const id = await givenStaff(api.context, 'looker');
    const customer = await givenCustomer(api.context, { branch: 'MAIN' });
    const browser = browserOn(api);
    await browser.signIn('looker');
    const read = await browser.ask(`/customers/${customer}`);
    expect(read.headers['cache-control']).toBe('no-store');
    expect(
      await database.query('select actor_kind, actor_id from access_log where customer_id = $1', [customer]),
    ).toEqual([{ actor_kind: 'staff', actor_id: id }]);
  });
});

describe('an own password', () => {
  it('is changed by whoever knows the current one, and ends every other session', async () => {
    await givenStaff(api.context, 'changer');
    const [here, there] = [browserOn(api), browserOn(api)];
    await here.signIn('changer');
    await there.signIn('changer');
    const before = here.cookies.get('navigator_session');
    const change = (currentPassword: string, newPassword: string) =>
      here.ask('/session:change-password', { body: { currentPassword, newPassword } });
    expect((await change('not the right one', 'a quite different one')).body).toMatchObject({
      status: 422,
      errors: [{ field: 'currentPassword' }],
    });
    expect((await change(goodPassword, 'short')).body).toMatchObject({ errors: [{ field: 'newPassword' }] });
    expect((await change(goodPassword, 'a quite different one')).status).toBe(200);
    expect(here.cookies.get('navigator_session')).not.toBe(before);
    expect((await here.ask('/session')).status).toBe(200);
    expect((await there.ask('/session')).status).toBe(204);
    expect((await browserOn(api).signIn('changer')).status).toBe(401);
    expect((await browserOn(api).signIn('changer', 'a quite different one')).status).toBe(201);
  });
});
