import { identifiersAt } from '../../../platform/identifiers.ts';
import type { ReadRows, VehicleRow } from '../reading.ts';
import { noteAmbiguous } from '../totals.ts';
import type { KnownKeeper, KnownVehicle, NewKeeper, NewVehicle } from './store.ts';

interface KeptBy {
  untilOn: string | null;
  readonly isNew: boolean;
  readonly ofThisImport: boolean;
}

/** Recognises the vehicles of one batch and collects what has to be written. */
export class LinkedVehicles {
  readonly ends: { customerId: string; vehicleId: string; untilOn: string }[] = [];
  readonly #newVehicles = new Map<string, NewVehicle>();
  readonly #batchId: string;
  readonly #identifier: () => string;
  readonly #byVin = new Map<string, KnownVehicle>();
  readonly #byRegistration = new Map<string, KnownVehicle[]>();
  readonly #keepers = new Map<string, Map<string, KeptBy>>();

  constructor(batchId: string, at: number) {
    this.#batchId = batchId;
    this.#identifier = identifiersAt(at);
  }

  knowVehicles(vehicles: readonly KnownVehicle[]): void {
    for (const vehicle of vehicles) {
      if (vehicle.vin !== null) this.#byVin.set(vehicle.vin, vehicle);
      if (vehicle.registration === null) continue;
      const others = this.#byRegistration.get(vehicle.registration) ?? [];
      this.#byRegistration.set(vehicle.registration, [vehicle, ...others]);
    }
  }

  knownIds(): string[] {
    const vehicles = [...this.#byVin.values(), ...[...this.#byRegistration.values()].flat()];
    return [...new Set(vehicles.map(({ id }) => id))];
  }

  knowKeepers(keepers: readonly KnownKeeper[]): void {
    for (const { vehicleId, customerId, untilOn, createdBatchId } of keepers) {
      const ofThisImport = createdBatchId === this.#batchId;
      this.#keptBy(vehicleId).set(customerId, { untilOn, isNew: false, ofThisImport });
    }
  }

  /** Whether a row may be about a vehicle of this batch. */
  knows({ vin, registration }: VehicleRow): boolean {
    return (
      (vin !== null && this.#byVin.has(vin)) ||
      (registration !== null && this.#byRegistration.has(registration))
    );
  }

  get newVehicles(): NewVehicle[] {
    return [...this.#newVehicles.values()];
  }

  get newKeepers(): NewKeeper[] {
    return [...this.#keepers].flatMap(([vehicleId, keepers]) =>
      [...keepers].flatMap(([customerId, { untilOn, isNew }]) =>
        isNew ? [{ customerId, vehicleId, untilOn, vehicle: this.#newVehicles.get(vehicleId) ?? null }] : [],
      ),
    );
  }

  link(row: VehicleRow, customerId: string, { totals }: ReadRows<VehicleRow>): void {
    const known = this.recognise(row);
    const vehicle = known ?? { ...row, id: this.#identifier() };
    if (known === undefined) {
      this.#newVehicles.set(vehicle.id, { ...row, id: vehicle.id });
      this.knowVehicles([vehicle]);
      totals.vehicles.created += 1;
    }
    const keepers = this.#keptBy(vehicle.id);
    const link = keepers.get(customerId);
    if (link === undefined) {
      const others = [...keepers.values()].some(({ untilOn }) => untilOn === null);
      if (others && row.soldOn === null) noteAmbiguous(totals, 'vehicles', row, 'several_keepers');
      keepers.set(customerId, { untilOn: row.soldOn, isNew: true, ofThisImport: true });
      totals.vehicles.linked += 1;
      return;
    }
    totals.vehicles.alreadyLinked += 1;
    if (!link.ofThisImport || link.untilOn === row.soldOn) return;
    noteAmbiguous(totals, 'vehicles', row, 'sold_and_kept');
    if (link.untilOn !== null || row.soldOn === null) return;
    link.untilOn = row.soldOn;
    if (!link.isNew) this.ends.push({ customerId, vehicleId: vehicle.id, untilOn: row.soldOn });
  }

  /** By VIN, else by registration: a mark moves from vehicle to vehicle, so another VIN is another vehicle. */
  recognise({ vin, registration }: VehicleRow): KnownVehicle | undefined {
    const byVin = vin === null ? undefined : this.#byVin.get(vin);
    if (byVin !== undefined || registration === null) return byVin;
    const candidates = this.#byRegistration.get(registration) ?? [];
    return candidates.find((vehicle) => vehicle.vin === null || vin === null);
  }

  isKeptBy(vehicleId: string, customerId: string): boolean {
    return this.#keptBy(vehicleId).has(customerId);
  }

  isKept(vehicleId: string): boolean {
    return [...this.#keptBy(vehicleId).values()].some(({ untilOn }) => untilOn === null);
  }

  #keptBy(vehicleId: string): Map<string, KeptBy> {
    const keepers = this.#keepers.get(vehicleId) ?? new Map<string, KeptBy>();
    this.#keepers.set(vehicleId, keepers);
    return keepers;
  }
}
