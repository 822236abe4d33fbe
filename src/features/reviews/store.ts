import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { NIL } from 'uuid';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface ReviewRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  /** The code of the branch. */
  readonly branch: string;
  readonly branchName: string;
  readonly legalEntityId: number;
  readonly adviser: string | null;
  readonly lastReviewAt: number | null;
}

/** Whose customers are meant: an adviser's, nobody's, or anybody's (null). */
export type AdviserId = string | 'nobody' | null;

export interface ReviewWindow {
  /** Null for those never reviewed. */
  readonly reviewed: { readonly from: number | null; readonly before: number | null } | null;
  readonly branchId: number | null;
  readonly adviserId: AdviserId;
  /** Standing codes of those who are not asked. */
  readonly leftOut: readonly number[];
  /** From this standing code on they may be phoned; null: whether they may or not. */
  readonly callableFrom: number | null;
  /** These alone; null: everybody. */
  readonly customerIds: readonly string[] | null;
  readonly after: { readonly lastReviewAt: number | null; readonly customerId: string } | null;
  /** The date in London, for which appointment is the next one. */
  readonly today: string;
}

/** A page of customers whose last review lies in a window. */
export async function findReviews(
  db: Kysely<Tables>,
  window: ReviewWindow,
  limit: number,
): Promise<ReviewRow[]> {
  const { customerIds, callableFrom } = window;
  const { rows } = await sql<ReviewRow>`
    select standing.customer_id, customer.customer_number, customer.title, customer.forename, customer.surname,
      customer.company_name, branch.code as branch, branch.name as branch_name, branch.legal_entity_id,
      staff_user.full_name as adviser, standing.reviewed_at as last_review_at
    from permission_standing standing
    join customer on customer.id = standing.customer_id and customer.merged_into_id is null
    join branch on branch.id = standing.branch_id
    ${adviserOf(window.today)}
    left join staff_user on staff_user.id = adviser.id
    where ${within(window)} and (${window.branchId}::smallint is null or standing.branch_id = ${window.branchId})
      and standing.sms_general_marketing <> all(${window.leftOut}::smallint[])
      and (${callableFrom}::smallint is null or standing.live_call_general_marketing >= ${callableFrom})
      and (${customerIds}::uuid[] is null or standing.customer_id = any(${customerIds}::uuid[]))
      and ${ofAdviser(window.adviserId)}
    order by reviewed_at, standing.customer_id
    limit ${limit}`.execute(db);
  return rows;
}

function within({ reviewed, after }: ReviewWindow): RawBuilder<unknown> {
  const place = after?.customerId ?? NIL;
  const from = toTimestamp(Math.max(reviewed?.from ?? 0, after?.lastReviewAt ?? 0));
  const rest =
    reviewed === null
      ? sql`reviewed_at is null`
      : sql`reviewed_at < ${toTimestamp(reviewed.before ?? endOfTime)} and reviewed_at >= ${from}`;
  if (after === null) return rest;
  return reviewed === null
    ? sql`${rest} and standing.customer_id > ${place}`
    : sql`${rest} and (reviewed_at, standing.customer_id) > (${from}::timestamptz, ${place}::uuid)`;
}

/**
 * Whose customer somebody is: of the adviser of their next appointment, else of their latest one, else of whoever
 * owns their open enquiry.
 */
function adviserOf(today: string): RawBuilder<unknown> {
  return sql`left join lateral (
      select coalesce(
        (select adviser_id from appointment
          where appointment.customer_id = standing.customer_id and adviser_id is not null
            and status not in ('cancelled', 'no_show')
          order by (arrives_on >= ${today}) desc, abs(arrives_on - ${today}::date), arrival_time, appointment.id
          limit 1),
        (select owner_id from enquiry
          where enquiry.customer_id = standing.customer_id and owner_id is not null and closed_at is null
          order by opened_at desc, enquiry.id limit 1)
      ) as id) adviser on true`;
}

