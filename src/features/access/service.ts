import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { insertAccesses } from './store.ts';

/**
 * Who looked at whose data, and when (UK GDPR 5(1)(f), 32).
 * Guarantees that each entry names the one who asked and never what they searched for.
 */
export type AccessAction =
  | 'customer searched'
  | 'customer read'
  | 'customer changed'
  | 'duplicates shown'
  | 'decision asked'
  | 'permissions read'
  | 'preferences read'
  | 'contact permissions read'
  | 'timeline read'
  | 'forecast read'
  | 'reviews listed'
  | 'call list looked at'
  | 'call list handed out'
  | 'review outcomes looked at'
  | 'enquiries listed'
  | 'enquiry read'
  | 'notes read'
  | 'note changed'
  | 'tasks listed'
  | 'task read'
  | 'merge looked at'
  | 'selection opened'
  | 'selection exported'
  | 'export fetched'
  | 'import file looked at'
  | 'import planned'
  | 'import rejects read'
  | 'diary looked at'
  | 'appointments listed'
  | 'appointment read'
  | 'maintenance read'
  | 'health check read'
  | 'access log looked at'
  | 'access log exported'
  | 'template previewed';

/**
 * Writes one look down; a look that cannot be written down is refused with the error of the database.
 *
 * @param detail ids of what was looked at, where it is not one customer.
 */
export async function recordAccess(
  context: Context,
  actor: Actor,
  action: AccessAction,
  customerId: string | null = null,
  detail: Readonly<Record<string, string | null>> | null = null,
): Promise<void> {
  const access = {
    at: nowOf(context),
    actorKind: actor.kind,
    actorId: actor.id ?? actor.kind,
    action,
    detail,
  };
  await insertAccesses(context.database.db, [{ ...access, customerId }]);
}

/** Writes a look at several customers down, one entry for each of them, all or none. */
export async function recordAccessToEach(
  context: Context,
  actor: Actor,
  action: AccessAction,
  customerIds: Iterable<string>,
): Promise<void> {
  const access = { at: nowOf(context), actorKind: actor.kind, actorId: actor.id ?? actor.kind, action };
  const looks = [...new Set(customerIds)].map((customerId) => ({ ...access, customerId, detail: null }));
  if (looks.length > 0) await insertAccesses(context.database.db, looks);
}
