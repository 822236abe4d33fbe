import { NotFoundError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { toTimestamp } from '../../../platform/database.ts';
import { findPosition } from './store.ts';

/**
 * Where a customer's preferences stand: another position is another answer, or may be.
 * Guarantees that it says nothing of what was answered.
 */
export interface PreferencePosition {
  readonly sequence: number;
  readonly judgedAt: string;
}

/** Throws NotFoundError. */
export async function preferencePosition(context: Context, customerId: string): Promise<PreferencePosition> {
  const found = await findPosition(context.database.db, customerId);
  if (found === undefined)
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  return { sequence: found.ledgerSequence, judgedAt: toTimestamp(found.judgedAt) };
}
