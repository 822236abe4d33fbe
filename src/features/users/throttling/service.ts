import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RateLimitedError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { countAttempt, forgetAttempts, uncountAttempt } from './store.ts';

/**
 * How often a password may be guessed: by username, by address, and by both together.
 * Guarantees that an attempt is counted before its password is looked at, so that many at once do not slip
 * through; that a username nobody has is treated like any other; that counts outlive a restart and hold for
 * every process; and that nobody can keep others out for ever: a browser in which somebody signed in before
 * has a count of its own, which strangers cannot use up.
 */
export interface SignInAttempt {
  readonly username: string;
  readonly address: string;
  /** What the browser was given when somebody signed in there before. */
  readonly device: string | null;
}

const windowMilliseconds = 15 * 60_000;
const forgottenAtOnce = 100;

/** Attempts that fail within the window before there are too many. */
const most = { device: 10, usernameAtAddress: 10, username: 30, address: 60, code: 5 } as const;

/** A counted attempt; `succeeded` when it was no guess. */
export interface CountedAttempt {
  succeeded(): Promise<void>;
}

/** Counts an attempt. Throws RateLimitedError, with the seconds to wait, when there were too many. */
export function beginAttempt(context: Context, attempt: SignInAttempt): Promise<CountedAttempt> {
  return countOn(context, subjectsOf(context, attempt));
}

/**
 * Counts an attempt at the code of a second factor, which only whoever knows the password comes to: so few, that six
 * digits take years. Throws like `beginAttempt`.
 */
export function beginCodeAttempt(context: Context, userId: string): Promise<CountedAttempt> {
  return countOn(context, [{ hash: keyedHash(context, JSON.stringify(['code', userId])), limit: most.code }]);
}

interface Subject {
  readonly hash: Buffer;
  readonly limit: number;
}

async function countOn(context: Context, subjects: readonly Subject[]): Promise<CountedAttempt> {
  const { db } = context.database;
  const now = nowOf(context);
  await forgetAttempts(db, now, forgottenAtOnce);
  const counts = await countAttempt(
    db,
    subjects.map(({ hash }) => hash),
    { at: now, forgetAt: now + windowMilliseconds },
  );
  const exceeded = counts.filter(({ subjectHash, attempts }) =>
    subjects.some(({ hash, limit }) => hash.equals(subjectHash) && attempts > limit),
  );
  if (exceeded.length > 0) {
    const wait = Math.max(...exceeded.map(({ forgetAt }) => forgetAt)) - now;
    throw new RateLimitedError(
      `There were too many attempts to sign in: wait ${minutes(wait)}, then try again.`,
      { code: 'too-many-attempts', retryAfterSeconds: Math.ceil(wait / 1_000) },
    );
  }
  return {
    succeeded: () =>
      uncountAttempt(
        db,
        subjects.map(({ hash }) => hash),
      ),
  };
}

function minutes(milliseconds: number): string {
  const count = Math.ceil(milliseconds / 60_000);
  return count === 1 ? 'a minute' : `${count} minutes`;
}

function subjectsOf(context: Context, attempt: SignInAttempt): Subject[] {
  const username = comparable(attempt.username);
  const address = networkOf(attempt.address);
  const subject = (...parts: string[]) => keyedHash(context, JSON.stringify(parts));
  const device = attempt.device === null ? null : deviceOf(context, attempt.device, username);
  if (device !== null) return [{ hash: subject('device', device), limit: most.device }];
  return [
    { hash: subject('username at address', username, address), limit: most.usernameAtAddress },
    { hash: subject('username', username), limit: most.username },
    { hash: subject('address', address), limit: most.address },
  ];
}

/** What a browser keeps so that it is known again as one in which the owner of this username signed in. */
export function newDevice(context: Context, username: string): string {
  const id = randomBytes(16).toString('base64url');
  return `${id}.${sealOf(context, id, comparable(username)).toString('base64url')}`;
}

/** The id in what a browser kept; null when it was not given out for this username. */
function deviceOf(context: Context, kept: string, username: string): string | null {
  const [id = '', seal = ''] = kept.split('.', 2);
  const given = Buffer.from(seal, 'base64url');
  const expected = sealOf(context, id, username);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}

function sealOf(context: Context, id: string, username: string): Buffer {
  return keyedHash(context, JSON.stringify(['device seal', id, username]));
}

function keyedHash(context: Context, text: string): Buffer {
  return createHmac('sha256', context.keys.signIn).update(text).digest();
}

function comparable(username: string): string {
  return username.trim().toLowerCase();
}

/** An IPv4 address, or the /64 of an IPv6 address: that much belongs to whoever has one of them. */
export function networkOf(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : Math.max(8 - front.length - back.length, 0);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
