import { NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { hashOf, idleMilliseconds } from '../sessions/service.ts';
import { readUser, recordStaffEvent } from '../staff/service.ts';
import type { OpenSessionRow } from './store.ts';
import { deleteSessionById, deleteSessionsBut, listOpenSessions } from './store.ts';

/**
 * Where somebody is signed in, for themselves and for administrators.
 * Guarantees that a session that is ended is refused at its next request, by every process, and that who ended it is on
 * record.
 */
export type OpenSession = Omit<OpenSessionRow, 'tokenHash'> & { readonly isCurrent: boolean };

/** @param token of the session that asks, to be marked. Throws NotFoundError for an unknown member of staff. */
export async function openSessionsOf(
  context: Context,
  userId: string,
  token: string | null,
): Promise<OpenSession[]> {
  await readUser(context, userId);
  const now = nowOf(context);
  const times = { now, usedAfter: now - idleMilliseconds };
  const rows = await listOpenSessions(context.database.db, userId, times);
  const current = token === null ? null : hashOf(token);
  return rows.map(({ tokenHash, ...row }) => ({ ...row, isCurrent: current?.equals(tokenHash) ?? false }));
}

/** Ends one session of somebody. Throws NotFoundError when they have no such one. */
export async function endSession(
  context: Context,
  userId: string,
  sessionId: string,
  actor: Actor,
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    if (!(await deleteSessionById(transaction, userId, sessionId))) {
      throw new NotFoundError('This session has ended already: read the list again.', {
        code: 'session-not-found',
      });
    }
    await recordStaffEvent(within(context, transaction), actor, userId, ['session ended']);
  });
}

/** Ends the sessions of a member of staff everywhere but here. Answers how many there were. */
export function endOtherSessions(context: Context, userId: string, token: string): Promise<number> {
  return endAllBut(context, userId, hashOf(token), { kind: 'staff', id: userId });
}

/** Ends every session of somebody. Throws NotFoundError for an unknown member of staff. */
export async function endEverySession(context: Context, userId: string, actor: Actor): Promise<number> {
  await readUser(context, userId);
  return endAllBut(context, userId, null, actor);
}

function endAllBut(
  context: Context,
  userId: string,
  tokenHash: Buffer | null,
  actor: Actor,
): Promise<number> {
  return inTransaction(context.database.db, async (transaction) => {
    const ended = await deleteSessionsBut(transaction, userId, tokenHash);
    if (ended > 0) await recordStaffEvent(within(context, transaction), actor, userId, ['session ended']);
    return ended;
  });
}
