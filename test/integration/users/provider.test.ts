import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../src/main.ts';
import type { HttpApp } from '../../../src/platform/http.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import type { RunningProvider } from '../../support/openid-provider.ts';
import { openOpenIdProvider } from '../../support/openid-provider.ts';
import { givenStaff, goodPassword } from '../../support/staff.ts';
import { WebBrowser } from '../../support/web-browser.ts';

/** Signing in with a real provider, over real HTTP: only who works here already is let in, and only where they began. */
const database = useDatabase();
const api = useApi(database);
const lines: string[] = [];
let provider: RunningProvider;
let navigator: HttpApp;
let address = '';

beforeAll(async () => {
  provider = await openOpenIdProvider();
  const { issuer, clientId, clientSecret } = provider;
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  navigator = await buildApp(
    { ...api.context, logger },
    {
      signIn: { provider: { issuer, clientId, clientSecret, name: 'Hallam' }, passwordsOnlyFor: 'ruth' },
    },
  );
  // biome-ignore lint/nursery/useAwaitThenable: without a callback, listen answers a promise.
  address = await navigator.listen({ port: 0, host: '127.0.0.1' });
  provider.serve(address);
}, 120_000);
afterAll(async () => {
  await navigator.close();
  await provider.close();
});

/** Presses "Sign in with …" and goes wherever it leads, until it is the sign-in page. */
async function signInAs(email: string, claims: { sub?: string; email_verified?: boolean } = {}) {
  provider.isVisitedBy({ sub: email, email, email_verified: true, ...claims });
  const browser = new WebBrowser();
  return { browser, arrived: await browser.follow(`${address}/provider/sign-in`, isSignInPage) };
}

function isSignInPage(url: URL): boolean {
  return url.origin === address && url.pathname === '/sign-in';
}

async function sessionOf(browser: WebBrowser): Promise<unknown> {
  const response = await browser.get(`${address}/api/v1/session`);
  return response.status === 204 ? null : response.json();
}

describe('signing in with a provider', () => {
  it('joins somebody who works here by their verified address, once, and knows them by what it calls them after that', async () => {
    const id = await givenStaff(api.context, 'amira', { email: 'amira.khan@hallam.example', password: null });
    const { browser, arrived } = await signInAs('Amira.Khan@hallam.example', { sub: 'staff-4711' });
    expect(arrived.href).toBe(`${address}/sign-in`);
    expect(await sessionOf(browser)).toMatchObject({ user: { id, username: 'amira', role: 'adviser' } });
    const again = await signInAs('amira.jones@hallam.example', { sub: 'staff-4711', email_verified: false });
    expect(await sessionOf(again.browser)).toMatchObject({ user: { id } });
    const somebodyElse = await signInAs('amira.khan@hallam.example', { sub: 'staff-9' });
    expect(somebodyElse.arrived.search).toBe('?problem=unknown-person');
    expect(await sessionOf(somebodyElse.browser)).toBeNull();
    const events = await database.query('select kind from staff_event where user_id = $1 order by id', [id]);
    expect(events.map(({ kind }) => kind)).toEqual([
      'added',
      'joined with provider',
      'signed in',
      'signed in',
    ]);
    const sessions = await database.query('select method from staff_session where user_id = $1', [id]);
    expect(sessions.map(({ method }) => method)).toEqual(['provider', 'provider']);
  });

  it('gives the cookie of the session to no other site, and takes back what the browser kept meanwhile', async () => {
    await givenStaff(api.context, 'cookies', { email: 'cookies@hallam.example' });
    const { browser } = await signInAs('cookies@hallam.example');
    const session = browser.givenCookies.find((cookie) => cookie.startsWith('navigator_session='));
    expect(session).toMatch(/; HttpOnly; SameSite=Strict$/);
    const kept = browser.givenCookies.filter((cookie) => cookie.startsWith('navigator_provider='));
    expect(kept[0]).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    expect(kept[1]).toMatch(/^navigator_provider=;.*Max-Age=0$/);
  });

  it('asks for no second factor of ours, since what it asks for is for the provider', async () => {
    const secondFactorRoles = ['sales'];
    await database.query(
      `insert into sign_in_policy (version, second_factor_roles, set_at, set_by) values (2, $1, now(), 'test')`,
      [secondFactorRoles],
    );
    await givenStaff(api.context, 'sal', { email: 'sal@hallam.example', role: 'sales' });
    const { browser } = await signInAs('sal@hallam.example');
    expect(await sessionOf(browser)).toMatchObject({ secondFactor: { isMissing: false } });
  });

  it('adds nobody: whose address is unknown here is told so, and leaves no account behind', async () => {
    const before = await database.query('select id from staff_user');
    const { arrived, browser } = await signInAs('stranger@hallam.example');
    expect(arrived.search).toBe('?problem=unknown-person');
    expect(await sessionOf(browser)).toBeNull();
    expect(await database.query('select id from staff_user')).toHaveLength(before.length);
  });

  it('lets nobody in by an address that the provider has not verified', async () => {
    const id = await givenStaff(api.context, 'unverified', { email: 'unverified@hallam.example' });
    for (const claims of [{ email_verified: false }, { email_verified: undefined }]) {
      const { arrived, browser } = await signInAs('unverified@hallam.example', claims as object);
      expect(arrived.search).toBe('?problem=unverified-email');
      expect(await sessionOf(browser)).toBeNull();
    }
    expect((await api.ask(`/api/v1/users/${id}`)).body).toMatchObject({ isJoined: false });
  });

  it('lets nobody in who may not sign in here any more, whatever the provider says', async () => {
    const id = await givenStaff(api.context, 'leaver', { email: 'leaver@hallam.example' });
    const { browser } = await signInAs('leaver@hallam.example');
    const { headers } = await api.ask(`/api/v1/users/${id}`);
    const disabled = await api.ask(`/api/v1/users/${id}`, {
      method: 'PATCH',
      body: { disabled: true },
      headers: { 'if-match': String(headers['etag']) },
    });
    expect(disabled.body).toMatchObject({ isJoined: true, email: 'leaver@hallam.example' });
    expect(await sessionOf(browser)).toBeNull();
    expect((await signInAs('leaver@hallam.example')).arrived.search).toBe('?problem=account-disabled');
  });

  it('is parted from an account by another address, so that whom the account is for can be joined', async () => {
    const id = await givenStaff(api.context, 'renamed', { email: 'old@hallam.example' });
    await signInAs('old@hallam.example', { sub: 'first' });
    const { headers } = await api.ask(`/api/v1/users/${id}`);
    const changed = await api.ask(`/api/v1/users/${id}`, {
      method: 'PATCH',
      body: { email: 'new@hallam.example' },
      headers: { 'if-match': String(headers['etag']) },
    });
    expect(changed.body).toMatchObject({ isJoined: false, email: 'new@hallam.example' });
    expect((await signInAs('old@hallam.example', { sub: 'first' })).arrived.search).toBe(
      '?problem=unknown-person',
    );
    const { browser } = await signInAs('new@hallam.example', { sub: 'second' });
    expect(await sessionOf(browser)).toMatchObject({ user: { id } });
  });
});

