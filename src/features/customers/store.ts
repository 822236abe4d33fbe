import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { SearchNames } from '../../domain/person-name.ts';
import type { CustomerKind } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface ProfileFields {
  readonly kind: CustomerKind;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly birthOn: string | null;
  readonly branchId: number;
  readonly prospect: boolean;
  readonly createdOn: string | null;
  readonly lastContactOn: string | null;
}

export interface CustomerRow extends ProfileFields {
  readonly id: string;
  readonly customerNumber: string;
  readonly mergedIntoId: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const customerColumns = [
  'id',
  'customerNumber',
  'kind',
  'title',
  'forename',
  'surname',
  'companyName',
  'birthOn',
  'branchId',
  'prospect',
  'createdOn',
  'lastContactOn',
  'mergedIntoId',
  'version',
  'createdAt',
  'updatedAt',
] as const;

export async function findCustomer(db: Kysely<Tables>, id: string): Promise<CustomerRow | undefined> {
  const row = await db.selectFrom('customer').select(customerColumns).where('id', '=', id).executeTakeFirst();
  return row as CustomerRow | undefined;
}

/** Locks the profile row until the transaction ends; whatever the engine sees of a customer changes under it. */
export async function lockCustomer(
  transaction: Transaction<Tables>,
  id: string,
): Promise<CustomerRow | undefined> {
  const row = await transaction
    .selectFrom('customer')
    .select(customerColumns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row as CustomerRow | undefined;
}

/** The ids behind customer numbers, in any case; numbers nobody has are missing. */
export async function findIdsByNumber(
  db: Kysely<Tables>,
  numbers: readonly string[],
): Promise<{ id: string; customerNumber: string }[]> {
  const { rows } = await sql<{ id: string; customerNumber: string }>`
    select id, customer_number from customer
    where lower(customer_number) collate "C" = any(select lower(number) from unnest(${numbers}::text[]) as number)`.execute(
    db,
  );
  return rows;
}

export type NewCustomerRow = ProfileFields &
  SearchNames & { readonly id: string; readonly customerNumber: string; readonly createdAt: number };

/** Adds a customer; false when the number is taken. */
export async function insertCustomer(
  transaction: Transaction<Tables>,
  { createdAt, ...customer }: NewCustomerRow,
): Promise<boolean> {
  const at = toTimestamp(createdAt);
  const result = await transaction
    .insertInto('customer')
    .values({ ...customer, createdAt: at, updatedAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A number that was never generated before, so many after the last one. Somebody may have it all the same. */
export async function nextCustomerNumber(db: Kysely<Tables>, ahead: number): Promise<string> {
  const { rows } = await sql<{ number: string }>`
    select max(nextval('customer_number_sequence'))::text as number
    from generate_series(1, ${ahead}::integer)`.execute(db);
  return String(rows[0]?.number);
}

export async function updateCustomer(
  transaction: Transaction<Tables>,
  id: string,
  changes: Partial<ProfileFields> & SearchNames,
  at: number,
): Promise<void> {
  await transaction
    .updateTable('customer')
    .set({ ...changes, factsSince: toTimestamp(at) })
    .where('id', '=', id)
    .execute();
}

/** Every change of a customer, their contact points and vehicles included, makes a new version. */
export async function advanceVersion(
  transaction: Transaction<Tables>,
  id: string,
  at: number,
): Promise<void> {
  await sql`
    update customer set version = version + 1, updated_at = ${toTimestamp(at)}
    where id = ${id}`.execute(transaction);
}

/** One writer at a time for each number, address or name, so that doubles and shared ones are noticed. */
export async function lockIdentifiers(
  transaction: Transaction<Tables>,
  identifiers: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('customer ' || identifier, 0))
    from (select distinct unnest(${identifiers}::text[]) as identifier order by 1) as sorted`.execute(
    transaction,
  );
}

export interface DuplicateRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly matchedOn: ('phone' | 'email' | 'vehicle' | 'name_and_postcode')[];
}

const duplicatesMax = 20;

/** Other customers with the same number, email address or vehicle, or the same name at the same postcode. */
export async function findDuplicates(
  db: Kysely<Tables>,
  same: {
    normalised: readonly string[];
    vehicleIdentities: readonly string[];
    searchName: string;
    postcodes: readonly string[];
  },
): Promise<DuplicateRow[]> {
  const { rows } = await sql<DuplicateRow>`
    with matched as (
      select customer_id, case when kind = 'email' then 'email' else 'phone' end as reason
      from contact_point
      where normalised collate "C" = any(${same.normalised}::text[]) and removed_at is null
        and kind in ('mobile', 'landline', 'email')
      union all
      select keeper.customer_id, 'vehicle'
      from vehicle join keeper on keeper.vehicle_id = vehicle.id and keeper.until_on is null
      where vehicle.registration collate "C" = any(${same.vehicleIdentities}::text[])
        or vehicle.vin = any(${same.vehicleIdentities}::text[])
      union all
      select contact_point.customer_id, 'name_and_postcode'
      from contact_point join customer on customer.id = contact_point.customer_id
      where upper(replace(address ->> 'postcode', ' ', '')) collate "C" = any(${same.postcodes}::text[])
        and address is not null and removed_at is null
        and customer.search_name collate "C" = ${same.searchName}
    )
    select customer.id as customer_id, customer.customer_number, customer.title, customer.forename,
      customer.surname, customer.company_name, array_agg(distinct matched.reason order by matched.reason) as matched_on
    from matched join customer on customer.id = matched.customer_id
    where customer.merged_into_id is null
    group by customer.id
    order by count(distinct matched.reason) desc, customer.id
    limit ${duplicatesMax}`.execute(db);
  return rows;
}
