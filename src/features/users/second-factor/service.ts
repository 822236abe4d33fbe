import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import {
  ConflictError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
} from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { seal, unseal } from '../../../platform/sealing.ts';
import { readUser, recordStaffEvent } from '../staff/service.ts';
import { deleteSessionsOf } from '../store.ts';
import { beginCodeAttempt } from '../throttling/service.ts';
import {
  confirmPending,
  countRecoveryCodes,
  deleteFactor,
  findFactor,
  keepPending,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from './store.ts';

/**
 * The second factor of staff: six digits that a telephone makes anew every half minute (TOTP, RFC 6238), and ten
 * recovery codes for a telephone that is lost.
 * Guarantees that the secret is sealed with a key that is not in the database and is shown once; that a code is taken
 * once, and neither it nor an earlier one again; that recovery codes are kept as hashes and are used up; and that codes
 * cannot be guessed by trying.
 */
const issuer = 'Navigator';
const periodSeconds = 30;
const pendingMilliseconds = 15 * 60_000;
/** The clock of a telephone may be half a minute off, either way. */
const stepsOff = [-1, 0, 1] as const;
const recoveryCodes = 10;
/** No letter that is taken for a digit or for another letter. */
const recoveryAlphabet = '23456789abcdefghjkmnpqrstuvwxyz';

function totpOf(username: string, secret: Secret): TOTP {
  return new TOTP({ issuer, label: username, secret, digits: 6, period: periodSeconds, algorithm: 'SHA1' });
}

function own(userId: string): Actor {
  return { kind: 'staff', id: userId };
}

/**
 * Answers how somebody whose password was right came in. Throws UnauthenticatedError `code-needed` where there is a
 * second factor and no code, `code-wrong` for one that does not fit or was used; RateLimitedError after too many.
 */
export async function passSecondFactor(
  context: Context,
  userId: string,
  code: string | undefined,
): Promise<string> {
  const factor = await findFactor(context.database.db, userId);
  if (factor === undefined || factor.secretSealed === null) return 'password';
  if (code === undefined) {
    throw new UnauthenticatedError('Type the code that your telephone shows for Navigator.', {
      code: 'code-needed',
    });
  }
  const used = await spendCode(context, userId, factor.secretSealed, code);
  if (used === null) {
    throw new UnauthenticatedError(
      'This code does not fit, or was used already: wait for the next one, or use a recovery code.',
      { code: 'code-wrong' },
    );
  }
  return used === 'digits' ? 'password and code' : 'password and recovery code';
}

/** Uses a code up; null for one that does not fit. */
async function spendCode(
  context: Context,
  userId: string,
  sealed: Buffer,
  code: string,
): Promise<'digits' | 'recovery' | null> {
  const { db } = context.database;
  const attempt = await beginCodeAttempt(context, userId);
  const typed = code.replaceAll(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(typed)) {
    const step = stepOf(secretIn(context, userId, sealed), typed, nowOf(context));
    if (step === null || !(await takeStep(db, userId, step))) return null;
    await attempt.succeeded();
    return 'digits';
  }
  if (!(await takeRecoveryCode(db, userId, hashOfCode(context, userId, typed), nowOf(context)))) return null;
  await attempt.succeeded();
  await recordStaffEvent(context, own(userId), userId, ['recovery code used']);
  return 'recovery';
}

function secretIn(context: Context, userId: string, sealed: Buffer): Secret {
  const bytes = unseal(context.keys.secondFactor, sealed, userId);
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}

/** The time step whose code this is; each that may be is looked at, whichever fits, in the same time. */
function stepOf(secret: Secret, typed: string, now: number): number | null {
  const totp = totpOf('', secret);
  const current = Math.floor(now / 1_000 / periodSeconds);
  let found: number | null = null;
  for (const off of stepsOff) {
    const step = current + off;
    const expected = totp.generate({ timestamp: step * periodSeconds * 1_000 });
    if (timingSafeEqual(Buffer.from(expected), Buffer.from(typed))) found = step;
  }
  return found;
}

function hashOfCode(context: Context, userId: string, code: string): Buffer {
  return createHmac('sha256', context.keys.secondFactor)
    .update(JSON.stringify(['recovery code', userId, code]))
    .digest();
}

export interface SecondFactor {
  /** Since when; null where there is none. */
  readonly addedAt: number | null;
  readonly recoveryCodesLeft: number;
}

export async function readSecondFactor(context: Context, userId: string): Promise<SecondFactor> {
  const factor = await findFactor(context.database.db, userId);
  return {
    addedAt: factor?.addedAt ?? null,
    recoveryCodesLeft: await countRecoveryCodes(context.database.db, userId),
  };
}

/** A second factor that waits for its first code. Both are shown once, to be read by a telephone. */
export interface PendingFactor {
  readonly secret: string;
  readonly uri: string;
}

/**
 * Begins to add a second factor, or to put another in its place, for somebody whose password was just checked; until it
 * is confirmed nothing changes. Throws InvalidError, naming `code`, where the present one does not agree.
 */
export async function beginSecondFactor(
  context: Context,
  user: { readonly id: string; readonly username: string },
  code: string | undefined,
): Promise<PendingFactor> {
  const factor = await findFactor(context.database.db, user.id);
  if (factor?.secretSealed != null) await requireCode(context, user.id, code ?? '');
  const secret = new Secret({ size: 20 });
  const sealed = seal(context.keys.secondFactor, Buffer.from(secret.bytes), user.id);
  await keepPending(context.database.db, user.id, sealed, nowOf(context) + pendingMilliseconds);
  return { secret: secret.base32, uri: totpOf(user.username, secret).toString() };
}

/**
 * The second factor counts from now on; answers the recovery codes, which are shown once. Throws InvalidError for a code
 * that does not fit, ConflictError when nothing was begun or it was too long ago.
 */
export async function confirmSecondFactor(context: Context, userId: string, code: string): Promise<string[]> {
  const factor = await findFactor(context.database.db, userId);
  const now = nowOf(context);
  if (factor?.pendingSealed == null || factor.pendingUntil === null || factor.pendingUntil <= now) {
    throw new ConflictError('This took too long: begin again.', { code: 'nothing-begun' });
  }
  const { pendingSealed } = factor;
  const attempt = await beginCodeAttempt(context, userId);
  const typed = code.replaceAll(/\s/g, '');
  const step = /^\d{6}$/.test(typed) ? stepOf(secretIn(context, userId, pendingSealed), typed, now) : null;
  if (step === null) throw wrongCode();
  await attempt.succeeded();
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    if (!(await confirmPending(transaction, userId, { pendingSealed, step, at: now }))) throw wrongCode();
    await recordStaffEvent(inside, own(userId), userId, ['second factor added']);
    return newRecoveryCodes(inside, userId);
  });
}