describe('the way to a provider and back', () => {
  it('asks with PKCE, a state and a nonce, and says nothing of anybody', async () => {
    const [first, second] = [await new WebBrowser().leave(address), await new WebBrowser().leave(address)];
    expect(first.origin).toBe(provider.issuer);
    expect(first.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first.searchParams.get(name)).not.toBe(second.searchParams.get(name));
    }
    expect(first.searchParams.get('redirect_uri')).toBe(`${address}/provider/callback`);
  });

  it('leads where somebody meant to go, and never to another site', async () => {
    await givenStaff(api.context, 'next', { email: 'next@hallam.example' });
    const wanted = '/reviews?due=week';
    const arrive = async (next: string) => {
      provider.isVisitedBy({ sub: 'next', email: 'next@hallam.example', email_verified: true });
      const from = `${address}/provider/sign-in?next=${encodeURIComponent(next)}`;
      return new WebBrowser().follow(from, isSignInPage);
    };
    expect((await arrive(wanted)).searchParams.get('next')).toBe(wanted);
    for (const elsewhere of [
      '//evil.example/',
      'https://evil.example/',
      '/\\evil.example',
      '/\t/evil',
      'x',
    ]) {
      expect((await arrive(elsewhere)).href).toBe(`${address}/sign-in`);
    }
  });

  it('counts in the browser that left and for ten minutes, and is believed with its own state only', async () => {
    await givenStaff(api.context, 'victim', { email: 'victim@hallam.example' });
    provider.isVisitedBy({ sub: 'victim', email: 'victim@hallam.example', email_verified: true });
    const refused = `${address}/sign-in?problem=sign-in-expired`;
    const isCallback = (url: URL) => url.pathname === '/provider/callback';
    const comeBack = async (change: (callback: URL, browser: WebBrowser) => void) => {
      const browser = new WebBrowser();
      const callback = await browser.follow(`${address}/provider/sign-in`, isCallback);
      change(callback, browser);
      const arrived = await browser.follow(callback.href, isSignInPage);
      expect(await sessionOf(browser)).toBeNull();
      return arrived.href;
    };
    expect(await comeBack(({ searchParams }) => searchParams.set('state', 'of-somebody-else'))).toBe(refused);
    expect(await comeBack(({ searchParams }) => searchParams.delete('state'))).toBe(refused);
    expect(await comeBack((_, browser) => browser.forget('navigator_provider'))).toBe(refused);
    expect(await comeBack(() => api.context.clock.advance({ minutes: 11 }))).toBe(refused);
    expect(await comeBack(({ searchParams }) => searchParams.set('code', 'guessed'))).toBe(
      `${address}/sign-in?problem=provider-answer`,
    );
  });

  it('ends at the door where somebody changes their mind', async () => {
    provider.isVisitedBy(null);
    const arrived = await new WebBrowser().follow(`${address}/provider/sign-in`, isSignInPage);
    expect(arrived.search).toBe('?problem=provider-refused');
  });

  it('leaves neither names nor addresses nor codes in the log', () => {
    const log = lines.join('');
    expect(log).toContain('unknown-person');
    expect(log).not.toMatch(/hallam\.example|staff-4711|code=|state=/i);
  });
});

