import { londonDateOf } from '../../domain/london.ts';
import { displayNameOf } from '../../domain/person-name.ts';
import type { ReviewQueue, ReviewStatus } from '../../domain/review.ts';
import { reviewDueOn, reviewedWithin, reviewOverdueDays, reviewStatus } from '../../domain/review.ts';
import { denyCodesNaming } from '../../domain/standing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { findBranch } from '../branches/service.ts';
import { findCustomers } from '../customers/service.ts';
import { policyAt } from '../settings/service.ts';
import type {
  AdviserCountRow,
  AdviserId,
  CountedWindow,
  ReviewCountRow,
  ReviewRow,
  ReviewWindow,
} from './store.ts';
import { countByAdviser, countReviews, findReviews } from './store.ts';

/**
 * Whose preferences have to be gone through again: never since the upgrade, due this week, or overdue; by branch, and
 * by the adviser whose customer they are.
 * Guarantees that a merged, erased or dead person is in no queue.
 */
export interface ReviewItem {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly displayName: string;
  /** The code of the branch. */
  readonly branch: string;
  readonly branchName: string;
  readonly adviser: string | null;
  readonly status: ReviewStatus;
  readonly lastReviewAt: number | null;
  readonly dueOn: string | null;
  /** Days since it was due; null where there was none to count from, or it is not due yet. */
  readonly overdueDays: number | null;
}

export type ReviewCount = ReviewCountRow;

export interface ReviewPlace {
  readonly lastReviewAt: number | null;
  readonly customerId: string;
}

export interface QueueQuestion {
  readonly status: ReviewQueue;
  /** Code or name; every branch where it is left out. */
  readonly branch?: string | undefined;
  /** An id, or `nobody`; everybody's where it is left out. */
  readonly adviser?: string | undefined;
}

export interface ReviewQuestion extends QueueQuestion {
  readonly after: ReviewPlace | null;
  readonly limit: number;
}

export interface ReviewPage {
  readonly reviews: readonly ReviewItem[];
  /** By branch, on the first page; null on those after it. */
  readonly counts: readonly ReviewCount[] | null;
  /** Where the next page begins; null on the last one. */
  readonly next: ReviewPlace | null;
}

/** A page of the queue. Throws InvalidError for an unknown branch. */
export async function listReviews(context: Context, question: ReviewQuestion): Promise<ReviewPage> {
  const { after, limit } = question;
  const queue = await openQueue(context, question);
  const rows = await findReviews(context.database.db, { ...queue.window, after }, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    reviews: page.map(queue.present),
    counts: after === null ? await countReviews(context.database.db, queue.counted) : null,
    next: last === undefined ? null : { lastReviewAt: last.lastReviewAt, customerId: last.customerId },
  };
}

/** Those of a queue who could be meant by a text, the nearest fifty. Throws InvalidError for an unknown branch. */
export async function searchReviews(
  context: Context,
  question: QueueQuestion,
  text: string,
): Promise<readonly ReviewItem[]> {
  const queue = await openQueue(context, question);
  const customerIds = (await findCustomers(context, text)).map(({ customerId }) => customerId);
  const window = { ...queue.window, customerIds };
  return (await findReviews(context.database.db, window, customerIds.length)).map(queue.present);
}

/** Advisers with how many of theirs are due. Throws InvalidError for an unknown branch. */
export async function reviewAdvisers(context: Context, branch?: string): Promise<readonly AdviserCountRow[]> {
  const { counted } = await openQueue(context, { status: 'never', branch });
  return countByAdviser(context.database.db, counted);
}

/** A queue as the database is asked for it, and how a row of it is shown. */
export interface OpenQueue {
  readonly window: ReviewWindow;
  readonly counted: CountedWindow;
  readonly present: (row: ReviewRow) => ReviewItem;
}

export async function openQueue(
  context: Context,
  { status, branch, adviser }: QueueQuestion,
): Promise<OpenQueue> {
  const now = nowOf(context);
  const { reviewIntervalMonths: months } = (await policyAt(context)).settings;
  const asked = {
    branchId: branch === undefined ? null : (await findBranch(context, branch)).id,
    adviserId: (adviser ?? null) satisfies AdviserId,
    leftOut: notAsked,
    today: londonDateOf(now),
  };
  const due = reviewedWithin('due', months, now);
  return {
    window: {
      ...asked,
      reviewed: status === 'never' ? null : reviewedWithin(status, months, now),
      callableFrom: null,
      customerIds: null,
      after: null,
    },
    counted: {
      ...asked,
      overdueBefore: due.from ?? now,
      dueBefore: due.before ?? now,
      thisWeekBefore: reviewedWithin('this_week', months, now).before ?? now,
    },
    present: ({ title, forename, surname, companyName, legalEntityId: _, ...row }) => {
      const dueOn = reviewDueOn(row.lastReviewAt, months);
      return {
        ...row,
        displayName: displayNameOf({ title, forename, surname, companyName }),
        status: reviewStatus(row.lastReviewAt, months, now),
        dueOn,
        overdueDays: reviewOverdueDays(dueOn, now),
      };
    },
  };
}

/** The erased and the dead are asked nothing, nor anybody while use of their data is on hold. */
const notAsked = denyCodesNaming(['PERSON_ERASED', 'PERSON_DECEASED', 'PROCESSING_RESTRICTED']);
