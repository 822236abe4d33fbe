/**
 * Dates as people say them: "today", "tomorrow", "23 May", with the year when it is another one. Instants are
 * read in the dealer's own zone, whatever the computer is set to.
 */
const zone = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const month = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'long' });
const monthAndYear = new Intl.DateTimeFormat('en-GB', { timeZone: zone, month: 'long', year: 'numeric' });
const clockTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const isoDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** `when` is a date (2026-05-23) or an instant (2026-05-23T09:00:00Z). */
export function sayDay(when: string, now: Date): string {
  const instant = instantOf(when);
  const distance = daysUntil(when, now);
  if (distance === 0) return 'today';
  if (distance === 1) return 'tomorrow';
  if (distance === -1) return 'yesterday';
  return sameYear(instant, now) ? day.format(instant) : dayAndYear.format(instant);
}

/** The day and the time of an instant: "today at 14:05". */
export function sayInstant(when: string, now: Date): string {
  return `${sayDay(when, now)} at ${clockTime.format(instantOf(when))}`;
}

/** The month of a day: "December", with the year when it is another one. */
export function sayMonth(when: string, now: Date): string {
  const instant = instantOf(when);
  return sameYear(instant, now) ? month.format(instant) : sayMonthAndYear(when);
}

/** The month and its year, always: "March 2019". */
export function sayMonthAndYear(when: string): string {
  return monthAndYear.format(instantOf(when));
}

/** How many days from today to a day: negative when it has passed. */
export function daysUntil(when: string, now: Date): number {
  return daysBetween(isoDay.format(now), isoDay.format(instantOf(when)));
}

/** The whole date, for whoever wants to be exact: "23 May 2026". */
export function sayWholeDay(when: string): string {
  return dayAndYear.format(instantOf(when));
}

// A date without a time is read at noon, which is the same day in London all year.
function instantOf(when: string): Date {
  return new Date(when.length === 10 ? `${when}T12:00:00Z` : when);
}

function sameYear(a: Date, b: Date): boolean {
  return isoDay.format(a).slice(0, 4) === isoDay.format(b).slice(0, 4);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The day in London, as 2026-05-23. */
export function isoDayOf(instant: Date): string {
  return isoDay.format(instant);
}
