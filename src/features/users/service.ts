import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { hashPassword, isPassword, requireGoodPassword } from './password.ts';
import type { ApiKeyRow } from './store.ts';
import { findApiKey, findUser, insertApiKey, insertUser, listApiKeyRows, setRevoked } from './store.ts';

/**
 * Staff and API keys: who may do something.
 * Guarantees that neither a password nor a key can be read back, and that a revoked key is refused within
 * five seconds by every process.
 */
export const roles = ['adviser', 'sales', 'marketing', 'manager', 'privacy', 'administrator'] as const;

export const scopes = [
  'customers:read',
  'customers:write',
  'permissions:read',
  'permissions:write',
  'permissions:correct',
  'decisions',
  'selections',
  'exports',
  'imports',
  'resets',
  'reviews:read',
  'policy:read',
  'policy:write',
] as const;

export interface NewUser {
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly password: string;
}

/** Adds a member of staff; answers the id. Throws InvalidError with the field, ConflictError for a taken username. */
export async function createUser(context: Context, user: NewUser): Promise<string> {
  const username = user.username.trim();
  const fullName = user.fullName.trim();
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/i.test(username)) {
    throw new InvalidError(
      'A username has 2 to 40 letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
      { field: 'username' },
    );
  }
  if (fullName === '' || fullName.length > 200) {
    throw new InvalidError('Give the full name, at most 200 characters.', { field: 'fullName' });
  }
  if (!roles.some((role) => role === user.role)) {
    throw new InvalidError(`There is no such role: choose one of ${roles.join(', ')}.`, { field: 'role' });
  }
  requireGoodPassword(user.password, username);
  const id = uuid();
  const passwordHash = await hashPassword(user.password);
  const row = { id, username, fullName, role: user.role, passwordHash, createdAt: nowOf(context) };
  if (await insertUser(context.database.db, row)) return id;
  throw new ConflictError('This username is taken: choose another one.', {
    code: 'username-taken',
    field: 'username',
  });
}

/** The member of staff behind a username and password; null when the two do not belong together. */
export async function authenticateUser(
  context: Context,
  username: string,
  password: string,
): Promise<Actor | null> {
  const user = await findUser(context.database.db, username.trim());
  // A username that does not exist takes as long as a wrong password, so that nobody learns which exist.
  const hash = user?.passwordHash ?? (await aHashOfNobody());
  const matches = await isPassword(password, hash);
  return matches && user !== undefined && user.disabledAt === null ? { kind: 'staff', id: user.id } : null;
}

let hashOfNobody: Promise<string> | undefined;

function aHashOfNobody(): Promise<string> {
  hashOfNobody ??= hashPassword(randomBytes(32).toString('base64'));
  return hashOfNobody;
}

export interface CreatedApiKey {
  readonly id: string;
  /** Shown once; only its hash is kept. */
  readonly key: string;
}

const keyBytes = 32;

/** Makes a key. Throws InvalidError for a blank name, no scope or an unknown one. */
export async function createApiKey(
  context: Context,
  name: string,
  wanted: readonly string[],
): Promise<CreatedApiKey> {
  if (name.trim() === '' || name.length > 200) {
    throw new InvalidError('Give the key a name of at most 200 characters that says what uses it.', {
      field: 'name',
    });
  }
  const unknown = wanted.find((scope) => !scopes.some((known) => known === scope));
  if (wanted.length === 0 || unknown !== undefined) {
    const fault = unknown === undefined ? 'A key needs a scope' : `There is no scope ${unknown}`;
    throw new InvalidError(`${fault}: choose from ${scopes.join(', ')}.`, { field: 'scopes' });
  }
  const key = `nav_${randomBytes(keyBytes).toString('base64url')}`;
  const id = uuid();
  await insertApiKey(context.database.db, {
    id,
    name: name.trim(),
    keyHash: hashOf(key),
    scopes: [...new Set(wanted)],
    createdAt: nowOf(context),
  });
  return { id, key };
}

export async function listApiKeys(context: Context): Promise<ApiKeyRow[]> {
  return listApiKeyRows(context.database.db);
}

/** Throws NotFoundError for a key that does not exist or was revoked before. */
export async function revokeApiKey(context: Context, id: string): Promise<void> {
  if (await setRevoked(context.database.db, id, nowOf(context))) return;
  throw new NotFoundError('There is no such API key that is still valid.', { code: 'api-key-not-found' });
}

export interface ApiKeyHolder {
  readonly actor: Actor;
  readonly scopes: readonly string[];
}

const trustedMilliseconds = 5_000;
const trustedKeysMax = 1_000;

/**
 * Answers who holds a key; null for a key that is unknown or revoked. A key that was found is trusted for
 * five seconds, since asking the database again for each request would cost as much as answering it.
 */
export function apiKeyAuthenticator(context: Context): (key: string) => Promise<ApiKeyHolder | null> {
  const trusted = new Map<string, { holder: ApiKeyHolder; until: number }>();
  return async (key) => {
    const hash = hashOf(key);
    const name = hash.toString('base64');
    const known = trusted.get(name);
    if (known !== undefined && known.until > nowOf(context)) return known.holder;
    const found = await findApiKey(context.database.db, hash);
    if (found === undefined) {
      trusted.delete(name);
      return null;
    }
    const holder: ApiKeyHolder = { actor: { kind: 'staff', id: found.id }, scopes: found.scopes };
    if (trusted.size >= trustedKeysMax) trusted.clear();
    trusted.set(name, { holder, until: nowOf(context) + trustedMilliseconds });
    return holder;
  };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
