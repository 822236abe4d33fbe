import type { Preferences } from './preferences.ts';

type Vehicle = Preferences['vehicles'][number];

/** What Service follow-up is about: "Ford Focus · AB12 CDE", or how many, or that there is none. */
export function vehicleWords(vehicles: readonly Vehicle[]): string {
  const current = vehicles.filter((vehicle) => vehicle.current);
  const [first] = current;
  if (first === undefined) return 'No vehicle recorded';
  return current.length === 1 ? oneVehicle(first) : `${oneVehicle(first)} and ${current.length - 1} more`;
}

function oneVehicle({ make, model, registration }: Vehicle): string {
  const name = [make, model].filter(Boolean).join(' ') || 'Vehicle';
  return registration === null ? name : `${name} · ${registration}`;
}
