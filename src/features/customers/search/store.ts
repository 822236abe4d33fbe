import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { CustomerKind } from '../../../domain/vocabulary.ts';
import type { Tables } from '../../../platform/tables.ts';

/** One way in which a text can name a customer; each is one bounded walk along one index. */
export type SearchBy =
  | { readonly by: 'name'; readonly prefix: string }
  | { readonly by: 'two_names'; readonly first: string; readonly second: string }
  | { readonly by: 'phone' | 'email'; readonly prefix: string }
  | { readonly by: 'registration'; readonly prefix: string }
  | { readonly by: 'postcode'; readonly prefix: string }
  | { readonly by: 'customer_number'; readonly prefix: string };

export interface HitRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly kind: CustomerKind;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly branch: string;
  readonly postcode: string | null;
  readonly foundBy: Exclude<SearchBy['by'], 'two_names'>[];
  /** Any standing code of the customer; null when they were never judged. */
  readonly standingCode: number | null;
}

/** Customers that any of these ways leads to, the nearest first; records merged into others are left out. */
export async function findHits(
  db: Kysely<Tables>,
  ways: readonly SearchBy[],
  limit: number,
): Promise<HitRow[]> {
  const branches = ways.flatMap((way) => statementsOf(way, limit));
  if (branches.length === 0) return [];
  const { rows } = await sql<HitRow>`
    with hit as (
      select customer_id, min(distance) as distance, array_agg(distinct reason order by reason) as found_by
      from (${sql.join(branches, sql` union all `)}) as way (customer_id, distance, reason)
      group by customer_id
    ), nearest as (
      select hit.*, customer.customer_number, customer.kind, customer.title, customer.forename,
        customer.surname, customer.company_name, customer.branch_id, customer.search_name
      from hit join customer on customer.id = hit.customer_id
      where customer.merged_into_id is null
      order by hit.distance, customer.search_name collate "C", customer.id
      limit ${limit}
    )
    select nearest.customer_id, customer_number, kind, title, forename, surname, company_name,
      branch.code as branch, found_by, standing.sms_general_marketing as standing_code,
      (
        select address ->> 'postcode' from contact_point
        where contact_point.customer_id = nearest.customer_id and kind = 'postal' and removed_at is null
        order by rank limit 1
      ) as postcode
    from nearest
    join branch on branch.id = nearest.branch_id
    left join permission_standing standing on standing.customer_id = nearest.customer_id
    order by nearest.distance, nearest.search_name collate "C", nearest.customer_id`.execute(db);
  return rows;
}

type Statement = RawBuilder<unknown>;

function statementsOf(way: SearchBy, limit: number): Statement[] {
  switch (way.by) {
    case 'name':
      return nameColumns.map(
        (column) => sql`(
          select id as customer_id, case when ${column} = ${way.prefix} then 1 else 2 end as distance,
            'name' as reason
          from customer
          where ${column} collate "C" like ${likePrefix(way.prefix)} and merged_into_id is null
          order by ${column} collate "C" using ~<~ limit ${limit}
        )`,
      );
    case 'two_names':
      // Ordered as the one index that has both names in it, so that the planner takes no other.
      return [
        sql`(
          select id, 3, 'name' from customer
          where search_name collate "C" like ${likePrefix(way.first)}
            and search_given_name collate "C" like ${likePrefix(way.second)} and merged_into_id is null
          order by search_given_name collate "C" using ~<~ limit ${limit}
        )`,
        sql`(
          select id, 3, 'name' from customer
          where search_name collate "C" like ${likePrefix(way.second)}
            and search_given_name collate "C" like ${likePrefix(way.first)} and merged_into_id is null
          order by search_given_name collate "C" using ~<~ limit ${limit}
        )`,
      ];
    case 'phone':
    case 'email':
      return [
        sql`(
          select customer_id, case when normalised = ${way.prefix} then 0 else 4 end, ${way.by}::text
          from contact_point
          where normalised collate "C" like ${likePrefix(way.prefix)} and removed_at is null
            and normalised is not null
          order by normalised collate "C" using ~<~ limit ${limit}
        )`,
      ];
    case 'registration':
      return [
        sql`(
          select keeper.customer_id,
            case when registration = ${way.prefix} then 0 else 4 end + (keeper.until_on is not null)::integer,
            'registration'
          from (
            select id, registration from vehicle
            where registration collate "C" like ${likePrefix(way.prefix)}
            order by registration collate "C" using ~<~ limit ${limit}
          ) as vehicle join keeper on keeper.vehicle_id = vehicle.id
        )`,
      ];
    case 'postcode':
      return [
        sql`(
          select customer_id, 5, 'postcode'
          from contact_point
          where upper(replace(address ->> 'postcode', ' ', '')) collate "C" like ${likePrefix(way.prefix)}
            and address is not null and removed_at is null
          order by upper(replace(address ->> 'postcode', ' ', '')) collate "C" using ~<~ limit ${limit}
        )`,
      ];
    case 'customer_number':
      return [
        sql`(
          select id, case when lower(customer_number) = ${way.prefix} then 0 else 4 end, 'customer_number'
          from customer
          where lower(customer_number) collate "C" like ${likePrefix(way.prefix)} and merged_into_id is null
          order by lower(customer_number) collate "C" using ~<~ limit ${limit}
        )`,
      ];
  }
}

const nameColumns = ['search_name', 'search_given_name', 'search_company'].map((name) => sql.ref(name));

function likePrefix(text: string): string {
  return `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
