import { createHash, randomBytes } from 'node:crypto';
import { validate as isUuid, v7 as uuid } from 'uuid';
import { parseEmailAddress } from '../../domain/email-address.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { findBranch } from '../branches/service.ts';
import { hashPassword, noPassword, requireGoodPassword } from './password.ts';
import type { Scope } from './roles.ts';
import { roleOf, roles, scopes, scopesOfRole } from './roles.ts';
import type { ApiKeyRow } from './store.ts';
import {
  findApiKey,
  findNames,
  insertApiKey,
  insertStaffEvents,
  insertUser,
  isEmailTaken,
  listApiKeyRows,
  listUserRows,
  setRevoked,
} from './store.ts';

/**
 * Staff and API keys: who may do something.
 * Guarantees that neither a password nor a key can be read back, and that a revoked key is refused within
 * five seconds by every process.
 */
export interface NewUser {
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  /** Null: they choose one by a link, see password-reset. */
  readonly password: string | null;
  /** Code or name of where they usually work. */
  readonly branch?: string | null;
  /** By which a provider of OpenID Connect knows them the first time. */
  readonly email?: string | null | undefined;
  /** Of the demonstration: disabled where that is off. */
  readonly demonstration?: boolean;
}

const navigator: Actor = { kind: 'system', id: 'navigator' };

/**
 * Adds a member of staff; answers the id. Throws InvalidError with the field, ConflictError for a taken
 * username or email address.
 */
export async function createUser(context: Context, user: NewUser, actor: Actor = navigator): Promise<string> {
  const username = user.username.trim();
  const fullName = user.fullName.trim();
  requireUsername(username);
  requireFullName(fullName);
  requireRole(user.role);
  if (user.password !== null) requireGoodPassword(user.password, username);
  const email = user.email ? await readFreeEmail(context, user.email) : null;
  const branch = user.branch ?? null;
  const branchId = branch === null ? null : (await findBranch(context, branch)).id;
  const id = uuid();
  const passwordHash = user.password === null ? noPassword : await hashPassword(user.password);
  const createdAt = nowOf(context);
  const demonstration = user.demonstration ?? false;
  const row = {
    id,
    username,
    fullName,
    role: user.role,
    branchId,
    passwordHash,
    demonstration,
    createdAt,
    email,
  };
  await inTransaction(context.database.db, async (transaction) => {
    if (!(await insertUser(transaction, row))) {
      throw new ConflictError('This username is taken: choose another one.', {
        code: 'username-taken',
        field: 'username',
      });
    }
    const by = { actorKind: actor.kind, actorId: actor.id ?? actor.kind };
    await insertStaffEvents(transaction, [{ at: createdAt, kind: 'added', userId: id, ...by }]);
  });
  return id;
}

function requireUsername(username: string): void {
  if (/^[a-z0-9][a-z0-9._-]{1,39}$/i.test(username)) return;
  throw new InvalidError(
    'A username has 2 to 40 letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
    { field: 'username' },
  );
}

/**
 * An email address as it is kept. Throws InvalidError for one that is none, ConflictError for that of somebody else
 * than `except`.
 */
export async function readFreeEmail(
  context: Context,
  text: string,
  except: string | null = null,
): Promise<string> {
  const read = parseEmailAddress(text);
  if (!read.ok) throw new InvalidError(read.sentence, { field: 'email' });
  if (await isEmailTaken(context.database.db, read.address, except)) {
    throw new ConflictError('Somebody else has this email address: give each their own.', {
      code: 'email-taken',
      field: 'email',
    });
  }
  return read.address;
}

/** Throws InvalidError. */
export function requireFullName(fullName: string): void {
  if (fullName !== '' && fullName.length <= 200) return;
  throw new InvalidError('Give the full name, at most 200 characters.', { field: 'fullName' });
}

/** Throws InvalidError. */
export function requireRole(wanted: string): void {
  if (roles.some((role) => role === wanted)) return;
  throw new InvalidError(`There is no such role: choose one of ${roles.join(', ')}.`, { field: 'role' });
}

/** Names of those who did not sign in to do what they did. */
const otherActors: ReadonlyMap<string, string> = new Map([
  ['command line', 'Command line'],
  ['demonstration', 'Demonstration'],
  ['import', 'Import'],
  ['navigator', 'Navigator'],
  ['system', 'Navigator'],
]);
const anybodyElse = 'Somebody who is not known any more';

/**
 * Who is behind the ids of actors, as people read it: the full name of a member of staff, the name of an API key,
 * or what the program calls itself. Every id that is given is in the answer.
 */
export async function actorNames(
  context: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const known = wanted.filter((id) => isUuid(id));
  const found = known.length === 0 ? [] : await findNames(context.database.db, known);
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return new Map(wanted.map((id) => [id, names.get(id.toLowerCase()) ?? otherActors.get(id) ?? anybodyElse]));
}

const staffAtOnce = 200;

/** Staff whose role allows something and who may sign in, by name. */
export async function staffWho(
  context: Context,
  scope: Scope,
): Promise<{ readonly id: string; readonly fullName: string }[]> {
  const found: { id: string; fullName: string }[] = [];
  for (let after = ''; ; ) {
    const rows = await listUserRows(context.database.db, after, staffAtOnce);
    for (const { id, fullName, role, disabledAt } of rows) {
      if (disabledAt === null && scopesOfRole[roleOf(role)].includes(scope)) found.push({ id, fullName });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < staffAtOnce) break;
    after = last.username.toLowerCase();
  }
  return found.sort((a, b) => a.fullName.localeCompare(b.fullName));
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
  if (isUuid(id) && (await setRevoked(context.database.db, id, nowOf(context)))) return;
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
