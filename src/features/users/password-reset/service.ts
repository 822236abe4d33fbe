import { createHash, randomBytes } from 'node:crypto';
import { ConflictError, InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { hashPassword, noPassword, requireGoodPassword } from '../password.ts';
import { readUser, recordStaffEvent } from '../staff/service.ts';
import { deleteReset, deleteSessionsOf, lockStaff, updateUser } from '../store.ts';
import type { ResetRow } from './store.ts';
import { findReset, replaceReset } from './store.ts';

/**
 * How somebody who forgot their password comes in again: an administrator hands them a link, and they choose a new one.
 * Guarantees that the old password is of no use from then on and every session has ended; that a link is good once, for
 * a day, and cannot be read back; and that no administrator learns a password.
 */
const validMilliseconds = 24 * 3_600_000;
const tokenBytes = 32;

export interface MadeReset {
  /** Shown once; only its hash is kept. */
  readonly token: string;
  readonly validUntil: number;
}

/**
 * Throws NotFoundError for an unknown member of staff, ConflictError for one who may not sign in, InvalidError for
 * oneself.
 */
export async function resetPassword(context: Context, userId: string, actor: Actor): Promise<MadeReset> {
  if (actor.id === userId) {
    throw new InvalidError('Your own password is changed under Your sign-in.', { code: 'own-account' });
  }
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await lockStaff(transaction);
    const user = await readUser(inside, userId);
    if (user.disabledAt !== null) {
      throw new ConflictError('This account is disabled: let them sign in first.', {
        code: 'account-disabled',
      });
    }
    const token = randomBytes(tokenBytes).toString('base64url');
    const at = nowOf(context);
    const validUntil = at + validMilliseconds;
    await replaceReset(transaction, { userId, tokenHash: hashOf(token), at, validUntil });
    await updateUser(transaction, userId, { passwordHash: noPassword });
    await deleteSessionsOf(transaction, [userId]);
    await recordStaffEvent(inside, actor, userId, ['password reset']);
    return { token, validUntil };
  });
}

/** Whose link it is, and until when. Throws NotFoundError for one that may not be used. */
export async function checkReset(context: Context, token: string): Promise<ResetRow> {
  const reset = await findReset(context.database.db, hashOf(token));
  if (reset !== undefined && reset.validUntil > nowOf(context)) return reset;
  throw new NotFoundError(
    'This link was used or replaced, or has run out: ask an administrator for another.',
    {
      code: 'reset-link-unusable',
    },
  );
}

/** Uses the link up. Throws NotFoundError for one that may not be used, InvalidError for a password that is no good. */
export async function choosePassword(
  context: Context,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> {
  const { username } = await checkReset(context, token);
  requireGoodPassword(password, username);
  const passwordHash = await hashPassword(password);
  await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await lockStaff(transaction);
    const { userId } = await checkReset(inside, token);
    await deleteReset(transaction, userId);
    await updateUser(transaction, userId, { passwordHash });
    await deleteSessionsOf(transaction, [userId]);
    await recordStaffEvent(inside, { kind: 'staff', id: userId }, userId, ['password chosen']);
  });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
