import { addMonths, endOfLondonDay, londonDateOf, startOfLondonDay } from './london.ts';

/**
 * The review clock of the source document: never reviewed since the upgrade, or not reviewed by dealer or
 * customer within the interval. The due date is the corresponding date so many months on; it is itself
 * still in time, and the review is overdue from 00:00 the next local day (Dodds v Walker [1981]).
 */
export type ReviewStatus = 'never' | 'in_date' | 'due' | 'overdue';

/** The local date on which the next review is due; null when there has been none to count from. */
export function reviewDueOn(lastReviewAt: number | null, intervalMonths: number): string | null {
  return lastReviewAt === null ? null : addMonths(londonDateOf(lastReviewAt), intervalMonths);
}

export function reviewStatus(lastReviewAt: number | null, intervalMonths: number, now: number): ReviewStatus {
  const dueOn = reviewDueOn(lastReviewAt, intervalMonths);
  if (dueOn === null) return 'never';
  if (now >= endOfLondonDay(dueOn)) return 'overdue';
  return now >= startOfLondonDay(dueOn) ? 'due' : 'in_date';
}
