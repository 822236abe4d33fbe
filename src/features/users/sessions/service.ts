import { createHash, randomBytes } from 'node:crypto';
import { InvalidError, UnauthenticatedError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { findBranch, listBranches } from '../../branches/service.ts';
import { hashPassword, isPassword, noPassword, requireGoodPassword } from '../password.ts';
import type { Role } from '../roles.ts';
import { roleOf, scopesOfRole } from '../roles.ts';
import { passSecondFactor } from '../second-factor/service.ts';
import { recordStaffEvent } from '../staff/service.ts';
import type { SignInUser } from '../store.ts';
import { deleteSessionsOf, findSignInUser, updateUser } from '../store.ts';
import { beginAttempt, newDevice } from '../throttling/service.ts';
import type { SessionRow } from './store.ts';
import {
  deleteEndedSessions,
  deleteSession,
  findSession,
  insertSession,
  markSignedIn,
  setSessionBranch,
  touchSession,
} from './store.ts';

/**
 * Sessions of staff: who works here now, and at which branch.
 * Guarantees that a session ends twelve hours after it began, after two hours without a request, at sign-out,
 * and for every browser at once when its owner is disabled or their password changes; that what its owner may
 * do is asked of the database for each request; and that a token cannot be read back.
 */
export interface StaffSession {
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly fullName: string;
    readonly role: Role;
  };
  readonly branch: { readonly code: string; readonly name: string };
  readonly scopes: readonly string[];
  readonly method: string;
  readonly secondFactor: { readonly isOn: boolean; readonly isMissing: boolean };
  readonly dealer: { readonly name: string };
}

/** Where a session begins. */
export interface SessionStart {
  /** The session that this browser had until now. */
  readonly formerToken: string | null;
  /** Which browser it is, in words. */
  readonly browser: string;
  /** How somebody proved who they are: `password`, `password and code`, `provider`. */
  readonly method: string;
}

const hour = 3_600_000;
const lastsMilliseconds = 12 * hour;
export const idleMilliseconds = 2 * hour;
/** How exactly it is known when a session was last used: a write for each request would cost more than it tells. */
const touchedEveryMilliseconds = 60_000;
const tokenBytes = 32;
const removedAtOnce = 100;

export interface SignInRequest {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly device: string | null;
  /** Of the second factor, where there is one. */
  readonly code?: string | undefined;
  readonly formerToken: string | null;
  readonly browser: string;
}

/** How people may sign in here, as the operator chose. */
export interface SignInWays {
  /** The username of the emergency administrator where nobody else may use a password; null where everybody may. */
  readonly passwordsOnlyFor: string | null;
}

export const everybodyByPassword: SignInWays = { passwordsOnlyFor: null };

export interface SignedIn {
  /** Shown to the browser once; only its hash is kept. */
  readonly token: string;
  /** By which this browser is known again. */
  readonly device: string;
}

/**
 * Begins a session. Throws UnauthenticatedError in the same words and after the same work for a username that
 * nobody has, a wrong password and a disabled account, and what `passSecondFactor` throws; RateLimitedError after too
 * many attempts.
 */
export async function signIn(
  context: Context,
  request: SignInRequest,
  ways: SignInWays = everybodyByPassword,
): Promise<SignedIn> {
  const attempt = await beginAttempt(context, request);
  const user = await findSignInUser(context.database.db, request.username.trim());
  const nobody = await aHashOfNobody();
  const hash = user === undefined || user.passwordHash === noPassword ? nobody : user.passwordHash;
  const matches = await isPassword(request.password, hash);
  if (!matches || user === undefined || user.disabledAt !== null || !mayUsePassword(user, ways)) {
    throw signInFailed(ways);
  }
  // The password was no guess; the code is counted by itself.
  await attempt.succeeded();
  const method = await passSecondFactor(context, user.id, request.code);
  const { formerToken, browser } = request;
  const token = await inTransaction(context.database.db, (transaction) =>
    beginSession(within(context, transaction), user, { formerToken, browser, method }),
  );
  return { token, device: newDevice(context, user.username) };
}

/** In the same words for everybody, so that nobody learns who the emergency administrator is. */
function signInFailed({ passwordsOnlyFor }: SignInWays = everybodyByPassword): UnauthenticatedError {
  return new UnauthenticatedError(
    passwordsOnlyFor === null
      ? 'The username or the password is not right, or the account is disabled: try again, or ask an administrator.'
      : 'Passwords let in the emergency administrator only, and this is not theirs: sign in the other way.',
    { code: 'sign-in-failed' },
  );
}

function mayUsePassword({ username, role }: SignInUser, { passwordsOnlyFor }: SignInWays): boolean {
  if (passwordsOnlyFor === null) return true;
  return role === 'administrator' && username.toLowerCase() === passwordsOnlyFor.toLowerCase();
}

let hashOfNobody: Promise<string> | undefined;

function aHashOfNobody(): Promise<string> {
  hashOfNobody ??= hashPassword(randomBytes(32).toString('base64'));
  return hashOfNobody;
}

