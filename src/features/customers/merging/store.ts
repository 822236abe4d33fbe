import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** What becomes of the rows of two records that turn out to be one person. The caller holds both locks. */
export interface MergedRows {
  readonly survivorId: string;
  readonly absorbedId: string;
  readonly at: number;
}

/**
 * Gives the survivor what only the absorbed record knew, and points the absorbed record at the survivor.
 * Somebody with a dealing on either record is no prospect.
 */
export async function joinProfiles(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<void> {
  await sql`
    update customer survivor
    set birth_on = coalesce(survivor.birth_on, absorbed.birth_on),
      prospect = survivor.prospect and absorbed.prospect,
      created_on = least(survivor.created_on, absorbed.created_on),
      last_contact_on = greatest(survivor.last_contact_on, absorbed.last_contact_on),
      version = survivor.version + 1, updated_at = ${toTimestamp(at)}
    from customer absorbed
    where survivor.id = ${survivorId} and absorbed.id = ${absorbedId}`.execute(transaction);
  await sql`
    update customer
    set merged_into_id = ${survivorId}, version = version + 1, updated_at = ${toTimestamp(at)}
    where id = ${absorbedId}`.execute(transaction);
}

/**
 * Adds the absorbed record's numbers and addresses behind the survivor's own, and takes them out of use on
 * the absorbed record. Consent to calls belongs to a line: where the survivor has one of that kind, what
 * comes from the other record counts as new. Answers what came over.
 */
export async function moveContactPoints(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<{ kind: string; normalised: string | null }[]> {
  const { rows } = await sql<{ kind: string; normalised: string | null }>`
    with own as (
      select kind, normalised, value, rank from contact_point
      where customer_id = ${survivorId} and removed_at is null
    )
    insert into contact_point (
      customer_id, id, kind, value, normalised, address, rank, in_use_since, status, shared
    )
    select ${survivorId}, id, kind, value, normalised, address,
      other.rank + coalesce((select max(own.rank) + 1 from own where own.kind = other.kind), 0),
      case when exists (select from own where own.kind = other.kind) then ${toTimestamp(at)} else in_use_since end,
      status, shared
    from contact_point other
    where customer_id = ${absorbedId} and removed_at is null
      and not exists (
        select from own
        where own.kind = other.kind and coalesce(own.normalised, own.value) = coalesce(other.normalised, other.value)
      )
    on conflict (customer_id, id) do nothing
    returning kind, normalised`.execute(transaction);
  await sql`
    update contact_point set removed_at = ${toTimestamp(at)}
    where customer_id = ${absorbedId} and removed_at is null`.execute(transaction);
  return rows;
}

/** Moves the vehicles of the absorbed record; one that both have keeps the survivor's dates. Answers how many. */
export async function moveVehicles(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId }: MergedRows,
): Promise<number> {
  const { rows } = await sql`
    insert into keeper (customer_id, vehicle_id, from_on, until_on, created_batch_id, created_at)
    select ${survivorId}, vehicle_id, from_on, until_on, created_batch_id, created_at
    from keeper where customer_id = ${absorbedId}
    on conflict (customer_id, vehicle_id) do nothing
    returning vehicle_id`.execute(transaction);
  await transaction.deleteFrom('keeper').where('customerId', '=', absorbedId).execute();
  return rows.length;
}

/** Every number and address of a record, for saying anew which are shared. */
export async function findNormalised(
  transaction: Transaction<Tables>,
  customerId: string,
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('contactPoint')
    .select('normalised')
    .where('customerId', '=', customerId)
    .where('normalised', 'is not', null)
    .execute();
  return rows.flatMap(({ normalised }) => normalised ?? []);
}
