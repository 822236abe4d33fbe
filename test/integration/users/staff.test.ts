import { describe, expect, it } from 'vitest';
import { addBranch } from '../../../src/features/branches/service.ts';
import { scopes, scopesOfRole } from '../../../src/features/users/roles.ts';
import { changeUser } from '../../../src/features/users/staff/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff, goodPassword } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

async function change(id: string, changes: object, version?: string) {
  const read = await api.ask(`/api/v1/users/${id}`);
  const headers = { 'if-match': version ?? String(read.headers['etag']) };
  return api.ask(`/api/v1/users/${id}`, { method: 'PATCH', body: changes, headers });
}

describe('the accounts of staff', () => {
  it('are added, read, listed page by page and changed', async () => {
    await addBranch(api.context, { legalEntityId: 1, code: 'ROTH', name: 'Rotherham' });
    const body = { username: 'a.sam', fullName: ' Sam Fielding ', role: 'sales', branch: 'Rotherham' };
    const added = await api.ask('/api/v1/users', { body: { ...body, password: goodPassword } });
    expect(added.status).toBe(201);
    expect(added.headers['location']).toBe(`/api/v1/users/${added.at('id')}`);
    expect(added.headers['etag']).toBe('"1"');
    expect(added.body).toEqual({
      id: expect.any(String),
      username: 'a.sam',
      fullName: 'Sam Fielding',
      role: 'sales',
      branch: { code: 'ROTH', name: 'Rotherham' },
      email: null,
      isJoined: false,
      createdAt: '2026-11-23T11:00:00Z',
      lastSignedInAt: null,
      disabledAt: null,
      secondFactorSince: null,
      resetUntil: null,
      version: 1,
    });
    await givenStaff(api.context, 'B.other');
    const first = await api.ask('/api/v1/users?limit=1');
    expect(first.body).toMatchObject({ users: [{ username: 'a.sam' }], nextCursor: expect.any(String) });
    const second = await api.ask(`/api/v1/users?limit=1&cursor=${first.at('nextCursor')}`);
    expect(second.body).toMatchObject({ users: [{ username: 'B.other' }], nextCursor: null });
    const id = String(added.at('id'));
    expect((await change(id, { branch: null, fullName: 'Samuel Fielding' })).body).toMatchObject({
      fullName: 'Samuel Fielding',
      role: 'sales',
      branch: null,
      version: 2,
    });
    expect((await change(id, {})).at('version')).toBe(2);
  });

  it('are given to nobody twice, and to nobody with a password that is no good', async () => {
    const body = { username: 'twice', fullName: 'Once', role: 'adviser', password: goodPassword };
    expect((await api.ask('/api/v1/users', { body })).status).toBe(201);
    const again = await api.ask('/api/v1/users', { body: { ...body, username: 'TWICE' } });
    expect(again.body).toMatchObject({
      status: 409,
      code: 'username-taken',
      errors: [{ field: 'username' }],
    });
    for (const wrong of [
      { password: 'short' },
      { role: 'owner' },
      { branch: 'Nowhere' },
      { username: 'a b' },
    ]) {
      const answer = await api.ask('/api/v1/users', { body: { ...body, username: 'thrice', ...wrong } });
      expect(answer.body).toMatchObject({ status: 422, errors: [{ field: Object.keys(wrong)[0] }] });
    }
  });

  it('are for administrators alone', async () => {
    const id = await givenStaff(api.context, 'privacy-lead', { role: 'privacy' });
    const browser = browserOn(api);
    await browser.signIn('privacy-lead');
    const headers = { 'if-match': '"1"' };
    const answers = [
      await browser.ask('/users'),
      await browser.ask(`/users/${id}`),
      await browser.ask(`/users/${id}`, { method: 'PATCH', body: { role: 'administrator' }, headers }),
      await browser.ask('/users', {
        body: { username: 'mine', fullName: 'Mine', role: 'administrator', password: goodPassword },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(
      await database.query("select role from staff_user where username in ('mine', 'privacy-lead')"),
    ).toEqual([{ role: 'privacy' }]);
  });

  it('are changed in the version that was read, or not at all', async () => {
    const id = await givenStaff(api.context, 'versioned');
    expect((await change(id, { fullName: 'First' }, '"1"')).status).toBe(200);
    expect((await change(id, { fullName: 'Second' }, '"1"')).status).toBe(412);
    const without = await api.ask(`/api/v1/users/${id}`, { method: 'PATCH', body: { fullName: 'Third' } });
    expect(without.status).toBe(428);
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect((await change(nobody, { fullName: 'Fourth' }, '"1"')).status).toBe(404);
  });

  it('that are disabled, or get another password, lose every session', async () => {
    const id = await givenStaff(api.context, 'thrown-out');
    const browser = browserOn(api);
    await browser.signIn('thrown-out');
    await change(id, { password: 'another good password' });
    expect((await browser.ask('/session')).status).toBe(204);
    await browser.signIn('thrown-out', 'another good password');
    await change(id, { fullName: 'Still Here' });
    expect((await browser.ask('/session')).at('user.fullName')).toBe('Still Here');
    await change(id, { disabled: true });
    expect((await browser.ask('/session')).status).toBe(204);
    // Enabled again, nobody is signed in again by it.
    await change(id, { disabled: false });
    expect((await browser.ask('/session')).status).toBe(204);
    const events = await database.query('select kind from staff_event where user_id = $1 order by id', [id]);
    expect(events.map(({ kind }) => kind)).toEqual([
      'added',
      'signed in',
      'password changed',
      'signed in',
      'changed',
      'disabled',
      'enabled',
    ]);
  });

  it('always have an administrator, who does not shut themselves out', async () => {
    const id = await givenStaff(api.context, 'last-one', { role: 'administrator' });
    const browser = browserOn(api);
    await browser.signIn('last-one');
    const patch = (changes: object) =>
      browser.ask(`/users/${id}`, { method: 'PATCH', body: changes, headers: { 'if-match': '"1"' } });
    expect((await patch({ disabled: true })).body).toMatchObject({ status: 422, code: 'own-account' });
    expect((await patch({ role: 'manager' })).body).toMatchObject({
      status: 409,
      code: 'last-administrator',
    });
    expect((await change(id, { disabled: true })).body).toMatchObject({
      status: 409,
      code: 'last-administrator',
      errors: [{ field: 'disabled' }],
    });
    const other = await givenStaff(api.context, 'second-one', { role: 'administrator' });
    const actor = (actorId: string) =>
      ({ actor: { kind: 'staff', id: actorId }, expectedVersion: 1 }) as const;
    const outcomes = await Promise.allSettled([
      changeUser(api.context, id, { disabled: true }, actor(other)),
      changeUser(api.context, other, { disabled: true }, actor(id)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the roles', () => {
  it('leave no route that nobody may call, and give no scope that no route asks for', async () => {
    const description = await api.ask('/api/v1/openapi.json', { key: null });
    const paths = description.at('paths') as Record<
      string,
      Record<string, { 'x-required-scopes'?: string[] }>
    >;
    const asked = new Set(
      Object.values(paths).flatMap((methods) =>
        Object.values(methods).flatMap((operation) => operation['x-required-scopes'] ?? []),
      ),
    );
    expect(
      [...asked].filter((scope) => !scopesOfRole.administrator.some((given) => given === scope)),
    ).toEqual([]);
    // A correction asks for its own scope inside the route for answers.
    const elsewhere = ['permissions:correct'];
    const unasked = scopes.filter((scope) => !asked.has(scope) && !elsewhere.includes(scope));
    // Their routes are made by the features of the same name.
    expect(unasked.filter((scope) => !['resets', 'policy:write'].includes(scope))).toEqual([]);
  });
});
