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
 * Points the absorbed record at the survivor, whose details were chosen before. Somebody with a dealing on either record
 * is no prospect.
 */
export async function joinProfiles(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<void> {
  await sql`
    update customer survivor
    set prospect = survivor.prospect and absorbed.prospect,
      created_on = least(survivor.created_on, absorbed.created_on),
      last_contact_on = greatest(survivor.last_contact_on, absorbed.last_contact_on),
      version = survivor.version + 1, updated_at = ${toTimestamp(at)}, facts_since = ${toTimestamp(at)}
    from customer absorbed
    where survivor.id = ${survivorId} and absorbed.id = ${absorbedId}`.execute(transaction);
  await sql`
    update customer
    set merged_into_id = ${survivorId}, version = version + 1, updated_at = ${toTimestamp(at)},
      facts_since = ${toTimestamp(at)}
    where id = ${absorbedId}`.execute(transaction);
}

/** Which of these are numbers or addresses that one of the two records has in use. */
export async function findContactPointIds(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId }: Omit<MergedRows, 'at'>,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await transaction
    .selectFrom('contactPoint')
    .select('id')
    .where('customerId', 'in', [survivorId, absorbedId])
    .where('id', 'in', ids)
    .where('removedAt', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Takes numbers and addresses that were not chosen out of use on the record that stays; they stay as history. */
export async function leaveOutContactPoints(
  transaction: Transaction<Tables>,
  { survivorId, at }: MergedRows,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update contact_point set removed_at = ${toTimestamp(at)}
    where customer_id = ${survivorId} and id = any(${ids}::uuid[]) and removed_at is null`.execute(
    transaction,
  );
}

/**
 * Adds the absorbed record's numbers and addresses behind the survivor's own, and takes them out of use on
 * the absorbed record. Consent to calls belongs to a line: where the survivor has one of that kind, what
 * comes from the other record counts as new. One that both have takes the worse of its two statuses. Answers
 * what came over.
 */
export async function moveContactPoints(
  transaction: Transaction<Tables>,
  rowsToMove: MergedRows,
): Promise<{ kind: string; normalised: string | null }[]> {
  const { survivorId, absorbedId, at } = rowsToMove;
  await keepWorseStatus(transaction, rowsToMove);
  const { rows } = await sql<{ kind: string; normalised: string | null }>`
    with own as (
      select kind, normalised, value, rank from contact_point
      where customer_id = ${survivorId} and removed_at is null
    )
    insert into contact_point (
      customer_id, id, kind, value, normalised, address, rank, in_use_since, status, shared, recorded_at
    )
    select ${survivorId}, id, kind, value, normalised, address,
      other.rank + coalesce((select max(own.rank) + 1 from own where own.kind = other.kind), 0),
      case when exists (select from own where own.kind = other.kind) then ${toTimestamp(at)} else in_use_since end,
      status, shared, ${toTimestamp(at)}
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

/** From the worst on: what came back, what nobody confirmed, what is in order. */
const statusesFromWorst = sql`array['bounced', 'unverified', 'ok']`;

async function keepWorseStatus(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<void> {
  await sql`
    update contact_point own
    set status = other.status, status_since = ${toTimestamp(at)}
    from (
      select kind, coalesce(normalised, value) as comparable,
        (array_agg(status order by array_position(${statusesFromWorst}, status)))[1] as status
      from contact_point
      where customer_id = ${absorbedId} and removed_at is null
      group by kind, comparable
    ) other
    where own.customer_id = ${survivorId} and own.removed_at is null
      and own.kind = other.kind and coalesce(own.normalised, own.value) = other.comparable
      and array_position(${statusesFromWorst}, other.status) < array_position(${statusesFromWorst}, own.status)`.execute(
    transaction,
  );
}

/**
 * Moves the vehicles of the absorbed record. One that both have keeps the survivor's dates, but is no longer
 * owned from the earlier of its two ends: a vehicle gone on either record is gone. Answers how many came over.
 */
export async function moveVehicles(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<number> {
  await sql`
    update keeper own
    set until_on = least(own.until_on, other.until_on), recorded_at = ${toTimestamp(at)}
    from keeper other
    where own.customer_id = ${survivorId} and other.customer_id = ${absorbedId}
      and own.vehicle_id = other.vehicle_id`.execute(transaction);
  const { rows } = await sql`
    insert into keeper (customer_id, vehicle_id, from_on, until_on, created_batch_id, created_at, recorded_at)
    select ${survivorId}, vehicle_id, from_on, until_on, created_batch_id, created_at, ${toTimestamp(at)}
    from keeper where customer_id = ${absorbedId}
    on conflict (customer_id, vehicle_id) do nothing
    returning vehicle_id`.execute(transaction);
  await sql`
    with moved as (delete from keeper where customer_id = ${absorbedId} returning *)
    insert into keeper_before (customer_id, vehicle_id, from_on, until_on, recorded_from, recorded_until)
    select customer_id, vehicle_id, from_on, until_on, coalesce(recorded_at, created_at), ${toTimestamp(at)}
    from moved`.execute(transaction);
  return rows.length;
}

/** What the absorbed record was booked in for, and what was found then, is the survivor's. */
export async function moveAppointments(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId, at }: MergedRows,
): Promise<void> {
  await sql`
    update appointment
    set customer_id = ${survivorId}, version = version + 1, updated_at = ${toTimestamp(at)}
    where customer_id = ${absorbedId}`.execute(transaction);
  await sql`
    update booked_work set customer_id = ${survivorId} where customer_id = ${absorbedId}`.execute(
    transaction,
  );
  await sql`
    update health_check set customer_id = ${survivorId}, version = version + 1
    where customer_id = ${absorbedId}`.execute(transaction);
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

/** Every enquiry of one record becomes one of the other; its notes and stages go with it. */
export async function moveEnquiries(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId }: { readonly survivorId: string; readonly absorbedId: string },
): Promise<void> {
  await transaction
    .updateTable('enquiry')
    .set({ customerId: survivorId })
    .where('customerId', '=', absorbedId)
    .execute();
}

/** Notes of one record become notes of the other, and so do tasks; those about an enquiry went with it. */
export async function moveNotesAndTasks(
  transaction: Transaction<Tables>,
  { survivorId, absorbedId }: { readonly survivorId: string; readonly absorbedId: string },
): Promise<void> {
  await transaction
    .updateTable('note')
    .set({ customerId: survivorId })
    .where('customerId', '=', absorbedId)
    .execute();
  await transaction
    .updateTable('task')
    .set({ customerId: survivorId })
    .where('customerId', '=', absorbedId)
    .execute();
}