/** Whoever could be one of this adviser's is looked up first, since most are nobody's. */
function ofAdviser(adviserId: AdviserId): RawBuilder<unknown> {
  if (adviserId === null) return sql`true`;
  if (adviserId === 'nobody') return sql`adviser.id is null`;
  return sql`adviser.id = ${adviserId} and standing.customer_id in (
      select customer_id from appointment where adviser_id = ${adviserId}
      union select customer_id from enquiry where owner_id = ${adviserId} and closed_at is null)`;
}

export interface ReviewTally {
  readonly never: number;
  readonly due: number;
  readonly thisWeek: number;
  readonly overdue: number;
}

export interface ReviewCountRow extends ReviewTally {
  readonly branch: string;
  readonly branchName: string;
}

export interface CountedWindow {
  readonly branchId: number | null;
  readonly adviserId: AdviserId;
  /** Reviewed before this, it is overdue; from then on until the next, due; and until the last, due this week. */
  readonly overdueBefore: number;
  readonly dueBefore: number;
  readonly thisWeekBefore: number;
  readonly leftOut: readonly number[];
  readonly today: string;
}

/** How many are due at each branch. */
export async function countReviews(db: Kysely<Tables>, window: CountedWindow): Promise<ReviewCountRow[]> {
  const { branchId, adviserId } = window;
  const { rows } = await sql<ReviewCountRow>`
    with counted as (
      select standing.branch_id, ${tally(window)}
      from permission_standing standing ${adviserId === null ? sql`` : adviserOf(window.today)}
      where ${waiting(window)} and ${ofAdviser(adviserId)}
      group by branch_id
    )
    select branch.code as branch, branch.name as branch_name, coalesce(counted.never, 0) as never,
      coalesce(counted.due, 0) as due, coalesce(counted.this_week, 0) as this_week,
      coalesce(counted.overdue, 0) as overdue
    from branch left join counted on counted.branch_id = branch.id
    where ${branchId}::smallint is null or branch.id = ${branchId}
    order by branch.id`.execute(db);
  return rows;
}

export interface AdviserCountRow extends ReviewTally {
  readonly id: string;
  readonly fullName: string;
}

/** How many of each adviser's are due, of those who have customers at all; by name. */
export async function countByAdviser(db: Kysely<Tables>, window: CountedWindow): Promise<AdviserCountRow[]> {
  const { rows } = await sql<AdviserCountRow>`
    with of_somebody as (
      select customer_id from appointment where adviser_id is not null
      union select customer_id from enquiry where owner_id is not null and closed_at is null
    )
    select adviser.id, staff_user.full_name, ${tally(window)}
    from of_somebody join permission_standing standing using (customer_id)
    ${adviserOf(window.today)}
    join staff_user on staff_user.id = adviser.id
    where ${waiting(window)}
      and (${window.branchId}::smallint is null or standing.branch_id = ${window.branchId})
    group by adviser.id, staff_user.full_name
    order by staff_user.full_name, adviser.id`.execute(db);
  return rows;
}

function tally({ overdueBefore, dueBefore }: CountedWindow): RawBuilder<unknown> {
  return sql`count(*) filter (where reviewed_at is null) as never,
    count(*) filter (where reviewed_at >= ${toTimestamp(overdueBefore)}
      and reviewed_at < ${toTimestamp(dueBefore)}) as due,
    count(*) filter (where reviewed_at >= ${toTimestamp(overdueBefore)}) as this_week,
    count(*) filter (where reviewed_at < ${toTimestamp(overdueBefore)}) as overdue`;
}

function waiting({ thisWeekBefore, leftOut }: CountedWindow): RawBuilder<unknown> {
  return sql`(reviewed_at is null or reviewed_at < ${toTimestamp(thisWeekBefore)})
    and sms_general_marketing <> all(${leftOut}::smallint[])
    and standing.customer_id not in (select id from customer where merged_into_id is not null)`;
}

const endOfTime = Date.parse('9999-12-31T00:00:00Z');
