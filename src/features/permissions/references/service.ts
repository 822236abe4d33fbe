import type { LedgerActKind } from '../../../domain/ledger-event.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { readChains } from '../../facts/service.ts';
import { vehiclesOf } from '../../vehicles/service.ts';
import type { NewPermissionEvent } from '../contract.ts';

/**
 * What an act refers to: an entry of the ledger, a vehicle. Guarantees that it is there, and that a correction
 * takes back nothing but what somebody recorded.
 */

// why: without its merge a record would lose the objection of the other one while both stay one person, and an
// erasure or a death is no slip of the pen. Imports and resets are undone as a whole, where they were made.
const correctable: ReadonlySet<LedgerActKind> = new Set<LedgerActKind>([
  'recorded',
  'objected',
  'vehicle_contact_set',
  'review_confirmed',
  'review_attempted',
  'soft_opt_in_recorded',
]);

/** Throws InvalidError when the event corrects what it may not, or concerns a vehicle that was never theirs. */
export async function requireReferences(
  context: Context,
  customerId: string,
  event: NewPermissionEvent,
): Promise<void> {
  if (event.kind === 'correct') await requireCorrectable(context, customerId, event.corrects);
  if (event.kind === 'vehicle_contact') await requireKept(context, customerId, event.vehicleId);
}

async function requireCorrectable(context: Context, customerId: string, sequence: number): Promise<void> {
  const chain = (await readChains(context.database.db, [customerId])).get(customerId);
  // A customer who is not on file has no entries at all: that is said when the act is recorded.
  if (chain === undefined) return;
  const entry = chain.find(({ event }) => event.sequence === sequence)?.event;
  if (entry === undefined) {
    throw new InvalidError('This customer has no such entry: give the number of the one that is wrong.', {
      field: 'corrects',
    });
  }
  if (correctable.has(entry.act.kind)) return;
  throw new InvalidError(
    'This entry cannot be corrected: only preferences, reviews and objections that somebody recorded can.',
    { field: 'corrects' },
  );
}

async function requireKept(context: Context, customerId: string, vehicleId: string): Promise<void> {
  const vehicles = await vehiclesOf(context, customerId);
  if (vehicles.some((vehicle) => vehicle.vehicleId === vehicleId)) return;
  throw new InvalidError('This vehicle is not, and never was, one of the customer.', { field: 'vehicleId' });
}
