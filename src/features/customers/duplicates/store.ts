import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { NIL } from 'uuid';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** Comparing customers with one another in batches, and the pairs that were found. */
export interface SearchRow {
  readonly afterId: string;
  readonly examined: number;
  readonly customers: number;
  readonly begunAt: number;
  readonly finishedAt: number | null;
}

const searchColumns = ['afterId', 'examined', 'customers', 'begunAt', 'finishedAt'] as const;

export async function findSearch(db: Kysely<Tables>): Promise<SearchRow | undefined> {
  const row = await db.selectFrom('duplicateSearch').select(searchColumns).executeTakeFirst();
  return row && { ...row, examined: Number(row.examined), customers: Number(row.customers) };
}

/** The search, for one process alone until the transaction ends; undefined while another one is at it. */
export async function lockSearch(transaction: Transaction<Tables>): Promise<SearchRow | undefined> {
  const row = await transaction
    .selectFrom('duplicateSearch')
    .select(searchColumns)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && { ...row, examined: Number(row.examined), customers: Number(row.customers) };
}

/** Begins with the first customer, whatever was being done. */
export async function beginSearch(db: Kysely<Tables>, at: number): Promise<void> {
  await sql`
    insert into duplicate_search (after_id, examined, customers, begun_at)
    values (${NIL}, 0, (select count(*) from customer where merged_into_id is null), ${toTimestamp(at)})
    on conflict (id) do update
    set after_id = excluded.after_id, examined = 0, customers = excluded.customers, begun_at = excluded.begun_at,
      finished_at = null`.execute(db);
}

/** Keeps how far it is. `finishedAt`: everybody there is has been compared, milliseconds. */
export async function keepPlace(
  transaction: Transaction<Tables>,
  place: { readonly afterId: string; readonly examined: number; readonly finishedAt: number | null },
): Promise<void> {
  await sql`
    update duplicate_search
    set after_id = ${place.afterId}, examined = ${place.examined}, customers = greatest(customers, ${place.examined}),
      finished_at = ${place.finishedAt === null ? null : toTimestamp(place.finishedAt)}`.execute(transaction);
}

