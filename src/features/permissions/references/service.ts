import type { LedgerActKind } from '../../../domain/ledger-event.ts';
import { londonDateOf } from '../../../domain/london.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { readChains } from '../../facts/service.ts';
import { vehiclesOf } from '../../vehicles/service.ts';
import type { NewPermissionEvent } from '../contract.ts';

/**
 * What an act refers to: an entry of the ledger, a vehicle, a sale. Guarantees that it is there, and that a
 * correction takes back nothing but what somebody recorded.
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

/**
 * Throws InvalidError when the event corrects what it may not, concerns a vehicle that was never theirs, or rests
 * on a sale that has not been made yet.
 */
export async function requireReferences(
  context: Context,
  customerId: string,
  event: NewPermissionEvent,
): Promise<void> {
  if (event.kind === 'correct') await requireCorrectable(context, customerId, event.corrects);
  if (event.kind === 'existing_customer') requireMadeSale(context, event.obtainedOn);
  if (event.kind === 'vehicle_contact') {
    await requireKept(context, customerId, [{ vehicleId: event.vehicleId, field: 'vehicleId' }]);
  }
  if (event.kind === 'record') {
    const named = event.cells.flatMap(({ vehicleId }, index) =>
      vehicleId === undefined ? [] : [{ vehicleId, field: `cells.${index}.vehicleId` }],
    );
    await requireKept(context, customerId, named);
  }
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

function requireMadeSale(context: Context, obtainedOn: string | null): void {
  if (obtainedOn === null || obtainedOn <= londonDateOf(nowOf(context))) return;
  throw new InvalidError('This lies in the future: give the day on which the details were taken.', {
    field: 'obtainedOn',
  });
}

/** A no about a vehicle of somebody else would be written down and stop nothing. */
async function requireKept(
  context: Context,
  customerId: string,
  named: readonly { readonly vehicleId: string; readonly field: string }[],
): Promise<void> {
  if (named.length === 0) return;
  const kept = new Set((await vehiclesOf(context, customerId)).map(({ vehicleId }) => vehicleId));
  for (const { vehicleId, field } of named) {
    if (!kept.has(vehicleId)) {
      throw new InvalidError('This vehicle is not, and never was, one of the customer.', { field });
    }
  }
}
