import type { ReviewStatus } from './review-status.ts';
import { reviewStatuses } from './review-status.ts';

/** What is looked at is in the address, so that it can be shared and gone back to; what is typed never is. */
export interface ReviewSearch {
  readonly status?: ReviewStatus;
  /** The code of a branch, or `all`; the branch worked at where it is left out. */
  readonly branch?: string;
  /** The id of an adviser, or `nobody`; everybody's where it is left out. */
  readonly adviser?: string;
}

export const everyBranch = 'all';

export function readReviewSearch(search: Readonly<Record<string, unknown>>): ReviewSearch {
  const { branch, adviser } = search;
  const status = reviewStatuses.find((each) => each === search['status']);
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof branch === 'string' && branch !== '' ? { branch } : {}),
    ...(typeof adviser === 'string' && adviser !== '' ? { adviser } : {}),
  };
}

export interface OutcomeSearch extends Omit<ReviewSearch, 'status'> {
  /** The first and the last day; the last four weeks where they are left out. */
  readonly from?: string;
  readonly to?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

export function readOutcomeSearch(search: Readonly<Record<string, unknown>>): OutcomeSearch {
  const { status: _, ...kept } = readReviewSearch(search);
  const { from, to } = search;
  return {
    ...kept,
    ...(typeof from === 'string' && day.test(from) ? { from } : {}),
    ...(typeof to === 'string' && day.test(to) ? { to } : {}),
  };
}
