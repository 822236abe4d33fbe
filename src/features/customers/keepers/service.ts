import { londonDateOf } from '../../../domain/london.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { policyAt } from '../../settings/service.ts';
import { judgeAgain } from '../../standing/service.ts';
import type { GivenVehicle } from '../../vehicles/service.ts';
import { endKeepingIn, linkVehicleIn, otherKeepersIn } from '../../vehicles/service.ts';
import { advanceVersion, lockCustomer } from '../store.ts';

/**
 * Who keeps a vehicle. Guarantees that a vehicle which changed hands is nobody's of before from that day on, that
 * those who had it are judged again, and that the new keeper starts blank: only the vehicle itself goes over.
 */
type Transaction = Parameters<typeof lockCustomer>[0];

/**
 * Makes a vehicle a customer's as `linkVehicleIn`, and where it has a new keeper ends today that it is anybody
 * else's. The caller holds the customer's lock and judges them again.
 */
export async function linkAsKeeperIn(
  transaction: Transaction,
  context: Context,
  customerId: string,
  given: GivenVehicle,
  field = '',
): Promise<string> {
  const today = londonDateOf(nowOf(context));
  const isNew = given.newKeeper === true;
  const since = isNew ? { fromOn: given.fromOn ?? today } : {};
  const vehicleId = await linkVehicleIn(transaction, context, customerId, { ...given, ...since }, field);
  const others = isNew ? await otherKeepersIn(transaction, customerId, vehicleId) : [];
  for (const other of others) {
    await lockCustomer(transaction, other);
    await endKeepingIn(transaction, context, { customerId: other, vehicleId });
    await advanceVersion(transaction, other, nowOf(context));
  }
  if (others.length > 0) await judgeAgain(transaction, context, others, await policyAt(context));
  return vehicleId;
}
