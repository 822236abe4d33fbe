import { formatRegistration } from '../../../../src/domain/vehicle-registration.ts';
import type { CustomerVehicle } from './customer.ts';

/** "Ford Focus", or what else there is to call it. */
export function modelWords({ make, model }: Pick<CustomerVehicle, 'make' | 'model'>): string {
  return [make, model].filter(Boolean).join(' ') || 'Vehicle';
}

/** The plate as it is painted, else the VIN. */
export function plateWords({ registration, vin }: Pick<CustomerVehicle, 'registration' | 'vin'>): string {
  return registration === null ? (vin ?? '') : formatRegistration(registration);
}

/** "Ford Focus AB12 CDE". */
export function vehicleName(vehicle: CustomerVehicle): string {
  return [modelWords(vehicle), plateWords(vehicle)].filter(Boolean).join(' ');
}
