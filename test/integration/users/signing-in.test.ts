import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { nowOf } from '../../../src/platform/context.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import type { Browser } from '../../support/staff.ts';
import { browserOn, givenStaff, goodPassword } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);
const otherPassword = 'seven small brown wrens';

/** What the telephone shows at this moment, or some half minutes away from it. */
function shows(secret: string, halfMinutes = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return totp.generate({ timestamp: nowOf(api.context) + halfMinutes * 30_000 });
}

/** Signs in and adds a second factor. The half minute of its first code is over. */
async function withSecondFactor(username: string) {
  const browser = browserOn(api);
  await browser.signIn(username);
  const begun = await browser.ask('/session/second-factor:begin', { body: { password: goodPassword } });
  const secret = String(begun.at('secret'));
  const confirmed = await browser.ask('/session/second-factor:confirm', { body: { code: shows(secret) } });
  expect(confirmed.status).toBe(200);
  api.context.clock.advance({ seconds: 60 });
  return { browser, secret, recoveryCodes: confirmed.at('recoveryCodes') as string[] };
}

function signInWith(browser: Browser, username: string, code?: string) {
  return browser.ask('/session', { body: { username, password: goodPassword, code } });
}

async function eventsOf(userId: string): Promise<unknown[]> {
  const rows = await database.query('select kind from staff_event where user_id = $1 order by id', [userId]);
  return rows.map(({ kind }) => kind);
}

