import { createHash, randomBytes } from 'node:crypto';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { createUser } from '../service.ts';
import type { SessionStart, SignedIn } from '../sessions/service.ts';
import { beginSession } from '../sessions/service.ts';
import { countAdministrators, findSignInUser, lockStaff } from '../store.ts';
import { newDevice } from '../throttling/service.ts';
import { deleteLink, findLink, replaceLink } from './store.ts';

/**
 * How the first administrator of a real installation comes in: by a link that is printed where it is started.
 * Guarantees that there is one link at a time, for a day, for one use, and none once an administrator can sign
 * in; and that the link cannot be read back.
 */
const validMilliseconds = 24 * 3_600_000;
const tokenBytes = 32;

/** A new link in the place of any before; null when somebody can administer this installation already. */
export async function makeSetUpToken(context: Context): Promise<string | null> {
  return inTransaction(context.database.db, async (transaction) => {
    await lockStaff(transaction);
    if ((await countAdministrators(transaction)) > 0) {
      await deleteLink(transaction);
      return null;
    }
    const token = randomBytes(tokenBytes).toString('base64url');
    await replaceLink(transaction, hashOf(token), nowOf(context) + validMilliseconds);
    return token;
  });
}

/** Until when a link may be used. Throws NotFoundError for one that may not. */
export async function checkSetUpToken(context: Context, token: string): Promise<number> {
  const { db } = context.database;
  const link = await findLink(db, hashOf(token));
  if (link !== undefined && link.validUntil > nowOf(context) && (await countAdministrators(db)) === 0) {
    return link.validUntil;
  }
  throw new NotFoundError(
    'This link was used or replaced, or has run out: start Navigator again to have a new one printed.',
    { code: 'set-up-link-not-valid' },
  );
}

export interface FirstAdministrator {
  readonly token: string;
  readonly username: string;
  readonly fullName: string;
  readonly password: string;
}

/**
 * Makes the first administrator and signs them in. Throws NotFoundError for a link that may not be used, and
 * what `createUser` throws; then the link can still be used.
 */
export async function setUp(
  context: Context,
  { token, ...person }: FirstAdministrator,
  start: Pick<SessionStart, 'formerToken' | 'browser'>,
): Promise<SignedIn> {
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await lockStaff(transaction);
    await checkSetUpToken(inside, token);
    await createUser(inside, { ...person, role: 'administrator' }, { kind: 'system', id: 'set-up link' });
    await deleteLink(transaction);
    const user = await findSignInUser(transaction, person.username.trim());
    if (user === undefined) throw new Error('An administrator was added but cannot be found.');
    const session = await beginSession(inside, user, { ...start, method: 'password' });
    return { token: session, device: newDevice(context, user.username) };
  });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
