import { beforeAll, describe, expect, it } from 'vitest';
import {
  actorNames,
  apiKeyAuthenticator,
  createApiKey,
  createUser,
  listApiKeys,
} from '../../../src/features/users/service.ts';
import { findStaffSession, signIn } from '../../../src/features/users/sessions/service.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

const person = {
  username: 'p.nair',
  fullName: 'Priya Nair',
  role: 'adviser',
  password: 'four calm grey herons',
};

describe('a member of staff', () => {
  it('is known by username, in any case, and password, which cannot be read back', async () => {
    const id = await createUser(context, person);
    const attempt = (username: string, password: string) =>
      signIn(context, {
        username,
        password,
        address: '192.0.2.1',
        device: null,
        formerToken: null,
        browser: 'A browser',
      });
    const { token } = await attempt('P.NAIR', person.password);
    expect(await findStaffSession(context, token)).toMatchObject({ user: { id } });
    await expect(attempt('p.nair', 'four calm grey heron')).rejects.toMatchObject({ status: 401 });
    await expect(attempt('nobody', person.password)).rejects.toMatchObject({ status: 401 });
    const [row] = await database.query('select password_hash from staff_user where id = $1', [id]);
    expect(row?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]+\$[\w+/]+$/);
    await database.query('update staff_user set disabled_at = now() where id = $1', [id]);
    await expect(attempt('p.nair', person.password)).rejects.toMatchObject({ status: 401 });
  });

  it.each([
    [{ username: 'x' }, 'username'],
    [{ username: 'has space' }, 'username'],
    [{ fullName: '  ' }, 'fullName'],
    [{ role: 'owner' }, 'role'],
    [{ branch: 'Nowhere' }, 'branch'],
    [{ password: 'too short' }, 'password'],
    [{ password: 'abababababababab' }, 'password'],
    [{ password: 'passwordpassword' }, 'password'],
    [{ username: 'someone', password: 'it is someone here' }, 'password'],
    [{ password: 'x'.repeat(201) }, 'password'],
  ])('with %j is refused, naming the field', async (change, field) => {
    const before = await database.query('select count(*) from staff_user');
    await expect(createUser(context, { ...person, username: 'another', ...change })).rejects.toMatchObject({
      status: 422,
      field,
    });
    expect(await database.query('select count(*) from staff_user')).toEqual(before);
  });

  it('cannot have the username of another, in any case', async () => {
    await createUser(context, { ...person, username: 'twice' });
    await expect(createUser(context, { ...person, username: 'TWICE' })).rejects.toMatchObject({
      code: 'username-taken',
    });
  });
});

describe('an API key', () => {
  it('is known by what it is, with its scopes, and shown once', async () => {
    const { id, key } = await createApiKey(context, 'Workshop diary', [
      'decisions',
      'customers:read',
      'decisions',
    ]);
    const authenticate = apiKeyAuthenticator(context);
    expect(await authenticate(key)).toEqual({
      actor: { kind: 'staff', id },
      scopes: ['decisions', 'customers:read'],
    });
    expect(await authenticate(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
    expect(JSON.stringify(await listApiKeys(context))).not.toContain(key);
  });

  it.each([
    ['', ['decisions'], 'name'],
    ['Key', [], 'scopes'],
    ['Key', ['everything'], 'scopes'],
  ])('named %j with scopes %j is refused', async (name, scopes, field) => {
    await expect(createApiKey(context, name, scopes)).rejects.toMatchObject({ status: 422, field });
  });
});

describe('whoever did something', () => {
  it('is shown by name: people, keys, and what the program calls itself', async () => {
    const user = await createUser(context, { ...person, username: 'named', fullName: 'Amira Khan' });
    const { id: key } = await createApiKey(context, 'Website enquiries', ['decisions']);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const names = await actorNames(context, [user, key, 'command line', 'import', nobody, user]);
    expect(Object.fromEntries(names)).toEqual({
      [user]: 'Amira Khan',
      [key]: 'Website enquiries',
      'command line': 'Command line',
      import: 'Import',
      [nobody]: 'Somebody who is not known any more',
    });
    expect(await actorNames(context, [])).toEqual(new Map());
  });
});
