import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface OutcomeWindow {
  /** Milliseconds, the end exclusive. */
  readonly from: number;
  readonly before: number;
  readonly branchId: number | null;
  readonly actorId: string | null;
}

export interface OutcomeRow {
  readonly customerId: string;
  readonly sequence: number;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly branchName: string | null;
  readonly actorId: string | null;
  readonly at: number;
  readonly outcome: string;
  readonly reason: string | null;
}

export interface OutcomePlace {
  readonly at: number;
  readonly customerId: string;
  readonly sequence: number;
}

/** What came of reviews, the newest first. What a later entry made void is no outcome. */
export async function findOutcomes(
  db: Kysely<Tables>,
  window: OutcomeWindow,
  after: OutcomePlace | null,
  limit: number,
): Promise<OutcomeRow[]> {
  const rest =
    after === null
      ? sql`true`
      : sql`(recorded_at, outcome.customer_id, sequence) <
          (${toTimestamp(after.at)}::timestamptz, ${after.customerId}::uuid, ${after.sequence}::integer)`;
  const { rows } = await sql<OutcomeRow>`
    with outcome as (${outcomes(window)})
    select outcome.customer_id, sequence, customer.customer_number, customer.title, customer.forename,
      customer.surname, customer.company_name, branch.name as branch_name, outcome.actor_id,
      recorded_at as at, outcome, reason
    from outcome join customer on customer.id = outcome.customer_id
    left join branch on branch.id = outcome.branch_id
    where ${rest}
    order by recorded_at desc, outcome.customer_id desc, sequence desc
    limit ${limit}`.execute(db);
  return rows;
}

export interface OutcomeCountRow {
  readonly branch: string | null;
  readonly branchName: string | null;
  readonly actorId: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly times: number;
}

export async function countOutcomes(db: Kysely<Tables>, window: OutcomeWindow): Promise<OutcomeCountRow[]> {
  const { rows } = await sql<OutcomeCountRow>`
    with outcome as (${outcomes(window)})
    select branch.code as branch, branch.name as branch_name, outcome.actor_id, outcome, reason,
      count(*) as times
    from outcome left join branch on branch.id = outcome.branch_id
    group by branch.id, branch.code, branch.name, outcome.actor_id, outcome, reason
    order by branch.id`.execute(db);
  return rows;
}

function outcomes({ from, before, branchId, actorId }: OutcomeWindow): RawBuilder<unknown> {
  const branch = sql`coalesce((entry.act ->> 'branchId')::smallint, standing.branch_id)`;
  return sql`
    select entry.customer_id, entry.sequence, entry.recorded_at, ${branch} as branch_id,
      case when entry.actor_kind = 'customer' then null else entry.actor_id end as actor_id,
      case when entry.kind = 'review_attempted' then entry.act ->> 'outcome'
        when entry.actor_kind = 'customer' or entry.method = 'portal' then 'customers_own'
        when entry.kind = 'review_confirmed' then 'confirmed'
        else 'saved' end as outcome,
      entry.act ->> 'reason' as reason
    from ledger_event entry left join permission_standing standing using (customer_id)
    where entry.recorded_at >= ${toTimestamp(from)} and entry.recorded_at < ${toTimestamp(before)}
      and (entry.kind in ('review_attempted', 'review_confirmed')
        or (entry.kind = 'recorded' and entry.act ->> 'review' = 'true'))
      and (${branchId}::smallint is null or ${branch} = ${branchId})
      and (${actorId}::text is null or (entry.actor_kind <> 'customer' and entry.actor_id = ${actorId}))
      and not exists (
        select from ledger_event later
        where later.customer_id = entry.customer_id and later.corrects = entry.sequence
      )`;
}
