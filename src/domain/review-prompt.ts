import type { Facts } from './facts.ts';
import type { ReviewStatus } from './review.ts';
import { reviewRestsUntil } from './review.ts';

/** Whether the pop-up opens by itself. On demand it always does. */
export interface ReviewPrompt {
  readonly open: boolean;
  /** Why a review is due; null where none is. */
  readonly reason: Exclude<ReviewStatus, 'in_date'> | null;
  /** Until when it rests at this branch, milliseconds. */
  readonly restingUntil: number | null;
}

/**
 * A review that is due asks by itself, unless it was tried at this branch today, there is nobody to ask, or the
 * customer stopped all marketing since it was last done: to be asked again at every visit is what they objected to
 * (UK GDPR 21(3)).
 *
 * @param attemptedAt when it was tried at the branch that asks; milliseconds.
 */
export function reviewPrompt(
  status: ReviewStatus,
  facts: Pick<Facts, 'person' | 'objectedAt' | 'lastReviewAt'>,
  attemptedAt: readonly number[],
  now: number,
): ReviewPrompt {
  if (status === 'in_date') return { open: false, reason: null, restingUntil: null };
  const restingUntil = reviewRestsUntil(attemptedAt, now);
  const { erased, deceased, restricted, careHold } = facts.person;
  const { objectedAt, lastReviewAt } = facts;
  const stopped = objectedAt !== null && (lastReviewAt === null || objectedAt >= lastReviewAt);
  const askable = !erased && !deceased && !restricted && !careHold && !stopped;
  return { open: askable && restingUntil === null, reason: status, restingUntil };
}
