import { NotFoundError } from '../../../platform/application-error.ts';
import type { BackgroundWork } from '../../../platform/background-work.ts';
import { findAtWork } from '../../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import type { Reset, ResetRequest } from '../service.ts';
import { runReset, undoReset } from '../service.ts';
import { findReset, listResetRows } from '../store.ts';

/**
 * Resets that go on after the answer that began them.
 * Guarantees that whoever asks sees how far one is, whichever process is at it, and whether one is at all.
 */
export interface WatchedReset extends Reset {
  /** False while it is running or being undone: it was interrupted, and can be gone on with. */
  readonly atWork: boolean;
}

export interface BegunReset {
  readonly reset: Reset;
  /** False: there was nothing left to do. */
  readonly started: boolean;
}

/** Begins a reset, or goes on with one that was interrupted. Whatever `runReset` refuses is thrown. */
export async function startReset(
  context: Context,
  request: Pick<ResetRequest, 'keepConsent' | 'reason' | 'confirmation' | 'actor'>,
  background: BackgroundWork,
): Promise<BegunReset> {
  return background.begin<BegunReset>(async (tell) => {
    const reset = await runReset(context, {
      ...request,
      signal: background.signal,
      onBegun: (begun) => tell({ reset: begun, started: true }),
    });
    return { reset, started: false };
  });
}

/** Begins to undo a reset, or goes on with it. Whatever `undoReset` refuses is thrown. */
export async function startUndoing(
  context: Context,
  resetId: string,
  actor: Actor,
  background: BackgroundWork,
): Promise<BegunReset> {
  return background.begin<BegunReset>(async (tell) => {
    const reset = await undoReset(context, resetId, {
      actor,
      signal: background.signal,
      onBegun: (begun) => tell({ reset: begun, started: true }),
    });
    return { reset, started: false };
  });
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listResets(
  context: Context,
  page: { readonly before: string | null; readonly limit: number },
): Promise<WatchedReset[]> {
  return watch(context, await listResetRows(context.database.db, page.before, page.limit));
}

/** Throws NotFoundError. */
export async function readReset(context: Context, resetId: string): Promise<WatchedReset> {
  const reset = await findReset(context.database.db, resetId);
  const [watched] = await watch(context, reset === undefined ? [] : [reset]);
  if (watched === undefined) throw new NotFoundError('There is no such reset.', { code: 'reset-not-found' });
  if (watched.atWork) return watched;
  // It may have ended between the two looks: read after the second, an interrupted one is interrupted indeed.
  return { ...((await findReset(context.database.db, resetId)) ?? watched), atWork: false };
}

async function watch(context: Context, resets: readonly Reset[]): Promise<WatchedReset[]> {
  const atWork = await findAtWork(
    context.database.db,
    resets.map(({ id }) => id),
  );
  return resets.map((reset) => ({ ...reset, atWork: atWork.has(reset.id) }));
}
