import { nowOf } from '../../../platform/context.ts';
import { identifiersAt } from '../../../platform/identifiers.ts';
import { judgeAgain, judgeNewKeepers } from '../../standing/service.ts';
import { customerIdsBehind } from '../customers/service.ts';
import type { OpenedFile } from '../opening.ts';
import type { ReadRows, VehicleRow } from '../reading.ts';
import { readVehicles } from '../reading.ts';
import type { ImportRun } from '../run.ts';
import { inBatches } from '../run.ts';
import { advanceBatch, insertRejects } from '../store.ts';
import { addTotals, noteAmbiguous } from '../totals.ts';
import type { KnownKeeper, KnownVehicle, NewKeeper, NewVehicle } from './store.ts';
import { copyVehicles, endKeepers, findKeepersOf, findVehicles } from './store.ts';

/**
 * The vehicles of a file: recognised by VIN or registration, else entered; linked to their customers, and the
 * customers' service follow-up about them judged in the same transaction.
 */
export async function importVehicles(run: ImportRun, file: OpenedFile, doneLine: number): Promise<void> {
  await inBatches(run, 'vehicles', file, doneLine, {
    prepare: async (records) => {
      const read = readVehicles(records, file);
      return { read, owned: await findOwners(run, read) };
    },
    write: async ({ read, owned }) => {
      run.totals = await writeBatch(run, read, owned);
    },
  });
}

interface OwnedRow {
  readonly row: VehicleRow;
  readonly customerId: string;
}

/** Every customer of the file is on file by now; a row of anybody else is rejected. */
async function findOwners(run: ImportRun, read: ReadRows<VehicleRow>): Promise<OwnedRow[]> {
  const customerIds = await customerIdsBehind(
    run,
    read.rows.map((row) => row.customerNumber),
  );
  return read.rows.flatMap((row, index) => {
    const customerId = customerIds[index] ?? null;
    if (customerId !== null) return [{ row, customerId }];
    const reason = 'There is no customer with this number, neither in the customer file nor on file.';
    read.totals.vehicles.rejected += 1;
    read.rejects.push({
      file: 'vehicles',
      line: row.line,
      column: 'customer_no',
      reason,
      original: row.customerNumber,
    });
    return [];
  });
}

async function writeBatch(
  run: ImportRun,
  read: ReadRows<VehicleRow>,
  owned: readonly OwnedRow[],
): Promise<ImportRun['totals']> {
  const { context, writer, batchId, totals } = run;
  return writer.db.transaction().execute(async (transaction) => {
    const at = nowOf(context);
    const links = new LinkedVehicles(batchId, at);
    links.knowVehicles(
      await findVehicles(transaction, {
        registrations: owned.flatMap(({ row }) => row.registration ?? []),
        vins: owned.flatMap(({ row }) => row.vin ?? []),
      }),
    );
    links.knowKeepers(await findKeepersOf(transaction, links.knownIds()));
    for (const { row, customerId } of owned) links.link(row, customerId, read);
    await copyVehicles(writer, links.newVehicles, links.newKeepers, { batchId, at });
    await judgeNewKeepers(writer, transaction, context, links.newKeepers);
    await endKeepers(transaction, batchId, links.ends);
    await judgeAgain(transaction, context, [...new Set(links.ends.map((end) => end.customerId))]);
    await insertRejects(transaction, batchId, read.rejects);
    const sum = addTotals(totals, read.totals);
    await advanceBatch(transaction, batchId, { totals: sum, vehiclesLine: read.lastLine });
    return sum;
  });
}

interface KeptBy {
  untilOn: string | null;
  readonly isNew: boolean;
  readonly ofThisImport: boolean;
}

/** Recognises the vehicles of one batch and collects what has to be written. */
class LinkedVehicles {
  readonly newVehicles: NewVehicle[] = [];
  readonly ends: { customerId: string; vehicleId: string; untilOn: string }[] = [];
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

  get newKeepers(): NewKeeper[] {
    return [...this.#keepers].flatMap(([vehicleId, keepers]) =>
      [...keepers].flatMap(([customerId, { untilOn, isNew }]) =>
        isNew ? [{ customerId, vehicleId, untilOn }] : [],
      ),
    );
  }

  link(row: VehicleRow, customerId: string, { totals }: ReadRows<VehicleRow>): void {
    const known = this.#recognise(row);
    const vehicle = known ?? { ...row, id: this.#identifier() };
    if (known === undefined) {
      this.newVehicles.push({ ...row, id: vehicle.id });
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
  #recognise({ vin, registration }: VehicleRow): KnownVehicle | undefined {
    const byVin = vin === null ? undefined : this.#byVin.get(vin);
    if (byVin !== undefined || registration === null) return byVin;
    const candidates = this.#byRegistration.get(registration) ?? [];
    return candidates.find((vehicle) => vehicle.vin === null || vin === null);
  }

  #keptBy(vehicleId: string): Map<string, KeptBy> {
    const keepers = this.#keepers.get(vehicleId) ?? new Map<string, KeptBy>();
    this.#keepers.set(vehicleId, keepers);
    return keepers;
  }
}
