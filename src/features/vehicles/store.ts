import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface VehicleRow {
  readonly id: string;
  readonly registration: string | null;
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegisteredOn: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly lastServiceOn: string | null;
  readonly mileage: number | null;
}

export interface KeptVehicleRow extends Omit<VehicleRow, 'id'> {
  readonly vehicleId: string;
  readonly fromOn: string | null;
  readonly untilOn: string | null;
  /** When the link was first written down. */
  readonly linkedAt: number;
}

/** One writer at a time for each mark, so that one vehicle is never entered twice. */
export async function lockIdentities(
  transaction: Transaction<Tables>,
  identities: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('vehicle ' || identity, 0))
    from (select unnest(${[...identities].sort()}::text[]) as identity order by 1) as sorted`.execute(
    transaction,
  );
}

/** Vehicles with this VIN, else with this registration; a VIN identifies for life, a mark can move on. */
export async function findVehicles(
  db: Kysely<Tables>,
  identity: { registration: string | null; vin: string | null },
): Promise<VehicleRow[]> {
  const { rows } = await sql<VehicleRow>`
    select id, registration, vin, make, model, first_registered_on, mot_due_on, service_due_on,
      last_service_on, mileage
    from vehicle
    where vin = ${identity.vin} or (registration collate "C" = ${identity.registration} and ${identity.registration}::text is not null)
    order by (vin is not distinct from ${identity.vin} and vin is not null) desc, id
    limit 20`.execute(db);
  return rows;
}

export async function insertVehicle(transaction: Transaction<Tables>, vehicle: VehicleRow): Promise<void> {
  await transaction.insertInto('vehicle').values(vehicle).execute();
}

/** Writes what is newly known of a vehicle; what is not given stays. */
export async function updateVehicle(
  transaction: Transaction<Tables>,
  id: string,
  known: Partial<Omit<VehicleRow, 'id'>>,
): Promise<void> {
  if (Object.keys(known).length === 0) return;
  await transaction.updateTable('vehicle').set(known).where('id', '=', id).execute();
}

/** Links a vehicle; a link that had ended is open again from its new date. */
export async function upsertKeeper(
  transaction: Transaction<Tables>,
  keeper: { customerId: string; vehicleId: string; fromOn: string | null; createdAt: number },
): Promise<void> {
  await sql`
    insert into keeper (customer_id, vehicle_id, from_on, created_at)
    values (${keeper.customerId}, ${keeper.vehicleId}, ${keeper.fromOn}, ${toTimestamp(keeper.createdAt)})
    on conflict (customer_id, vehicle_id) do update
    set from_on = coalesce(excluded.from_on, keeper.from_on), until_on = null, recorded_at = excluded.created_at`.execute(
    transaction,
  );
}

/** Ends a link; false when there is none. */
export async function endKeeper(
  transaction: Transaction<Tables>,
  customerId: string,
  vehicleId: string,
  untilOn: string,
  at: number,
): Promise<boolean> {
  const result = await transaction
    .updateTable('keeper')
    .set({ untilOn, recordedAt: toTimestamp(at) })
    .where('customerId', '=', customerId)
    .where('vehicleId', '=', vehicleId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findOtherKeepers(
  db: Kysely<Tables>,
  customerId: string,
  vehicleId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('keeper')
    .select('customerId')
    .where('vehicleId', '=', vehicleId)
    .where('customerId', '<>', customerId)
    .where('untilOn', 'is', null)
    .orderBy('customerId')
    .execute();
  return rows.map((row) => row.customerId);
}

const keptColumns = sql`vehicle.id as vehicle_id, registration, vin, make, model, first_registered_on, mot_due_on,
  service_due_on, last_service_on, mileage, keeper.from_on, keeper.until_on, keeper.created_at as linked_at`;

/** A customer's vehicles, those they have now first. */
export async function findKeptVehicles(db: Kysely<Tables>, customerId: string): Promise<KeptVehicleRow[]> {
  const { rows } = await sql<KeptVehicleRow>`
    select ${keptColumns}
    from keeper join vehicle on vehicle.id = keeper.vehicle_id
    where keeper.customer_id = ${customerId}
    order by keeper.until_on desc nulls first, vehicle.id`.execute(db);
  return rows;
}

export async function findRegistrations(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ id: string; registration: string | null }[]> {
  return db
    .selectFrom('vehicle')
    .select(['id', 'registration'])
    .where('id', 'in', [...ids])
    .execute();
}

export async function findCurrentVehicles(
  db: Kysely<Tables>,
  customerIds: readonly string[],
): Promise<(KeptVehicleRow & { readonly customerId: string })[]> {
  const { rows } = await sql<KeptVehicleRow & { readonly customerId: string }>`
    select keeper.customer_id, ${keptColumns}
    from keeper join vehicle on vehicle.id = keeper.vehicle_id
    where keeper.customer_id = any(${customerIds}::uuid[]) and keeper.until_on is null
    order by vehicle.id`.execute(db);
  return rows;
}