/** The next customers in the order of their ids. */
export async function findBatch(
  transaction: Transaction<Tables>,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('customer')
    .select('id')
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** No more than so many others are looked at for each number, address, name or vehicle. */
const othersMax = 12;

/**
 * Compares these customers with everybody whose id is lower, and keeps what is found in place of what was found before.
 * Each look is a bounded walk along an index that searching as one types uses, too.
 *
 * A number or address is weak where more than two records have it, or where the two have other names: families and
 * companies share one.
 */
export async function compareCustomers(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<void> {
  await sql`delete from duplicate_candidate where high_id = any(${ids}::uuid[])`.execute(transaction);
  await sql`
    with batch as materialized (
      select id, search_name, birth_on from customer where id = any(${ids}::uuid[]) and merged_into_id is null
    ), matched as (
      ${byNumber} union all ${byVehicle} union all ${byPostcode} union all ${byBirthDate}
    ), pair as (
      select low_id, high_id, array_agg(distinct ground order by ground) as grounds,
        coalesce(array_agg(distinct ground order by ground) filter (where weak), '{}') as weak_grounds,
        sum(case when weak then 1 when ground = 'vehicle' then 2 else 4 end) as strength
      from (
        select low_id, high_id, ground, bool_and(weak) as weak from matched group by low_id, high_id, ground
      ) as each
      group by low_id, high_id
    )
    insert into duplicate_candidate (low_id, high_id, grounds, weak_grounds, rank)
    select pair.low_id, pair.high_id, pair.grounds, pair.weak_grounds, 100 - pair.strength
    from pair join customer on customer.id = pair.low_id and customer.merged_into_id is null`.execute(
    transaction,
  );
}

const byNumber = sql`
  select other.customer_id as low_id, batch.id as high_id, own.kind as ground,
    other.holders > 2 or customer.search_name is distinct from batch.search_name as weak
  from batch
  join contact_point own on own.customer_id = batch.id and own.removed_at is null
    and own.normalised is not null and own.kind in ('mobile', 'landline', 'email')
  cross join lateral (
    select held.customer_id, count(*) over () as holders
    from (
      select customer_id from contact_point
      where normalised collate "C" = own.normalised and removed_at is null and kind = own.kind
      limit ${othersMax}
    ) held
  ) other
  join customer on customer.id = other.customer_id
  where other.customer_id < batch.id`;

const byVehicle = sql`
  select other.customer_id, batch.id, 'vehicle', customer.search_name is distinct from batch.search_name
  from batch
  join keeper own on own.customer_id = batch.id
  cross join lateral (
    select customer_id, from_on, until_on from keeper
    where vehicle_id = own.vehicle_id and customer_id < batch.id
    limit ${othersMax}
  ) other
  join customer on customer.id = other.customer_id
  where coalesce(own.from_on, '-infinity') < coalesce(other.until_on, 'infinity')
    and coalesce(other.from_on, '-infinity') < coalesce(own.until_on, 'infinity')`;

const byPostcode = sql`
  select customer.id, batch.id, 'name_and_postcode', false
  from batch
  join contact_point own on own.customer_id = batch.id and own.removed_at is null and own.address is not null
  join contact_point other
    on upper(replace(other.address ->> 'postcode', ' ', '')) collate "C"
      = upper(replace(own.address ->> 'postcode', ' ', '')) collate "C"
    and other.address is not null and other.removed_at is null and other.customer_id < batch.id
  join customer on customer.id = other.customer_id and customer.search_name = batch.search_name`;

const byBirthDate = sql`
  select other.id, batch.id, 'name_and_birth_date', false
  from batch
  cross join lateral (
    select id from customer
    where search_name collate "C" = batch.search_name and birth_on = batch.birth_on and id < batch.id
    limit ${othersMax}
  ) other
  where batch.birth_on is not null`;

export interface CandidatePlace {
  readonly rank: number;
  readonly lowId: string;
  readonly highId: string;
}

export interface CandidateQuestion {
  readonly branchId: number | null;
  readonly ground: string | null;
  /** Standing codes of those who are not shown. */
  readonly leftOut: readonly number[];
  readonly after: CandidatePlace | null;
}

interface CandidateRecord {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly branchName: string;
}

export interface CandidateRow extends CandidatePlace {
  readonly grounds: string[];
  readonly weakGrounds: string[];
  readonly checking: boolean;
  readonly records: CandidateRecord[];
}

/** Nobody who became part of another record, was erased, or was said to be somebody else. */
function candidates({ branchId, ground, leftOut, after }: CandidateQuestion) {
  const place = after ?? { rank: -1, lowId: NIL, highId: NIL };
  return sql`
    from duplicate_candidate candidate
    join customer low on low.id = candidate.low_id and low.merged_into_id is null
    join customer high on high.id = candidate.high_id and high.merged_into_id is null
    left join customer_pair pair on pair.low_id = candidate.low_id and pair.high_id = candidate.high_id
    where (candidate.rank, candidate.low_id, candidate.high_id)
        > (${place.rank}::smallint, ${place.lowId}::uuid, ${place.highId}::uuid)
      and (${ground}::text is null or ${ground} = any(candidate.grounds))
      and (${branchId}::smallint is null or ${branchId} in (low.branch_id, high.branch_id))
      and pair.state is distinct from 'different'
      and not exists (
        select from permission_standing standing
        where standing.customer_id in (candidate.low_id, candidate.high_id)
          and standing.sms_general_marketing = any(${leftOut}::smallint[])
      )`;
}

/** A page of pairs, the likeliest first. */
export async function findCandidates(
  db: Kysely<Tables>,
  question: CandidateQuestion,
  limit: number,
): Promise<CandidateRow[]> {
  const record = (side: 'low' | 'high') => sql`json_build_object(
    'customerId', ${sql.ref(`${side}.id`)}, 'customerNumber', ${sql.ref(`${side}.customer_number`)},
    'title', ${sql.ref(`${side}.title`)}, 'forename', ${sql.ref(`${side}.forename`)},
    'surname', ${sql.ref(`${side}.surname`)}, 'companyName', ${sql.ref(`${side}.company_name`)},
    'branchName', (select name from branch where branch.id = ${sql.ref(`${side}.branch_id`)}))`;
  const { rows } = await sql<CandidateRow>`
    select candidate.rank, candidate.low_id, candidate.high_id, candidate.grounds, candidate.weak_grounds,
      coalesce(pair.state = 'checking', false) as checking,
      json_build_array(${record('low')}, ${record('high')}) as records
    ${candidates(question)}
    order by candidate.rank, candidate.low_id, candidate.high_id
    limit ${limit}`.execute(db);
  return rows;
}

/** How many there are, counted no further than `limit`. */
export async function countCandidates(
  db: Kysely<Tables>,
  question: CandidateQuestion,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select 1 ${candidates(question)} limit ${limit}) as counted`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
