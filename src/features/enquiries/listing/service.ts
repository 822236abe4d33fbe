import type { EnquiryStage } from '../../../domain/enquiry.ts';
import { enquiryStages, isOpenStage } from '../../../domain/enquiry.ts';
import { addDays, londonDateOf, startOfLondonDay } from '../../../domain/london.ts';
import { displayNameOf } from '../../../domain/person-name.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import { overdueDaysOf } from '../service.ts';
import type { ClosedPlace, CountRow, Narrowed, OpenPlace, SummaryRow } from './store.ts';
import { countEnquiries, findBoard, findClosed, findOpen } from './store.ts';

/**
 * Enquiries together: as a list, and as a board by stage.
 * Guarantees that what should have been done by now comes first.
 */
export interface EnquirySummary
  extends Omit<SummaryRow, 'title' | 'forename' | 'surname' | 'companyName' | 'nextAction' | 'nextActionOn'> {
  readonly displayName: string;
  readonly open: boolean;
  readonly nextAction: { readonly what: string; readonly on: string } | null;
  readonly overdueDays: number;
}

export type EnquiryPlace = OpenPlace | ClosedPlace;

interface Filters {
  /** Code or name; every branch where it is left out. */
  readonly branch?: string | undefined;
  readonly owner?: string | undefined;
  readonly customer?: string | undefined;
}

export interface EnquiryQuestion extends Filters {
  readonly status: 'open' | 'overdue' | 'closed';
  readonly stage?: EnquiryStage | undefined;
  readonly after: EnquiryPlace | null;
  readonly limit: number;
}

export interface EnquiryPage {
  readonly enquiries: readonly EnquirySummary[];
  /** On the first page; null on those after it. */
  readonly counts: CountRow | null;
  readonly next: EnquiryPlace | null;
}

/** A page of enquiries, overdue actions first, closed ones by when they closed. Throws InvalidError. */
export async function listEnquiries(context: Context, question: EnquiryQuestion): Promise<EnquiryPage> {
  const { status, stage = null, after, limit } = question;
  const { db } = context.database;
  const today = londonDateOf(nowOf(context));
  const narrowed = await narrowedBy(context, question);
  const rows =
    status === 'closed'
      ? await findClosed(db, { ...narrowed, stage, after: closedPlace(after) }, limit + 1)
      : await findOpen(
          db,
          {
            ...narrowed,
            stage,
            dueBefore: status === 'overdue' ? today : null,
            after: openPlace(after),
          },
          limit + 1,
        );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    enquiries: page.map((row) => summaryOf(row, nowOf(context))),
    counts: after === null ? await countEnquiries(db, { ...narrowed, today }) : null,
    next: last === undefined ? null : placeOf(last),
  };
}

function openPlace(place: EnquiryPlace | null): OpenPlace | null {
  return place !== null && 'on' in place ? place : null;
}

function closedPlace(place: EnquiryPlace | null): ClosedPlace | null {
  return place !== null && 'closedAt' in place ? place : null;
}

function placeOf({ id, closedAt, nextActionOn }: SummaryRow): EnquiryPlace {
  return closedAt === null ? { on: nextActionOn ?? '9999-12-31', id } : { closedAt, id };
}

export interface EnquiryColumn {
  readonly stage: EnquiryStage;
  readonly count: number;
  readonly enquiries: readonly EnquirySummary[];
}

const eachMax = 50;
/** Sold and lost enquiries stay on the board for so long. */
const closedShownDays = 30;

/** Every stage with its enquiries, overdue actions first. Throws InvalidError for an unknown branch. */
export async function boardOf(
  context: Context,
  filters: Filters,
): Promise<{ columns: EnquiryColumn[]; closedSinceOn: string }> {
  const now = nowOf(context);
  const closedSinceOn = addDays(londonDateOf(now), -closedShownDays);
  const rows = await findBoard(context.database.db, {
    ...(await narrowedBy(context, filters)),
    closedSince: startOfLondonDay(closedSinceOn),
    each: eachMax,
  });
  const columns = enquiryStages.map((stage) => {
    const own = rows.filter((row) => row.stage === stage);
    return {
      stage,
      count: own[0]?.total ?? 0,
      enquiries: own.map(({ total: _, ...row }) => summaryOf(row, now)),
    };
  });
  return { columns, closedSinceOn };
}

async function narrowedBy(context: Context, { branch, owner, customer }: Filters): Promise<Narrowed> {
  return {
    branchId: branch === undefined ? null : (await findBranch(context, branch)).id,
    ownerId: owner ?? null,
    customerId: customer ?? null,
  };
}

function summaryOf(row: SummaryRow, now: number): EnquirySummary {
  const { title, forename, surname, companyName, nextAction, nextActionOn, ...rest } = row;
  return {
    ...rest,
    displayName: displayNameOf({ title, forename, surname, companyName }),
    open: isOpenStage(row.stage),
    nextAction: nextAction === null || nextActionOn === null ? null : { what: nextAction, on: nextActionOn },
    overdueDays: overdueDaysOf(nextActionOn, now),
  };
}