describe('a second factor', () => {
  it('is asked for once it was confirmed by a code, and lets in with a code that was not used before', async () => {
    const id = await givenStaff(api.context, 'fay');
    const { secret } = await withSecondFactor('fay');
    const browser = browserOn(api);
    expect((await signInWith(browser, 'fay')).body).toMatchObject({ status: 401, code: 'code-needed' });
    const code = shows(secret);
    expect((await signInWith(browser, 'fay', code)).status).toBe(201);
    expect((await signInWith(browserOn(api), 'fay', code)).body).toMatchObject({ code: 'code-wrong' });
    expect((await browser.ask('/session')).at('secondFactor')).toEqual({ isOn: true, isMissing: false });
    expect(await eventsOf(id)).toEqual(['added', 'signed in', 'second factor added', 'signed in']);
  });

  it('agrees with a telephone whose clock is half a minute off, and not with one that is further off', async () => {
    await givenStaff(api.context, 'slow');
    const { secret } = await withSecondFactor('slow');
    expect((await signInWith(browserOn(api), 'slow', shows(secret, 3))).status).toBe(401);
    expect((await signInWith(browserOn(api), 'slow', shows(secret, 1))).status).toBe(201);
  });

  it('is not begun without the password, and changes nothing before it is confirmed', async () => {
    await givenStaff(api.context, 'begin');
    const browser = browserOn(api);
    await browser.signIn('begin');
    const wrong = await browser.ask('/session/second-factor:begin', { body: { password: 'not this one' } });
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ field: 'password' }] });
    await browser.ask('/session/second-factor:begin', { body: { password: goodPassword } });
    expect((await browserOn(api).signIn('begin')).status).toBe(201);
    const guess = await browser.ask('/session/second-factor:confirm', { body: { code: '000000' } });
    expect(guess.body).toMatchObject({ status: 422, errors: [{ field: 'code' }] });
    api.context.clock.advance({ minutes: 16 });
    const late = await browser.ask('/session/second-factor:confirm', { body: { code: '000000' } });
    expect(late.body).toMatchObject({ status: 409, code: 'nothing-begun' });
  });

  it('has ten recovery codes, each for one use, and new ones take the place of the old', async () => {
    const id = await givenStaff(api.context, 'rec');
    const { browser, secret, recoveryCodes } = await withSecondFactor('rec');
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = '', second = ''] = recoveryCodes;
    expect((await signInWith(browserOn(api), 'rec', first.toUpperCase().replace('-', ' '))).status).toBe(201);
    expect((await signInWith(browserOn(api), 'rec', first)).status).toBe(401);
    expect((await browser.ask('/session/second-factor')).at('recoveryCodesLeft')).toBe(9);
    const proof = { password: goodPassword, code: shows(secret) };
    const made = await browser.ask('/session/second-factor:new-recovery-codes', { body: proof });
    expect(made.at('recoveryCodes')).toHaveLength(10);
    expect((await signInWith(browserOn(api), 'rec', second)).status).toBe(401);
    expect(await eventsOf(id)).toContain('recovery code used');
    const kept = JSON.stringify([
      await database.query('select * from recovery_code'),
      await database.query("select encode(secret_sealed, 'escape') as sealed from second_factor"),
    ]);
    expect(kept).not.toContain(first);
    expect(kept).not.toContain(secret);
  });

  it('cannot be guessed: after five wrong codes there is a wait, for the right code too', async () => {
    await givenStaff(api.context, 'guess');
    const { secret } = await withSecondFactor('guess');
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await signInWith(browserOn(api), 'guess', shows(secret, 50 + tries))).status).toBe(401);
    }
    const waiting = await signInWith(browserOn(api), 'guess', shows(secret));
    expect(waiting.status).toBe(429);
    api.context.clock.advance({ minutes: 16 });
    expect((await signInWith(browserOn(api), 'guess', shows(secret))).status).toBe(201);
  });

  it('is taken off by whoever knows the password and has a code, and by an administrator where it is lost', async () => {
    const id = await givenStaff(api.context, 'off');
    const { browser, secret } = await withSecondFactor('off');
    const remove = (code: string) =>
      browser.ask('/session/second-factor:remove', { body: { password: goodPassword, code } });
    expect((await remove('000000')).status).toBe(422);
    expect((await remove(shows(secret))).status).toBe(204);
    expect((await browserOn(api).signIn('off')).status).toBe(201);
    await withSecondFactor('off');
    const gone = await api.ask(`/api/v1/users/${id}/second-factor`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect((await browser.ask('/session')).status).toBe(204);
    expect((await browserOn(api).signIn('off')).status).toBe(201);
    expect(await eventsOf(id)).toContain('second factor taken away');
  });

  it('can be made a duty of a role: without one, a session may do nothing but add it', async () => {
    await givenStaff(api.context, 'duty', { role: 'marketing' });
    const browser = browserOn(api);
    await browser.signIn('duty');
    expect((await browser.ask('/customers:search', { body: { text: 'nobody' } })).status).toBe(200);
    const policy = await api.ask('/api/v1/sign-in-policy');
    const change = (roles: string[], version: string) =>
      api.ask('/api/v1/sign-in-policy', {
        method: 'PATCH',
        body: { secondFactorRoles: roles },
        headers: { 'if-match': version },
      });
    expect((await change(['marketing'], String(policy.headers['etag']))).status).toBe(200);
    expect((await change([], String(policy.headers['etag']))).status).toBe(412);
    expect((await browser.ask('/session')).at('secondFactor')).toEqual({ isOn: false, isMissing: true });
    expect((await browser.ask('/customers:search', { body: { text: 'nobody' } })).status).toBe(403);
    const { browser: after } = await withSecondFactor('duty');
    expect((await after.ask('/customers:search', { body: { text: 'nobody' } })).status).toBe(200);
    await change([], '"2"');
  });
});

