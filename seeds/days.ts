/** The day on which generated data is written. Fixed, so that one seed gives one file for ever. */
export const generatedOn = '2026-11-23';

const millisecondsPerDay = 86_400_000;
const firstDay = dayNumber('1990-01-01');
const lastDay = dayNumber('2031-12-31');

/** Days since 1970. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

export const today = dayNumber(generatedOn);

interface Day {
  readonly text: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

const days: readonly Day[] = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
  const date = new Date((firstDay + index) * millisecondsPerDay);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return { text: `${twoDigits(day)}/${twoDigits(month)}/${year}`, year, month };
});

const noDay: Day = { text: '', year: 0, month: 0 };

export function dayOf(number: number): Day {
  return days[Math.floor(number) - firstDay] ?? noDay;
}

/** A day as the British write it, 03/04/2021; blank outside 1990 to 2031. */
export function writtenDay(number: number): string {
  return dayOf(number).text;
}
