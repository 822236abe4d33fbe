/**
 * Days of the diary, as text (2026-11-25). Days are counted in UTC, where each has 24 hours; what day it is now is
 * asked in London.
 */
const zone = 'Europe/London';
const isoDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const shortDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const weekdayName = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' });

export function todayIn(now: Date): string {
  return isoDay.format(now);
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return plusDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** "Wed 25". */
export function sayShortDay(day: string): string {
  return shortDay.format(new Date(day)).replace(',', '');
}

/** "Wednesday 25 November". */
export function sayLongDay(day: string): string {
  return longDay.format(new Date(day)).replace(',', '');
}

/** "Wednesday". */
export function sayWeekday(day: string): string {
  return weekdayName.format(new Date(day));
}

/** "8:30", as people write it. */
export function sayTime(time: string): string {
  return time.replace(/^0/, '');
}

export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
