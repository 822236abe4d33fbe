import { addDays, addMonths, londonDateOf, londonInstant } from '../../src/domain/london.ts';
import type { Chance } from '../random.ts';

/** The days of the made-up dealership: they move with the day of its first start, so that it never grows old. */
export interface Calendar {
  readonly today: string;
  /** The day on which Navigator 2.0 was left behind. */
  readonly upgradeOn: string;
  /** Whoever was reviewed on this day is due for review today. */
  readonly dueTodayOn: string;
}

const monthsSinceUpgrade = 8;
const monthsBetweenReviews = 6;

/** @param now milliseconds since 1970. */
export function calendarAt(now: number): Calendar {
  const today = londonDateOf(now);
  return {
    today,
    upgradeOn: addMonths(today, -monthsSinceUpgrade),
    dueTodayOn: addMonths(today, -monthsBetweenReviews),
  };
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** A day of a period, both ends included. */
export function pickDay(chance: Chance, from: string, to: string): string {
  return addDays(from, chance.below(Math.max(daysBetween(from, to), 0) + 1));
}

/** A moment of the working day, milliseconds since 1970. */
export function pickMoment(chance: Chance, day: string): number {
  const minute = 8 * 60 + 30 + chance.below(8 * 60);
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return londonInstant(day, `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
}

/** A day as British files have it, 03/04/2021. */
export function written(day: string): string {
  return day.split('-').reverse().join('/');
}
