import { afterCommit } from '../../../platform/after-commit.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction, toTimestamp } from '../../../platform/database.ts';
import { findBranch } from '../../branches/service.ts';
import { hashPassword, requireGoodPassword } from '../password.ts';
import type { Role } from '../roles.ts';
import { roleOf } from '../roles.ts';
import { readFreeEmail, requireFullName, requireRole } from '../service.ts';
import type { UserColumns, UserRow } from '../store.ts';
import {
  countAdministrators,
  deleteReset,
  deleteSessionsOf,
  findUserRow,
  insertStaffEvents,
  listUserRows,
  lockStaff,
  updateUser,
} from '../store.ts';

/**
 * The accounts of staff, and what was done to them.
 * Guarantees that there is always an administrator who can sign in, that nobody shuts themselves out, that a
 * disabled account or a changed password ends every session of its owner, and that who did it is on record.
 */
export type StaffUser = Omit<UserRow, 'passwordHash' | 'demonstration' | 'role' | 'providerSubject'> & {
  readonly role: Role;
  /** Whether they are known at the provider by more than their email address. */
  readonly isJoined: boolean;
};

/** Throws NotFoundError. */
export async function readUser(context: Context, id: string): Promise<StaffUser> {
  return withoutSecrets(await userOf(context, id));
}

async function userOf(context: Context, id: string): Promise<UserRow> {
  const row = await findUserRow(context.database.db, id);
  if (row !== undefined) return row;
  throw new NotFoundError('There is no such member of staff: look for them in the list.', {
    code: 'user-not-found',
  });
}

function withoutSecrets(row: UserRow): StaffUser {
  const { passwordHash: _, demonstration: __, providerSubject, ...user } = row;
  return { ...user, role: roleOf(user.role), isJoined: providerSubject !== null };
}

/** A page of staff by username, after one of them; `next` is null on the last page. */
export async function listUsers(
  context: Context,
  after: string | null,
  limit: number,
): Promise<{ users: StaffUser[]; next: string | null }> {
  const rows = await listUserRows(context.database.db, after ?? '', limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { users: page.map(withoutSecrets), next: last?.username.toLowerCase() ?? null };
}

/** What changes; what is left out stays. */
export interface StaffUserChanges {
  readonly fullName?: string | undefined;
  readonly role?: string | undefined;
  /** Code or name; null for none in particular. */
  readonly branch?: string | null | undefined;
  /** Another one parts the account from whom the provider called so until now. */
  readonly email?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

/**
 * Changes an account. Throws NotFoundError, ConflictError `version-changed` when somebody else was first and
 * `last-administrator` and `email-taken`, InvalidError with the field.
 */
export async function changeUser(
  context: Context,
  id: string,
  changes: StaffUserChanges,
  { expectedVersion, actor }: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    await lockStaff(transaction);
    const user = await userOf(inside, id);
    if (user.version !== expectedVersion) {
      throw new ConflictError('Somebody else changed this account meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    if (changes.disabled === true && actor.id === id) {
      throw new InvalidError('You cannot disable your own account: ask another administrator.', {
        code: 'own-account',
        field: 'disabled',
      });
    }
    await keepAnAdministrator(inside, user, changes);
    const { columns, done } = await columnsOf(inside, user, changes);
    if (done.length === 0) return;
    await updateUser(transaction, id, columns);
    if (done.includes('password changed')) await deleteReset(transaction, id);
    if (done.includes('disabled') || done.includes('password changed')) {
      await deleteSessionsOf(transaction, [id]);
    }
    await recordStaffEvent(inside, actor, id, done);
  });
}

async function keepAnAdministrator(
  context: Context,
  user: UserRow,
  changes: StaffUserChanges,
): Promise<void> {
  const isOne = user.role === 'administrator' && user.disabledAt === null;
  const staysOne = (changes.role ?? user.role) === 'administrator' && changes.disabled !== true;
  if (!isOne || staysOne) return;
  if ((await countAdministrators(context.database.db, user.id)) > 0) return;
  throw new ConflictError('This is the last administrator: make somebody else one first.', {
    code: 'last-administrator',
    field: changes.disabled === true ? 'disabled' : 'role',
  });
}

async function columnsOf(
  context: Context,
  user: UserRow,
  changes: StaffUserChanges,
): Promise<{ columns: UserColumns; done: StaffEventKind[] }> {
  const columns: UserColumns = {};
  const done: StaffEventKind[] = [];
  const fullName = changes.fullName?.trim();
  if (fullName !== undefined && fullName !== user.fullName) {
    requireFullName(fullName);
    columns.fullName = fullName;
    done.push('changed');
  }
  if (changes.branch !== undefined) {
    const branch = changes.branch === null ? null : await findBranch(context, changes.branch);
    if ((branch?.code ?? null) !== user.branchCode) {
      columns.branchId = branch?.id ?? null;
      if (!done.includes('changed')) done.push('changed');
    }
  }
  if (changes.email !== undefined && (changes.email || null) !== user.email) {
    columns.email = changes.email ? await readFreeEmail(context, changes.email, user.id) : null;
    columns.providerSubject = null;
    if (!done.includes('changed')) done.push('changed');
  }
  if (changes.role !== undefined && changes.role !== user.role) {
    requireRole(changes.role);
    columns.role = changes.role;
    done.push('role changed');
  }
  if (changes.password !== undefined) {
    requireGoodPassword(changes.password, user.username);
    columns.passwordHash = await hashPassword(changes.password);
    done.push('password changed');
  }
  if (changes.disabled !== undefined && changes.disabled !== (user.disabledAt !== null)) {
    columns.disabledAt = changes.disabled ? toTimestamp(nowOf(context)) : null;
    done.push(changes.disabled ? 'disabled' : 'enabled');
  }
  return { columns, done };
}

type StaffEventKind =
  | 'changed'
  | 'role changed'
  | 'password changed'
  | 'disabled'
  | 'enabled'
  | 'signed in'
  | 'signed out'
  | 'session ended'
  | 'password reset'
  | 'password chosen'
  | 'second factor added'
  | 'second factor removed'
  | 'second factor taken away'
  | 'recovery code used'
  | 'recovery codes made'
  | 'joined with provider';

/** Writes down what was done to an account, by whom; nothing that was written down is ever changed. */
export async function recordStaffEvent(
  context: Context,
  actor: Actor,
  userId: string,
  kinds: readonly StaffEventKind[],
): Promise<void> {
  const at = nowOf(context);
  const by = { actorKind: actor.kind, actorId: actor.id ?? actor.kind };
  await insertStaffEvents(
    context.database.db,
    kinds.map((kind) => ({ at, kind, userId, ...by })),
  );
  // Whatever is kept open for them is asked about again: they may have signed out, or may do less from now on.
  const { db, announcements } = context.database;
  afterCommit(db, () => announcements.announce(`staff:${userId}`));
}