/** New recovery codes in the place of those there were. Throws InvalidError, naming `code`. */
export async function remakeRecoveryCodes(context: Context, userId: string, code: string): Promise<string[]> {
  await requireCode(context, userId, code);
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await recordStaffEvent(inside, own(userId), userId, ['recovery codes made']);
    return newRecoveryCodes(inside, userId);
  });
}

async function newRecoveryCodes(context: Context, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  const hashes = codes.map((code) => hashOfCode(context, userId, code.replaceAll('-', '')));
  await replaceRecoveryCodes(context.database.db, userId, hashes);
  return codes;
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () =>
    recoveryAlphabet.charAt(randomInt(recoveryAlphabet.length)),
  ).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** Takes the own second factor off. Throws InvalidError, naming `code`. */
export async function removeSecondFactor(context: Context, userId: string, code: string): Promise<void> {
  await requireCode(context, userId, code);
  await inTransaction(context.database.db, async (transaction) => {
    await deleteFactor(transaction, userId);
    await recordStaffEvent(within(context, transaction), own(userId), userId, ['second factor removed']);
  });
}

async function requireCode(context: Context, userId: string, code: string): Promise<void> {
  const factor = await findFactor(context.database.db, userId);
  if (factor?.secretSealed == null) {
    throw new ConflictError('There is no second factor: add one first.', { code: 'no-second-factor' });
  }
  if ((await spendCode(context, userId, factor.secretSealed, code)) === null) throw wrongCode();
}

function wrongCode(): InvalidError {
  return new InvalidError('This code does not fit, or was used already: wait for the next one.', {
    field: 'code',
    code: 'code-wrong',
  });
}

/**
 * Takes somebody else's lost second factor away and ends their sessions. Throws NotFoundError for an unknown member of
 * staff or one without it, InvalidError for one's own.
 */
export async function takeSecondFactorAway(context: Context, userId: string, actor: Actor): Promise<void> {
  if (actor.id === userId) {
    throw new InvalidError('Your own second factor is changed under Your sign-in.', { code: 'own-account' });
  }
  await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await readUser(inside, userId);
    if (!(await deleteFactor(transaction, userId))) {
      throw new NotFoundError('This account has no second factor: there is nothing to take away.', {
        code: 'no-second-factor',
      });
    }
    await deleteSessionsOf(transaction, [userId]);
    await recordStaffEvent(inside, actor, userId, ['second factor taken away']);
  });
}
