import type { Context } from '../../../platform/context.ts';
import { within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import type { Identity } from '../provider/service.ts';
import { ProviderError } from '../provider/service.ts';
import type { SessionStart, SignedIn } from '../sessions/service.ts';
import { beginSession } from '../sessions/service.ts';
import { recordStaffEvent } from '../staff/service.ts';
import { lockStaff, updateUser } from '../store.ts';
import { newDevice } from '../throttling/service.ts';
import type { JoinedUser } from './store.ts';
import { findUserByEmail, findUserBySubject } from './store.ts';

/**
 * Which member of staff somebody is whom a provider vouches for.
 * Guarantees that an account is joined with one person at the provider, once, by an email address that the provider has
 * verified; that from then on only what the provider calls them counts; and that nobody is ever added by signing in.
 */
const actor = { kind: 'system', id: 'navigator' } as const;

/** Begins a session. Throws ProviderError for somebody who is not known here or may not sign in. */
export async function signInFromProvider(
  context: Context,
  identity: Identity,
  start: Pick<SessionStart, 'formerToken' | 'browser'>,
): Promise<SignedIn> {
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await lockStaff(transaction);
    const user =
      (await findUserBySubject(transaction, identity.subject)) ?? (await joinByEmail(inside, identity));
    if (user === null) {
      throw new ProviderError(identity.email === null ? 'unverified-email' : 'unknown-person');
    }
    if (user.disabledAt !== null) throw new ProviderError('account-disabled');
    const token = await beginSession(inside, user, { ...start, method: 'provider' });
    return { token, device: newDevice(context, user.username) };
  });
}

/** The account with a verified address, from now on joined; null where it is joined with somebody else already. */
async function joinByEmail(context: Context, { email, subject }: Identity): Promise<JoinedUser | null> {
  if (email === null) return null;
  const { db } = context.database;
  const user = await findUserByEmail(db, email);
  if (user === undefined || user.providerSubject !== null) return null;
  await updateUser(db, user.id, { providerSubject: subject });
  await recordStaffEvent(context, actor, user.id, ['joined with provider']);
  return user;
}
