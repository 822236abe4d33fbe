import { addDays, addMonths, endOfLondonDay, londonDateOf, startOfLondonDay } from './london.ts';

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

/** From when (inclusive) until when (exclusive) a last review leads to a status at an instant; milliseconds. */
export function reviewedWithin(
  status: Exclude<ReviewStatus, 'never'>,
  intervalMonths: number,
  now: number,
): { from: number | null; before: number | null } {
  const today = londonDateOf(now);
  const due = firstReviewNotDue(intervalMonths, today);
  const overdue = firstReviewNotDue(intervalMonths, addDays(today, -1));
  if (status === 'overdue') return { from: null, before: overdue };
  return status === 'due' ? { from: overdue, before: due } : { from: due, before: null };
}

// Months have different lengths, so several days in a row can be due on the same one: the latest counts.
function firstReviewNotDue(intervalMonths: number, on: string): number {
  let reviewedOn = addMonths(on, -intervalMonths);
  while (addMonths(reviewedOn, intervalMonths) <= on) reviewedOn = addDays(reviewedOn, 1);
  return startOfLondonDay(reviewedOn);
}