/** Begins a session for somebody whose password was just checked, with a new token; the former one ends. */
export async function beginSession(
  context: Context,
  user: SignInUser,
  { formerToken, browser, method }: SessionStart,
): Promise<string> {
  const { db } = context.database;
  const now = nowOf(context);
  if (!(await markSignedIn(db, user, now))) throw signInFailed();
  await deleteEndedSessions(db, { now, usedAfter: now - idleMilliseconds }, removedAtOnce);
  if (formerToken !== null) await deleteSession(db, hashOf(formerToken));
  const token = randomBytes(tokenBytes).toString('base64url');
  await insertSession(db, {
    tokenHash: hashOf(token),
    userId: user.id,
    branchId: user.branchId ?? (await firstBranchOf(context)),
    at: now,
    endsAt: now + lastsMilliseconds,
    browser,
    method,
  });
  await recordStaffEvent(context, { kind: 'staff', id: user.id }, user.id, ['signed in']);
  return token;
}

async function firstBranchOf(context: Context): Promise<number> {
  const [first] = await listBranches(context);
  if (first === undefined) throw new Error('There is no branch, although one is made with the database.');
  return first.id;
}

/** The session of a token; null when there is none or it has ended. Asked `quietly`, it ends no later for it. */
export async function findStaffSession(
  context: Context,
  token: string,
  quietly = false,
): Promise<StaffSession | null> {
  const { db } = context.database;
  const now = nowOf(context);
  const row = await findSession(db, hashOf(token), now, now - idleMilliseconds);
  if (row === undefined) return null;
  if (!quietly && row.lastUsedAt <= now - touchedEveryMilliseconds)
    await touchSession(db, hashOf(token), now);
  return present(row);
}

function present(row: SessionRow): StaffSession {
  const role = roleOf(row.role);
  // Who signed in elsewhere proved there what that provider asks for.
  const isMissing = row.needsSecondFactor && !row.hasSecondFactor && row.method !== 'provider';
  return {
    user: { id: row.userId, username: row.username, fullName: row.fullName, role },
    branch: { code: row.branchCode, name: row.branchName },
    scopes: isMissing ? [] : scopesOfRole[role],
    method: row.method,
    secondFactor: { isOn: row.hasSecondFactor, isMissing },
    dealer: { name: row.legalEntityName },
  };
}

export interface SessionHolder {
  readonly actor: Actor;
  readonly scopes: readonly string[];
}

/** Answers who holds a token. Nothing is remembered, so that a sign-out or another role counts at once. */
export function sessionAuthenticator(
  context: Context,
): (token: string, quietly?: boolean) => Promise<SessionHolder | null> {
  return async (token, quietly) => {
    const session = await findStaffSession(context, token, quietly);
    return session === null
      ? null
      : { actor: { kind: 'staff', id: session.user.id }, scopes: session.scopes };
  };
}

/** Moves a session to another branch, given by code or name. Throws InvalidError for an unknown one. */
export async function changeSessionBranch(context: Context, token: string, branch: string): Promise<void> {
  const { id } = await findBranch(context, branch);
  await setSessionBranch(context.database.db, hashOf(token), id);
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Gives the owner of a session a password of their own choice. Every session of theirs ends and a new one
 * begins here. Throws InvalidError, naming the field, for a wrong current password or a new one that is no
 * good; RateLimitedError after too many attempts.
 */
export async function changeOwnPassword(
  context: Context,
  request: Omit<OwnPassword, 'password'> &
    PasswordChange &
    Pick<SessionStart, 'browser'> & { readonly method: string },
): Promise<SignedIn> {
  const user = await requireOwnPassword(
    context,
    { ...request, password: request.currentPassword },
    'currentPassword',
  );
  requireGoodPassword(request.newPassword, user.username, 'newPassword');
  const passwordHash = await hashPassword(request.newPassword);
  const token = await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    if (!(await markSignedIn(transaction, user, nowOf(context)))) throw signInFailed();
    await updateUser(transaction, user.id, { passwordHash });
    await deleteSessionsOf(transaction, [user.id]);
    await recordStaffEvent(inside, { kind: 'staff', id: user.id }, user.id, ['password changed']);
    return beginSession(inside, { ...user, passwordHash }, { ...request, formerToken: null });
  });
  return { token, device: newDevice(context, user.username) };
}

export type OwnPassword = Pick<SignInRequest, 'username' | 'password' | 'address' | 'device'>;

/**
 * Sees to it that whoever is at a session knows its owner's password. Throws InvalidError, naming the field, when they
 * do not; RateLimitedError after too many attempts.
 */
export async function requireOwnPassword(
  context: Context,
  given: OwnPassword,
  field = 'password',
): Promise<SignInUser> {
  const attempt = await beginAttempt(context, given);
  const user = await findSignInUser(context.database.db, given.username);
  if (user === undefined || !(await isPassword(given.password, user.passwordHash))) {
    throw new InvalidError('This is not your current password: try again.', { field });
  }
  await attempt.succeeded();
  return user;
}

/** Ends a session; one that has ended already stays so. */
export async function signOut(context: Context, token: string): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    const userId = await deleteSession(transaction, hashOf(token));
    if (userId === undefined) return;
    await recordStaffEvent(within(context, transaction), { kind: 'staff', id: userId }, userId, [
      'signed out',
    ]);
  });
}

/** What is kept of a token. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
