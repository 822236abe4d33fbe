import { ConflictError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { hashPassword, isPassword } from '../password.ts';
import type { NewUser } from '../service.ts';
import { createUser } from '../service.ts';
import { recordStaffEvent } from '../staff/service.ts';
import { deleteSessionsOf, lockStaff, updateUser } from '../store.ts';
import type { DemonstrationUser } from './store.ts';
import { disableDemonstrationUsers, listDemonstrationUsers } from './store.ts';

/**
 * The accounts of the demonstration dealership, whose password is printed at each start.
 * Guarantees that they let nobody in where the demonstration is off, and that no other account is touched.
 */
export type DemonstrationAccount = Omit<NewUser, 'password' | 'demonstration'>;

const demonstration: Actor = { kind: 'system', id: 'demonstration' };

/** Makes the accounts that are missing, and lets all of them in with this password. */
export async function openDemonstrationAccounts(
  context: Context,
  accounts: readonly DemonstrationAccount[],
  password: string,
): Promise<void> {
  const known = await listDemonstrationUsers(context.database.db);
  for (const account of accounts) {
    const user = known.find(({ username }) => username === account.username);
    if (user === undefined) await addAccount(context, { ...account, password, demonstration: true });
    else await reopen(context, user, password);
  }
}

// Somebody else may have the username: then that account stays theirs, and the demonstration has one fewer.
async function addAccount(context: Context, account: NewUser): Promise<void> {
  try {
    await createUser(context, account, demonstration);
  } catch (error) {
    if (!(error instanceof ConflictError && error.code === 'username-taken')) throw error;
  }
}

async function reopen(context: Context, user: DemonstrationUser, password: string): Promise<void> {
  const isSame = await isPassword(password, user.passwordHash);
  if (isSame && user.disabledAt === null) return;
  const passwordHash = isSame ? user.passwordHash : await hashPassword(password);
  await inTransaction(context.database.db, async (transaction) => {
    await updateUser(transaction, user.id, { passwordHash, disabledAt: null });
    if (!isSame) await deleteSessionsOf(transaction, [user.id]);
    await recordStaffEvent(within(context, transaction), demonstration, user.id, [
      ...(isSame ? [] : (['password changed'] as const)),
      ...(user.disabledAt === null ? [] : (['enabled'] as const)),
    ]);
  });
}

/** Shuts every account of the demonstration, and ends its sessions. */
export async function closeDemonstrationAccounts(context: Context): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    await lockStaff(transaction);
    const closed = await disableDemonstrationUsers(transaction, nowOf(context));
    await deleteSessionsOf(transaction, closed);
    for (const id of closed) {
      await recordStaffEvent(within(context, transaction), demonstration, id, ['disabled']);
    }
  });
}
