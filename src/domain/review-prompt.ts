import type { Facts } from './facts.ts';
import type { PolicySettings } from './policy.ts';
import type { ReviewStatus } from './review.ts';
import { reviewRestsUntil } from './review.ts';

/** Whether the pop-up opens by itself. On demand it does where there is somebody to ask. */
export interface ReviewPrompt {
  /** False for the erased and the dead, and while use of somebody's data is on hold: nobody asks them anything. */
  readonly askable: boolean;
  readonly open: boolean;
  /** Why a review is due; null where none is. */
  readonly reason: Exclude<ReviewStatus, 'in_date'> | null;
  /** At first access: once a sign-in in each place. Otherwise whenever somebody opens the customer. */
  readonly at: PolicySettings['reviewPromptAt'];
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
  at: PolicySettings['reviewPromptAt'],
): ReviewPrompt {
  const { erased, deceased, restricted, careHold } = facts.person;
  const askable = !erased && !deceased && !restricted;
  if (status === 'in_date') return { askable, open: false, reason: null, at, restingUntil: null };
  const restingUntil = reviewRestsUntil(attemptedAt, now);
  const { objectedAt, lastReviewAt } = facts;
  const stopped = objectedAt !== null && (lastReviewAt === null || objectedAt >= lastReviewAt);
  const asksByItself = askable && !careHold && !stopped;
  return { askable, open: asksByItself && restingUntil === null, reason: status, at, restingUntil };
}
