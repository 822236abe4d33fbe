import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { EnquirySource, EnquiryStage } from '../../../domain/enquiry.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface SummaryRow {
  readonly id: string;
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly branch: string;
  readonly branchName: string;
  readonly source: EnquirySource;
  readonly stage: EnquiryStage;
  readonly vehicleOfInterest: string | null;
  readonly stockNumber: string | null;
  readonly budgetPence: number | null;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly nextAction: string | null;
  readonly nextActionOn: string | null;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly version: number;
}

export interface Narrowed {
  readonly branchId: number | null;
  readonly ownerId: string | null;
  readonly customerId: string | null;
}

const shown = sql`
  enquiry.id, enquiry.customer_id, customer.customer_number, customer.title, customer.forename, customer.surname,
  customer.company_name, branch.code as branch, branch.name as branch_name, enquiry.source, enquiry.stage,
  enquiry.vehicle_of_interest, enquiry.stock_number, enquiry.budget_pence, enquiry.owner_id,
  staff_user.full_name as owner_name, enquiry.next_action, enquiry.next_action_on, enquiry.opened_at,
  enquiry.closed_at, enquiry.version`;

const joined = sql`
  join customer on customer.id = enquiry.customer_id
  join branch on branch.id = enquiry.branch_id
  left join staff_user on staff_user.id = enquiry.owner_id`;

function narrowedTo({ branchId, ownerId, customerId }: Narrowed): RawBuilder<unknown> {
  return sql`(${branchId}::smallint is null or enquiry.branch_id = ${branchId})
    and (${ownerId}::uuid is null or enquiry.owner_id = ${ownerId})
    and (${customerId}::uuid is null or enquiry.customer_id = ${customerId})`;
}

/** Later than any day on which something is to be done. */
const withoutAction = '9999-12-31';

export interface OpenPlace {
  readonly on: string;
  readonly id: string;
}

/** Open enquiries: the action that is due first comes first, those without one last. */
export async function findOpen(
  db: Kysely<Tables>,
  window: Narrowed & {
    readonly stage: EnquiryStage | null;
    /** Only actions before this day. */
    readonly dueBefore: string | null;
    readonly after: OpenPlace | null;
  },
  limit: number,
): Promise<SummaryRow[]> {
  const { stage, dueBefore, after } = window;
  const { rows } = await sql<SummaryRow>`
    select ${shown}
    from enquiry ${joined}
    where enquiry.closed_at is null and ${narrowedTo(window)}
      and (${stage}::text is null or enquiry.stage = ${stage})
      and (${dueBefore}::date is null or enquiry.next_action_on < ${dueBefore})
      and (${after === null} or (coalesce(enquiry.next_action_on, ${withoutAction}), enquiry.id)
        > (${after?.on ?? withoutAction}::date, ${after?.id ?? null}::uuid))
    order by coalesce(enquiry.next_action_on, ${withoutAction}), enquiry.id
    limit ${limit}`.execute(db);
  return rows;
}

export interface ClosedPlace {
  readonly closedAt: number;
  readonly id: string;
}

/** Sold and lost enquiries, the latest first. */
export async function findClosed(
  db: Kysely<Tables>,
  window: Narrowed & { readonly stage: EnquiryStage | null; readonly after: ClosedPlace | null },
  limit: number,
): Promise<SummaryRow[]> {
  const { stage, after } = window;
  const { rows } = await sql<SummaryRow>`
    select ${shown}
    from enquiry ${joined}
    where enquiry.closed_at is not null and ${narrowedTo(window)}
      and (${stage}::text is null or enquiry.stage = ${stage})
      and (${after === null} or (enquiry.closed_at, enquiry.id)
        < (${after === null ? null : toTimestamp(after.closedAt)}::timestamptz, ${after?.id ?? null}::uuid))
    order by enquiry.closed_at desc, enquiry.id desc
    limit ${limit}`.execute(db);
  return rows;
}

export interface CountRow {
  readonly open: number;
  readonly overdue: number;
  readonly closed: number;
}

export async function countEnquiries(
  db: Kysely<Tables>,
  window: Narrowed & { readonly today: string },
): Promise<CountRow> {
  const { rows } = await sql<CountRow>`
    select count(*) filter (where closed_at is null) as open,
      count(*) filter (where closed_at is null and next_action_on < ${window.today}) as overdue,
      count(*) filter (where closed_at is not null) as closed
    from enquiry
    where ${narrowedTo(window)}`.execute(db);
  return rows[0] ?? { open: 0, overdue: 0, closed: 0 };
}

export type BoardRow = SummaryRow & { readonly total: number };

/** The first of each stage, with how many there are; of the closed ones those since an instant. */
export async function findBoard(
  db: Kysely<Tables>,
  window: Narrowed & { readonly closedSince: number; readonly each: number },
): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    with placed as (
      select enquiry.*,
        row_number() over (
          partition by stage
          order by closed_at desc nulls first, coalesce(next_action_on, ${withoutAction}), id
        ) as place,
        count(*) over (partition by stage) as total
      from enquiry
      where ${narrowedTo(window)}
        and (closed_at is null or closed_at >= ${toTimestamp(window.closedSince)})
    )
    select ${shown}, enquiry.total
    from placed as enquiry ${joined}
    where enquiry.place <= ${window.each}
    order by enquiry.place`.execute(db);
  return rows;
}
