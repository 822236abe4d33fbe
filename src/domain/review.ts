import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  endOfLondonDay,
  londonDateOf,
  startOfLondonDay,
} from './london.ts';

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

/** Days since a review was due, 0 on the day itself; null where it is not due, or there was none to count from. */
export function reviewOverdueDays(dueOn: string | null, now: number): number | null {
  if (dueOn === null) return null;
  const days = daysBetween(dueOn, londonDateOf(now));
  return days < 0 ? null : days;
}

/**
 * When a review that was tried comes back: at midnight in London. Whoever was not asked today at a branch is not
 * asked again there today; null where nobody tried today.
 *
 * @param attemptedAt when it was tried at the branch that asks, in any order; milliseconds.
 */
export function reviewRestsUntil(attemptedAt: readonly number[], now: number): number | null {
  const today = londonDateOf(now);
  return attemptedAt.some((at) => londonDateOf(at) === today) ? endOfLondonDay(today) : null;
}

/** What a queue holds: of those due, also everybody from today until the end of the week. */
export type ReviewQueue = Exclude<ReviewStatus, 'in_date'> | 'this_week';

/** From when (inclusive) until when (exclusive) a last review leads to a status at an instant; milliseconds. */
export function reviewedWithin(
  status: Exclude<ReviewStatus | ReviewQueue, 'never'>,
  intervalMonths: number,
  now: number,
): { from: number | null; before: number | null } {
  const today = londonDateOf(now);
  const due = firstReviewNotDue(intervalMonths, today);
  const overdue = firstReviewNotDue(intervalMonths, addDays(today, -1));
  if (status === 'overdue') return { from: null, before: overdue };
  if (status === 'this_week') {
    return { from: overdue, before: firstReviewNotDue(intervalMonths, endOfWeek(today)) };
  }
  return status === 'due' ? { from: overdue, before: due } : { from: due, before: null };
}

/** The Sunday of the week of a day. */
function endOfWeek(on: string): string {
  return addDays(on, 7 - dayOfWeek(on));
}

// Months have different lengths, so several days in a row can be due on the same one: the latest counts.
function firstReviewNotDue(intervalMonths: number, on: string): number {
  let reviewedOn = addMonths(on, -intervalMonths);
  while (addMonths(reviewedOn, intervalMonths) <= on) reviewedOn = addDays(reviewedOn, 1);
  return startOfLondonDay(reviewedOn);
}