describe('a provider that is away', () => {
  it('keeps neither the program from starting nor others out, and is asked again by the next who comes', async () => {
    const late = await openOpenIdProvider();
    const { issuer, clientId, clientSecret } = late;
    const settings = { issuer, clientId, clientSecret, name: 'Late' };
    await late.close();
    const app = await buildApp(api.context, { signIn: { provider: settings, passwordsOnlyFor: null } });
    const left = await api.ask('/provider/sign-in', { key: null, app });
    expect(left.headers['location']).toBe('/sign-in?problem=provider-away');
    await givenStaff(api.context, 'besides');
    const body = { username: 'besides', password: goodPassword };
    expect((await api.ask('/api/v1/session', { key: null, app, body })).status).toBe(201);
    const back = await openOpenIdProvider(Number(new URL(issuer).port));
    back.serve(address);
    const sent = await api.ask('/provider/sign-in', { key: null, app });
    expect(new URL(String(sent.headers['location'])).origin).toBe(issuer);
    await app.close();
    await back.close();
  });

  it('is none where none is set', async () => {
    const answer = await api.ask('/provider/sign-in', { key: null });
    expect(answer.headers['location']).toBe('/sign-in?problem=provider-off');
    expect((await api.ask('/api/v1/sign-in-options', { key: null })).body).toEqual({
      provider: null,
      passwords: 'everybody',
    });
  });
});

describe('where passwords are for the emergency administrator only', () => {
  const signIn = (username: string, password = goodPassword) =>
    api.ask('/api/v1/session', { key: null, app: navigator, body: { username, password } });

  it('nobody else is let in by one, in the same words whoever they are', async () => {
    await givenStaff(api.context, 'ruth', { role: 'administrator' });
    await givenStaff(api.context, 'other', { role: 'administrator' });
    const options = await api.ask('/api/v1/sign-in-options', { key: null, app: navigator });
    expect(options.body).toEqual({ provider: { name: 'Hallam' }, passwords: 'emergency' });
    const refused = [await signIn('other'), await signIn('ruth', 'not this one, no'), await signIn('nobody')];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(refused.map((answer) => answer.at('detail'))).size).toBe(1);
    expect((await signIn('RUTH')).status).toBe(201);
  });

  it('an account of that name which is no administrator is not let in either', async () => {
    await database.query("update staff_user set role = 'manager' where username = 'ruth'");
    expect((await signIn('ruth')).status).toBe(401);
  });
});

describe('the email address of a member of staff', () => {
  it('is one, is nobody else’s in any case, and can be taken away', async () => {
    await givenStaff(api.context, 'holder', { email: 'holder@hallam.example' });
    const add = (username: string, email: string | null) =>
      api.ask('/api/v1/users', { body: { username, fullName: 'New Person', role: 'adviser', email } });
    expect((await add('twin', 'HOLDER@hallam.example')).body).toMatchObject({
      status: 409,
      code: 'email-taken',
    });
    expect((await add('twin', 'not an address')).body).toMatchObject({
      status: 422,
      errors: [{ field: 'email' }],
    });
    const added = await add('twin', 'twin@Hallam.example');
    expect(added.body).toMatchObject({ email: 'twin@hallam.example', isJoined: false });
    const taken = await api.ask(`/api/v1/users/${String(added.at('id'))}`, {
      method: 'PATCH',
      body: { email: null },
      headers: { 'if-match': String(added.headers['etag']) },
    });
    expect(taken.body).toMatchObject({ email: null });
  });
});
