import type { Kysely } from 'kysely';
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
  readonly lastReviewAt: number | null;
}

export interface ReviewWindow {
  /** Null for those never reviewed. */
  readonly reviewed: { readonly from: number | null; readonly before: number | null } | null;
  readonly branchId: number | null;
  /** Standing codes of those who are not asked. */
  readonly leftOut: readonly number[];
  readonly after: { readonly lastReviewAt: number | null; readonly customerId: string } | null;
}

const beforeTheFirst = NIL;

/** A page of customers whose last review lies in a window, the longest ago first. */
export async function findReviews(
  db: Kysely<Tables>,
  { reviewed, branchId, leftOut, after }: ReviewWindow,
  limit: number,
): Promise<ReviewRow[]> {
  const from = Math.max(reviewed?.from ?? 0, after?.lastReviewAt ?? 0);
  const within =
    reviewed === null
      ? sql`reviewed_at is null and standing.customer_id > ${after?.customerId ?? beforeTheFirst}`
      : sql`reviewed_at < ${toTimestamp(reviewed.before ?? endOfTime)}
          and (reviewed_at, standing.customer_id) > (${toTimestamp(from)}::timestamptz, ${
            after?.customerId ?? beforeTheFirst
          }::uuid)`;
  const { rows } = await sql<ReviewRow>`
    select standing.customer_id, customer.customer_number, customer.title, customer.forename, customer.surname,
      customer.company_name, branch.code as branch, branch.name as branch_name,
      standing.reviewed_at as last_review_at
    from permission_standing standing
    join customer on customer.id = standing.customer_id and customer.merged_into_id is null
    join branch on branch.id = standing.branch_id
    where ${within} and (${branchId}::smallint is null or standing.branch_id = ${branchId})
      and standing.sms_general_marketing <> all(${leftOut}::smallint[])
    order by reviewed_at, standing.customer_id
    limit ${limit}`.execute(db);
  return rows;
}

export interface ReviewCountRow {
  readonly branch: string;
  readonly branchName: string;
  readonly never: number;
  readonly due: number;
  readonly overdue: number;
}

/**
 * How many are due at each branch: reviewed before `overdueBefore` or from then until `dueBefore` (milliseconds),
 * or never.
 */
export async function countReviews(
  db: Kysely<Tables>,
  window: { branchId: number | null; overdueBefore: number; dueBefore: number; leftOut: readonly number[] },
): Promise<ReviewCountRow[]> {
  const { branchId, leftOut } = window;
  const overdueBefore = toTimestamp(window.overdueBefore);
  const { rows } = await sql<ReviewCountRow>`
    with counted as (
      select branch_id,
        count(*) filter (where reviewed_at is null) as never,
        count(*) filter (where reviewed_at >= ${overdueBefore}) as due,
        count(*) filter (where reviewed_at < ${overdueBefore}) as overdue
      from permission_standing
      where (reviewed_at is null or reviewed_at < ${toTimestamp(window.dueBefore)})
        and sms_general_marketing <> all(${leftOut}::smallint[])
        and customer_id not in (select id from customer where merged_into_id is not null)
      group by branch_id
    )
    select branch.code as branch, branch.name as branch_name, coalesce(counted.never, 0) as never,
      coalesce(counted.due, 0) as due, coalesce(counted.overdue, 0) as overdue
    from branch left join counted on counted.branch_id = branch.id
    where ${branchId}::smallint is null or branch.id = ${branchId}
    order by branch.id`.execute(db);
  return rows;
}

const endOfTime = Date.parse('9999-12-31T00:00:00Z');
