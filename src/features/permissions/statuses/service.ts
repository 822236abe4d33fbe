import type { PersonStatus } from '../../../domain/ledger-event.ts';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { requireNoIdentityCheck } from '../../customers/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import { policyAt } from '../../settings/service.ts';
import { setPersonStatus } from '../service.ts';
import type { StatusChange } from './contract.ts';

/**
 * What is known of a person that stops contact: erased, deceased, restricted, a care note, an unresolved double.
 * Guarantees that it is an entry of the ledger, and that saying again what holds already adds none.
 */
export interface HeldStatus {
  readonly status: PersonStatus;
  /** Milliseconds. */
  readonly since: number;
}

/** What holds now. Throws NotFoundError. */
export async function statusesOf(context: Context, customerId: string): Promise<HeldStatus[]> {
  const { settings } = await policyAt(context);
  const { db } = context.database;
  const known = (await gatherFacts(db, context, [customerId], settings, nowOf(context))).get(customerId);
  if (known === undefined) {
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  }
  return [...known.state.statuses].map(([status, since]) => ({ status, since }));
}

/**
 * Sets or clears one, and answers what holds then. Throws NotFoundError, ConflictError for a check that is to end
 * without an answer.
 */
export async function changeStatus(
  context: Context,
  customerId: string,
  { status, value, note }: StatusChange,
  actor: Actor,
): Promise<HeldStatus[]> {
  const before = await statusesOf(context, customerId);
  if (before.some((held) => held.status === status) === value) return before;
  if (status === 'identity_unresolved' && !value) await requireNoIdentityCheck(context, customerId);
  await setPersonStatus(context, customerId, status, value, actor, note ?? null);
  return statusesOf(context, customerId);
}
