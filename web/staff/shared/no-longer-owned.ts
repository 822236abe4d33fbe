import { useQueryClient } from '@tanstack/react-query';
import { formatRegistration } from '../../../src/domain/vehicle-registration.ts';
import { ask, newIdempotencyKey } from './api.ts';
import { sayDone, sayFailed } from './toast.tsx';

/** A vehicle of a customer, as far as it is named. */
export interface NamedVehicle {
  readonly vehicleId: string;
  readonly registration: string | null;
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  /** Since when it is theirs, for who takes the end back. */
  readonly fromOn?: string | null;
}

/** "Ford Focus AB12 CDE". */
export function vehicleName({ make, model, registration, vin }: Omit<NamedVehicle, 'vehicleId'>): string {
  const plate = registration === null ? vin : formatRegistration(registration);
  return [[make, model].filter(Boolean).join(' ') || 'Vehicle', plate].filter(Boolean).join(' ');
}

/** Ends that a vehicle is theirs, at once; the message that says so takes it back at a press. */
export function useNoLongerOwned(customerId: string): (vehicle: NamedVehicle) => Promise<void> {
  const queries = useQueryClient();
  const path = `/customers/${encodeURIComponent(customerId)}/vehicles`;
  const change = async (below: string, body: unknown, done?: () => void): Promise<void> => {
    try {
      await ask(`${path}${below}`, { body, idempotencyKey: newIdempotencyKey() });
      await queries.invalidateQueries({ queryKey: ['/customers', customerId] });
      done?.();
    } catch (error) {
      sayFailed(error);
    }
  };
  return (vehicle) => {
    const { vehicleId, registration, vin, fromOn } = vehicle;
    const takeBack = (): void =>
      void change('', { registration, vin, ...(fromOn === undefined ? {} : { fromOn }) });
    return change(`/${vehicleId}:no-longer-owned`, {}, () =>
      sayDone(`${vehicleName(vehicle)} is no longer theirs.`, { act: takeBack }),
    );
  };
}
