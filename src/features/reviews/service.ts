import { displayNameOf } from '../../domain/person-name.ts';
import type { ReviewStatus } from '../../domain/review.ts';
import { reviewDueOn, reviewedWithin, reviewOverdueDays } from '../../domain/review.ts';
import { denyCodesNaming } from '../../domain/standing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { findBranch } from '../branches/service.ts';
import { policyAt } from '../settings/service.ts';
import type { ReviewCountRow } from './store.ts';
import { countReviews, findReviews } from './store.ts';

/**
 * Whose preferences have to be gone through again: never since the upgrade, due today, or overdue.
 * Guarantees that a merged, erased or dead person is in no queue.
 */
export interface ReviewItem {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly displayName: string;
  /** The code of the branch. */
  readonly branch: string;
  readonly branchName: string;
  readonly status: Exclude<ReviewStatus, 'in_date'>;
  readonly lastReviewAt: number | null;
  readonly dueOn: string | null;
  /** Days since it was due; null where there was none to count from. */
  readonly overdueDays: number | null;
}

export type ReviewCount = ReviewCountRow;

export interface ReviewPlace {
  readonly lastReviewAt: number | null;
  readonly customerId: string;
}

export interface ReviewQuestion {
  readonly status: ReviewItem['status'];
  /** Code or name; every branch where it is left out. */
  readonly branch?: string | undefined;
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

/** A page of the queue, the longest ago first. Throws InvalidError for an unknown branch. */
export async function listReviews(context: Context, question: ReviewQuestion): Promise<ReviewPage> {
  const { status, branch, after, limit } = question;
  const now = nowOf(context);
  const months = (await policyAt(context)).settings.reviewIntervalMonths;
  const branchId = branch === undefined ? null : (await findBranch(context, branch)).id;
  const reviewed = status === 'never' ? null : reviewedWithin(status, months, now);
  const rows = await findReviews(
    context.database.db,
    { reviewed, branchId, leftOut: notAsked, after },
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    reviews: page.map(({ title, forename, surname, companyName, ...row }) => {
      const dueOn = reviewDueOn(row.lastReviewAt, months);
      return {
        ...row,
        displayName: displayNameOf({ title, forename, surname, companyName }),
        status,
        dueOn,
        overdueDays: reviewOverdueDays(dueOn, now),
      };
    }),
    counts: after === null ? await countsOf(context, branchId, months, now) : null,
    next: last === undefined ? null : { lastReviewAt: last.lastReviewAt, customerId: last.customerId },
  };
}

/** The erased and the dead are asked nothing, nor anybody while use of their data is on hold. */
const notAsked = denyCodesNaming(['PERSON_ERASED', 'PERSON_DECEASED', 'PROCESSING_RESTRICTED']);

async function countsOf(
  context: Context,
  branchId: number | null,
  months: number,
  now: number,
): Promise<ReviewCount[]> {
  const due = reviewedWithin('due', months, now);
  return countReviews(context.database.db, {
    branchId,
    overdueBefore: due.from ?? now,
    dueBefore: due.before ?? now,
    leftOut: notAsked,
  });
}
