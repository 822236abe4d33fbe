import { NIL } from 'uuid';
import type { ReadyRows } from '../../../platform/bulk-writing.ts';
import { nowOf } from '../../../platform/context.ts';
import type { FileRecord } from '../../../platform/csv-records.ts';
import { identifiersAt } from '../../../platform/identifiers.ts';
import { judgeAgain, judgeNewKeepers } from '../../standing/service.ts';
import type { ImportTotals } from '../contract.ts';
import { customerIdsBehind } from '../customers/service.ts';
import type { FingerprintSet } from '../fingerprint-set.ts';
import type { OpenedFile } from '../opening.ts';
import type { ReadRows, Reject, VehicleRow } from '../reading.ts';
import { readVehicles } from '../reading.ts';
import type { ImportRun } from '../run.ts';
import { inBatches } from '../run.ts';
import { advanceBatch, insertRejects } from '../store.ts';
import { addTotals, noteAmbiguous } from '../totals.ts';
import type { KnownKeeper, KnownVehicle, NewKeeper, NewVehicle } from './store.ts';
import { endKeepers, findKeepersOf, findVehicles, readyVehicles } from './store.ts';

/**
 * The vehicles of a file: recognised by VIN or registration, else entered; linked to their customers, and the
 * customers' service follow-up about them judged in the same transaction.
 */
export async function importVehicles(run: ImportRun, file: OpenedFile, doneLine: number): Promise<void> {
  let before: LinkedVehicles | null = null;
  await inBatches(run, 'vehicles', file, doneLine, {
    prepare: async (records, beingWritten) => {
      const prepared = await prepareBatch(run, file, records, async (owned) => {
        // What was linked a moment ago is found on file only when it is written.
        if (before !== null && owned.some(({ row }) => before?.knows(row))) await beingWritten;
      });
      before = prepared.links;
      return prepared;
    },
    write: (prepared) => writeBatch(run, file, prepared),
  });
}

interface PreparedBatch {
  readonly records: readonly FileRecord[];
  readonly read: ReadRows<VehicleRow>;
  readonly links: LinkedVehicles;
  readonly ready: readonly ReadyRows[];
}

/** Reads, recognises and links; nothing is written. */
async function prepareBatch(
  run: ImportRun,
  file: OpenedFile,
  records: readonly FileRecord[],
  beforeLookingUp: (owned: readonly OwnedRow[]) => Promise<void> = async () => undefined,
): Promise<PreparedBatch> {
  const { context, reader, batchId } = run;
  const read = await readVehicles(records, file);
  const owned = await findOwners(run, read);
  await beforeLookingUp(owned);
  const at = nowOf(context);
  const links = new LinkedVehicles(batchId, at);
  links.knowVehicles(await findVehicles(reader.db, identitiesOf(owned)));
  links.knowKeepers(await findKeepersOf(reader.db, links.knownIds()));
  for (const { row, customerId } of owned) links.link(row, customerId, read);
  const ready = readyVehicles(links.newVehicles, links.newKeepers, { batchId, at });
  return { records, read, links, ready };
}

export interface OwnedRow {
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
    read.totals.vehicles.rejected += 1;
    read.rejects.push(unknownOwner(row));
    return [];
  });
}

/** Why a vehicle of nobody is not imported. */
export function unknownOwner({ line, customerNumber }: VehicleRow): Reject {
  const reason = 'There is no customer with this number, neither in the customer file nor on file.';
  return { file: 'vehicles', line, column: 'customer_no', reason, original: customerNumber };
}

/**
 * For a dry run: which of these vehicles would be entered and which links made.
 *
 * @param seen vehicles and links that earlier rows of the file would have made.
 */
