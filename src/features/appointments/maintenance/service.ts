import { londonDateOf } from '../../../domain/london.ts';
import type { DueMaintenance } from '../../../domain/maintenance.ts';
import { maintenanceOf } from '../../../domain/maintenance.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import type { KeptVehicle } from '../../vehicles/service.ts';
import { vehiclesOf } from '../../vehicles/service.ts';
import { openWorkOf } from '../booked-work/service.ts';
import { deferredOf } from '../health-checks/service.ts';
import { hoursOf } from '../hours/service.ts';

/**
 * What is due on the vehicles of a customer: MOT, service, and deferred work of a health check.
 * Guarantees that nothing is said of a vehicle that is not theirs now, nor of work that another keeper deferred.
 */
export interface MaintainedVehicle
  extends Pick<KeptVehicle, 'vehicleId' | 'registration' | 'vin' | 'make' | 'model' | 'mileage'> {
  readonly due: readonly (DueMaintenance & { readonly bookedOn: string | null })[];
}

/** Each vehicle they have now, with what is due. Throws InvalidError for an unknown branch. */
export async function maintenanceFor(
  context: Context,
  customerId: string,
  branch: string,
): Promise<MaintainedVehicle[]> {
  const { id: branchId } = await findBranch(context, branch);
  const [{ settings }, kept, deferred] = await Promise.all([
    hoursOf(context, branchId),
    vehiclesOf(context, customerId),
    deferredOf(context, customerId),
  ]);
  const current = kept.filter(({ untilOn }) => untilOn === null);
  const open = await openWorkOf(
    context,
    current.map(({ vehicleId }) => vehicleId),
  );
  const today = londonDateOf(nowOf(context));
  return current.map((vehicle) => {
    const { vehicleId, registration, vin, make, model, mileage, motDueOn, serviceDueOn } = vehicle;
    const booked = open.get(vehicleId) ?? [];
    const known = {
      motDueOn,
      serviceDueOn,
      deferred: deferred.filter((each) => each.vehicleId === vehicleId),
    };
    const due = maintenanceOf(known, today, settings.leadDays).map((work) => {
      const same = booked.find(
        ({ jobType, findingId }) => jobType === work.jobType && findingId === work.findingId,
      );
      return { ...work, bookedOn: same?.arrivesOn ?? null };
    });
    return { vehicleId, registration, vin, make, model, mileage, due };
  });
}
