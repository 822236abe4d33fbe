import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface ReviewRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly branch: string;
  readonly lastReviewAt: number | null;
  /** Any standing code of the customer. */
  readonly standingCode: number;
}

export interface ReviewWindow {
  /** Null for those never reviewed. */
  readonly reviewed: { readonly from: number | null; readonly before: number | null } | null;
  readonly branchId: number | null;
  readonly after: { readonly lastReviewAt: number | null; readonly customerId: string } | null;
}

const beforeTheFirst = '00000000-0000-0000-0000-000000000000';

/** A page of customers whose last review lies in a window, the longest ago first. */
export async function findReviews(
  db: Kysely<Tables>,
  { reviewed, branchId, after }: ReviewWindow,
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
    select standing.customer_id, customer.customer_number, branch.code as branch,
      standing.reviewed_at as last_review_at, standing.sms_general_marketing as standing_code
    from permission_standing standing
    join customer on customer.id = standing.customer_id and customer.merged_into_id is null
    join branch on branch.id = standing.branch_id
    where ${within} and (${branchId}::smallint is null or standing.branch_id = ${branchId})
    order by reviewed_at, standing.customer_id
    limit ${limit}`.execute(db);
  return rows;
}

const endOfTime = Date.parse('9999-12-31T00:00:00Z');
