import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { ReadyRows } from '../../../platform/copying.ts';
import { copyLine, readyRows } from '../../../platform/copying.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** A vehicle as far as it takes to recognise it. */
export interface KnownVehicle {
  readonly id: string;
  readonly registration: string | null;
  readonly vin: string | null;
}

/**
 * Vehicles with one of these registrations or VINs, oldest first. An index answers only for its own collation,
 * and `offset 0` keeps the planner, which an import leaves without statistics, from reading every vehicle in the
 * order that is asked for: either would be done for each batch.
 */
export async function findVehicles(
  db: Kysely<Tables>,
  identities: { readonly registrations: readonly string[]; readonly vins: readonly string[] },
): Promise<KnownVehicle[]> {
  const { rows } = await sql<KnownVehicle>`
    select known.id, known.registration, known.vin
    from unnest(${identities.registrations}::text[]) as given (mark)
    cross join lateral (
      select id, registration, vin from vehicle where registration collate "C" = given.mark offset 0
    ) known
    union
    select known.id, known.registration, known.vin
    from unnest(${identities.vins}::text[]) as given (mark)
    cross join lateral (select id, registration, vin from vehicle where vin = given.mark offset 0) known
    order by id`.execute(db);
  return rows;
}

export interface KnownKeeper {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly untilOn: string | null;
  readonly createdBatchId: string | null;
}

/** Everybody who has or had one of these vehicles. */
export async function findKeepersOf(
  db: Kysely<Tables>,
  vehicleIds: readonly string[],
): Promise<KnownKeeper[]> {
  if (vehicleIds.length === 0) return [];
  const { rows } = await sql<KnownKeeper>`
    select customer_id, vehicle_id, until_on, created_batch_id
    from keeper where vehicle_id = any(${vehicleIds}::uuid[])`.execute(db);
  return rows;
}

export interface NewVehicle extends KnownVehicle {
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegisteredOn: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly lastServiceOn: string | null;
  readonly mileage: number | null;
}

export interface NewKeeper {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly untilOn: string | null;
  /** Of a vehicle that is entered with its keeper. */
  readonly vehicle: NewVehicle | null;
}

/** New vehicles and keeper links, ready to be copied in one transaction. */
export function readyVehicles(
  vehicles: readonly NewVehicle[],
  keepers: readonly NewKeeper[],
  origin: { readonly batchId: string; readonly at: number },
): ReadyRows[] {
  const ready = readyRows(
    `vehicle (id, registration, vin, make, model, first_registered_on, mot_due_on, service_due_on,
      last_service_on, mileage, created_batch_id)`,
    vehicles.map((vehicle) =>
      copyLine([
        vehicle.id,
        vehicle.registration,
        vehicle.vin,
        vehicle.make,
        vehicle.model,
        vehicle.firstRegisteredOn,
        vehicle.motDueOn,
        vehicle.serviceDueOn,
        vehicle.lastServiceOn,
        vehicle.mileage,
        origin.batchId,
      ]),
    ),
  );
  const at = toTimestamp(origin.at);
  const links = keepers.map((keeper) =>
    copyLine([keeper.customerId, keeper.vehicleId, keeper.untilOn, origin.batchId, at]),
  );
  return [
    ready,
    readyRows('keeper (customer_id, vehicle_id, until_on, created_batch_id, created_at)', links),
  ];
}

/** Ends keeper links that this import made and that had no end. */
export async function endKeepers(
  transaction: Transaction<Tables>,
  batchId: string,
  ends: readonly { readonly customerId: string; readonly vehicleId: string; readonly untilOn: string }[],
  at: number,
): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    update keeper set until_on = ending.until_on, recorded_at = ${toTimestamp(at)}
    from unnest(
      ${ends.map((end) => end.customerId)}::uuid[],
      ${ends.map((end) => end.vehicleId)}::uuid[],
      ${ends.map((end) => end.untilOn)}::date[]
    ) as ending (customer_id, vehicle_id, until_on)
    where keeper.customer_id = ending.customer_id and keeper.vehicle_id = ending.vehicle_id
      and keeper.created_batch_id = ${batchId}::uuid and keeper.until_on is null`.execute(transaction);
}
