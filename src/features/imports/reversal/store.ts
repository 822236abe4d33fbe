import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface ReversedCustomer {
  readonly id: string;
  readonly customerNumber: string;
  readonly ofThisImport: boolean;
  /** Whether nothing but the import ever wrote anything about them, and no other import names them. */
  readonly untouched: boolean;
}

/** Locks those of these customers who are still on file, and says what became of them since the import. */
export async function lockReversed(
  transaction: Transaction<Tables>,
  batchId: string,
  ids: readonly string[],
): Promise<ReversedCustomer[]> {
  await sql`
    select 1 from customer where id = any(${ids}::uuid[]) order by id for no key update`.execute(transaction);
  const { rows } = await sql<ReversedCustomer>`
    select id, customer_number, created_batch_id is not distinct from ${batchId}::uuid as of_this_import, (
      created_batch_id is not distinct from ${batchId}::uuid and version = 1 and updated_at = created_at
      and merged_into_id is null
      and not exists (
        select from ledger_event entry
        where entry.customer_id = customer.id and entry.batch_id is distinct from ${batchId}::uuid
      )
      and not exists (
        select from contact_point point
        where point.customer_id = customer.id
          and (point.in_use_since > customer.created_at or point.removed_at is not null or point.status <> 'ok')
      )
      and not exists (
        select from keeper
        where keeper.customer_id = customer.id and keeper.created_batch_id is distinct from ${batchId}::uuid
      )
      and not exists (select from enquiry where enquiry.customer_id = customer.id)
      and not exists (select from hand_over where hand_over.customer_id = customer.id)
      and not exists (select from appointment where appointment.customer_id = customer.id)
      and not exists (select from evidence where evidence.customer_id = customer.id)
      and not exists (select from customer absorbed where absorbed.merged_into_id = customer.id)
      and not exists (
        select from named_customer named join import_batch batch on batch.id = named.batch_id
        where named.customer_id = customer.id and named.batch_id <> ${batchId}::uuid
          and batch.status not in ('reversing', 'reversed')
      )
    ) as untouched
    from customer where id = any(${ids}::uuid[]) order by id`.execute(transaction);
  return rows;
}

/** Removes profiles with their contact points, vehicle links and standing rows. Their ledger stays. */
export async function removeCustomers(
  transaction: Transaction<Tables>,
  batchId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{ vehicleId: string }>`
    select distinct vehicle_id from keeper where customer_id = any(${ids}::uuid[])`.execute(transaction);
  await sql`delete from customer where id = any(${ids}::uuid[])`.execute(transaction);
  await removeLeftVehicles(
    transaction,
    batchId,
    rows.map((row) => row.vehicleId),
  );
}

/**
 * Takes away the vehicles that the import linked to customers who were on file before, unless somebody said
 * something about contact for that vehicle since, or booked it in; answers the customers concerned.
 */
export async function unlinkVehicles(
  transaction: Transaction<Tables>,
  batchId: string,
  customerIds: readonly string[],
  at: number,
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<{ customerId: string; vehicleId: string }>`
    with unlinked as (
    delete from keeper
    where customer_id = any(${customerIds}::uuid[]) and created_batch_id = ${batchId}::uuid
      and not exists (
        select from ledger_event entry
        where entry.customer_id = keeper.customer_id
          and (
            entry.act ->> 'vehicleId' = keeper.vehicle_id::text
            or entry.cells @> jsonb_build_array(jsonb_build_object('scopeId', keeper.vehicle_id::text))
          )
      )
      and not exists (
        select from appointment
        where appointment.customer_id = keeper.customer_id and appointment.vehicle_id = keeper.vehicle_id
      )
    returning *
    )
    insert into keeper_before (customer_id, vehicle_id, from_on, until_on, recorded_from, recorded_until)
    select customer_id, vehicle_id, from_on, until_on, coalesce(recorded_at, created_at), ${toTimestamp(at)}
    from unlinked
    returning customer_id, vehicle_id`.execute(transaction);
  await removeLeftVehicles(
    transaction,
    batchId,
    rows.map((row) => row.vehicleId),
  );
  return [...new Set(rows.map((row) => row.customerId))];
}

/** Removes the vehicles that the import entered, unless somebody keeps, bought or booked in one. */
async function removeLeftVehicles(
  transaction: Transaction<Tables>,
  batchId: string,
  ids: readonly string[],
): Promise<void> {
  await sql`
    delete from vehicle
    where id = any(${ids}::uuid[]) and created_batch_id = ${batchId}::uuid
      and not exists (select from keeper where keeper.vehicle_id = vehicle.id)
      and not exists (select from enquiry where enquiry.sold_vehicle_id = vehicle.id)
      and not exists (select from appointment where appointment.vehicle_id = vehicle.id)`.execute(
    transaction,
  );
}

/** Customers who were on file before and to whom the import linked vehicles; a pass over all links. */
export async function findLinkedBefore(db: Kysely<Tables>, batchId: string): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    select distinct keeper.customer_id
    from keeper join customer on customer.id = keeper.customer_id
    where keeper.created_batch_id = ${batchId}::uuid
      and customer.created_batch_id is distinct from ${batchId}::uuid
    order by keeper.customer_id`.execute(db);
  return rows.map((row) => row.customerId);
}
