import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';
import type { ContactPointRow, KeeperRow, ProfileRow } from '../store.ts';

/**
 * The facts beside the ledger as they were on record at a past instant. What a fact was before is kept whenever it
 * changes; what was earliest among those that were given up later is what stood then.
 */
export async function findProfilesThen(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<ProfileRow[]> {
  const { rows } = await sql<ProfileRow>`
    select known.id, known.kind, known.birth_on, known.prospect, known.branch_id, branch.legal_entity_id,
      known.merged_into_id
    from (
      select customer.id,
        case when then_so.id is null then customer.kind else then_so.kind end as kind,
        case when then_so.id is null then customer.birth_on else then_so.birth_on end as birth_on,
        case when then_so.id is null then customer.prospect else then_so.prospect end as prospect,
        case when then_so.id is null then customer.branch_id else then_so.branch_id end as branch_id,
        case when then_so.id is null then customer.merged_into_id else then_so.merged_into_id end as merged_into_id
      from customer
      left join lateral (
        select * from customer_before earlier
        where earlier.customer_id = customer.id and earlier.recorded_until > ${toTimestamp(at)}
        order by earlier.recorded_until, earlier.id limit 1
      ) then_so on true
      where customer.id = any(${ids}::uuid[])
    ) as known
    join branch on branch.id = known.branch_id`.execute(db);
  return rows;
}

export async function findContactPointsThen(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<ContactPointRow[]> {
  const { rows } = await sql<ContactPointRow>`
    select point.customer_id, point.id, point.kind, point.normalised, point.address ->> 'line1' as line1, point.rank,
      point.in_use_since, coalesce(then_so.status, point.status) as status
    from contact_point point
    left join lateral (
      select earlier.status from contact_point_before earlier
      where earlier.customer_id = point.customer_id and earlier.contact_point_id = point.id
        and earlier.recorded_until > ${toTimestamp(at)}
      order by earlier.recorded_until, earlier.id limit 1
    ) then_so on true
    where point.customer_id = any(${ids}::uuid[])
      and coalesce(point.recorded_at, point.in_use_since) <= ${toTimestamp(at)}
      and point.in_use_since <= ${toTimestamp(at)}
      and (point.removed_at is null or point.removed_at > ${toTimestamp(at)})
    order by point.customer_id, point.rank, point.in_use_since, point.id`.execute(db);
  return rows;
}

export async function findKeepersThen(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: number,
): Promise<KeeperRow[]> {
  const { rows } = await sql<KeeperRow>`
    select customer_id, vehicle_id, from_on, until_on
    from keeper
    where customer_id = any(${ids}::uuid[]) and coalesce(recorded_at, created_at) <= ${toTimestamp(at)}
    union all
    select customer_id, vehicle_id, from_on, until_on
    from keeper_before
    where customer_id = any(${ids}::uuid[])
      and recorded_from <= ${toTimestamp(at)} and recorded_until > ${toTimestamp(at)}
    order by customer_id, vehicle_id`.execute(db);
  return rows;
}