export async function countVehicles(
  db: ImportRun['reader']['db'],
  owned: readonly OwnedRow[],
  seen: FingerprintSet,
  totals: ImportTotals,
): Promise<void> {
  const { vehicles: count } = totals;
  const links = new LinkedVehicles(noBatch, 0);
  links.knowVehicles(await findVehicles(db, identitiesOf(owned)));
  links.knowKeepers(await findKeepersOf(db, links.knownIds()));
  for (const { row, customerId } of owned) {
    const known = links.recognise(row);
    const { vin, registration } = row;
    const came =
      vin === null
        ? seen.has(`registration ${registration}`)
        : seen.has(`vin ${vin}`) || seen.has(`registration alone ${registration}`);
    if (known === undefined && !came) count.created += 1;
    if (vin !== null) seen.add(`vin ${vin}`);
    if (registration !== null) {
      seen.add(`registration ${registration}`);
      if (vin === null) seen.add(`registration alone ${registration}`);
    }
    const isLinked = known !== undefined && links.isKeptBy(known.id, customerId);
    if (noteSeen(seen, `link ${customerId}`, row, known?.id) || isLinked) {
      count.alreadyLinked += 1;
      continue;
    }
    count.linked += 1;
    if (row.soldOn !== null) continue;
    const wasKept = noteSeen(seen, 'kept', row, known?.id);
    if (wasKept || (known !== undefined && links.isKept(known.id))) {
      noteAmbiguous(totals, 'vehicles', row, 'several_keepers');
    }
  }
}

/** Whether something was said of this vehicle before, by whichever of its identities; it is from now on. */
function noteSeen(
  seen: FingerprintSet,
  what: string,
  { vin, registration }: VehicleRow,
  knownId: string | undefined,
): boolean {
  if (knownId !== undefined) return !seen.add(`${what} ${knownId}`);
  const was =
    vin === null
      ? seen.has(`${what} registration ${registration}`)
      : seen.has(`${what} vin ${vin}`) || seen.has(`${what} alone ${registration}`);
  if (vin !== null) seen.add(`${what} vin ${vin}`);
  if (registration !== null) {
    seen.add(`${what} registration ${registration}`);
    if (vin === null) seen.add(`${what} alone ${registration}`);
  }
  return was;
}

const noBatch = NIL;

function identitiesOf(owned: readonly OwnedRow[]): { registrations: string[]; vins: string[] } {
  return {
    registrations: owned.flatMap(({ row }) => row.registration ?? []),
    vins: owned.flatMap(({ row }) => row.vin ?? []),
  };
}

const attemptsMax = 3;

/** One transaction: the vehicles, their links and answers, the rejects, and the line up to which it is done. */
async function writeBatch(run: ImportRun, file: OpenedFile, prepared: PreparedBatch): Promise<void> {
  let batch = prepared;
  for (let attempt = 1; ; attempt += 1) {
    try {
      run.totals = await commitBatch(run, batch);
      return;
    } catch (error) {
      // Somebody linked one of these vehicles to the same customer meanwhile: the link is on file now.
      if ((error as { code?: string }).code !== '23505' || attempt === attemptsMax) throw error;
      batch = await prepareBatch(run, file, batch.records);
    }
  }
}

async function commitBatch(run: ImportRun, { read, links, ready }: PreparedBatch): Promise<ImportTotals> {
  const { context, writer, batchId, totals } = run;
  return writer.db.transaction().execute(async (transaction) => {
    await writer.copyReady(ready);
    await judgeNewKeepers(transaction, context, links.newKeepers);
    await endKeepers(transaction, batchId, links.ends, nowOf(context));
    await judgeAgain(transaction, context, [...new Set(links.ends.map((end) => end.customerId))]);
    await insertRejects(transaction, batchId, [...read.rejects, ...read.leftOut]);
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

  /** Whether a row may be about a vehicle of this batch. */
  knows({ vin, registration }: VehicleRow): boolean {
    return (
      (vin !== null && this.#byVin.has(vin)) ||
      (registration !== null && this.#byRegistration.has(registration))
    );
  }

  get newKeepers(): NewKeeper[] {
    return [...this.#keepers].flatMap(([vehicleId, keepers]) =>
      [...keepers].flatMap(([customerId, { untilOn, isNew }]) =>
        isNew ? [{ customerId, vehicleId, untilOn }] : [],
      ),
    );
  }

  link(row: VehicleRow, customerId: string, { totals }: ReadRows<VehicleRow>): void {
    const known = this.recognise(row);
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