describe('open sessions', () => {
  const chrome = {
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/149.0.0.0 Safari/537.36',
  };
  let here: Browser;
  let there: Browser;
  let id: string;
  beforeAll(async () => {
    id = await givenStaff(api.context, 'many');
    here = browserOn(api, chrome);
    there = browserOn(api);
    await here.signIn('many');
    await there.signIn('many');
  });
  const idsOf = async () =>
    ((await here.ask('/sessions')).at('sessions') as { id: string; isCurrent: boolean }[]).map(
      ({ id: sessionId, isCurrent }) => ({ sessionId, isCurrent }),
    );

  it('are listed with the browser in words, this one marked, to nobody else', async () => {
    const listed = (await here.ask('/sessions')).at('sessions');
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(
      expect.objectContaining({
        browser: 'Chrome on Windows',
        isCurrent: true,
        branch: 'Main branch',
        method: 'password',
      }),
    );
    await givenStaff(api.context, 'stranger');
    const stranger = browserOn(api);
    await stranger.signIn('stranger');
    const [first] = await idsOf();
    const refused = await stranger.ask(`/sessions/${first?.sessionId}`, { method: 'DELETE' });
    expect(refused.status).toBe(404);
    expect((await stranger.ask(`/users/${id}/sessions`)).status).toBe(403);
  });

  it('are ended one by one or all but this, at once', async () => {
    const other = (await idsOf()).find(({ isCurrent }) => !isCurrent);
    expect((await here.ask(`/sessions/${other?.sessionId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await there.ask('/session')).status).toBe(204);
    await there.signIn('many');
    expect((await here.ask('/sessions:end-others', { method: 'POST' })).body).toEqual({ ended: 1 });
    expect((await there.ask('/branches')).status).toBe(401);
    expect((await here.ask('/branches')).status).toBe(200);
  });

  it('of somebody else are seen and ended by an administrator, which is on record', async () => {
    const listed = await api.ask(`/api/v1/users/${id}/sessions`);
    expect(listed.at('sessions')).toMatchObject([{ browser: 'Chrome on Windows', isCurrent: false }]);
    const address = `/api/v1/users/${id}/sessions/${listed.at('sessions.0.id')}`;
    expect((await api.ask(address, { method: 'DELETE' })).status).toBe(204);
    expect((await here.ask('/session')).status).toBe(204);
    await here.signIn('many');
    const ended = await api.ask(`/api/v1/users/${id}/sessions`, { method: 'DELETE' });
    expect(ended.body).toEqual({ ended: 1 });
    expect((await here.ask('/session')).status).toBe(204);
    expect((await eventsOf(id)).filter((kind) => kind === 'session ended')).toHaveLength(4);
  });
});

describe('a password that was forgotten', () => {
  const reset = (id: string) => api.ask(`/api/v1/users/${id}:reset-password`, { method: 'POST' });
  const choose = (token: unknown, password: string) =>
    browserOn(api).ask('/password-reset', { body: { token, password } });

  it('is replaced by the person themselves, by a link that works once and ends every session', async () => {
    const id = await givenStaff(api.context, 'forgot');
    const browser = browserOn(api);
    await browser.signIn('forgot');
    const made = await reset(id);
    expect(made.status).toBe(201);
    expect((await browser.ask('/session')).status).toBe(204);
    expect((await browserOn(api).signIn('forgot')).status).toBe(401);
    const check = await browser.ask('/password-reset:check', { body: { token: made.at('token') } });
    expect(check.body).toEqual({ username: 'forgot', validUntil: made.at('validUntil') });
    expect((await choose(made.at('token'), 'short')).status).toBe(422);
    expect((await choose(made.at('token'), otherPassword)).status).toBe(204);
    expect((await choose(made.at('token'), otherPassword)).status).toBe(404);
    expect((await browser.signIn('forgot', otherPassword)).status).toBe(201);
    expect(await eventsOf(id)).toEqual([
      'added',
      'signed in',
      'password reset',
      'password chosen',
      'signed in',
    ]);
  });

  it('has one link at a time, for a day, and none where somebody may not sign in', async () => {
    const id = await givenStaff(api.context, 'links');
    const first = await reset(id);
    const second = await reset(id);
    expect((await choose(first.at('token'), otherPassword)).status).toBe(404);
    expect((await api.ask(`/api/v1/users/${id}`)).at('resetUntil')).toBe(second.at('validUntil'));
    api.context.clock.advance({ hours: 24 });
    expect((await choose(second.at('token'), otherPassword)).status).toBe(404);
    const read = await api.ask(`/api/v1/users/${id}`);
    const headers = { 'if-match': String(read.headers['etag']) };
    await api.ask(`/api/v1/users/${id}`, { method: 'PATCH', body: { disabled: true }, headers });
    expect((await reset(id)).body).toMatchObject({ status: 409, code: 'account-disabled' });
  });

  it('need not be known to an administrator at all: somebody can be added without one', async () => {
    const body = { username: 'nopass', fullName: 'Nora Pass', role: 'sales' };
    const added = await api.ask('/api/v1/users', { body });
    expect(added.status).toBe(201);
    expect((await browserOn(api).signIn('nopass', 'none')).status).toBe(401);
    const made = await reset(String(added.at('id')));
    expect((await choose(made.at('token'), otherPassword)).status).toBe(204);
    expect((await browserOn(api).signIn('nopass', otherPassword)).status).toBe(201);
  });
});
