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
