import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOfWeek,
  endOfLondonDay,
  isLocalDate,
  londonDateOf,
  londonInstant,
  reachesAgeAt,
  startOfLondonDay,
} from './london.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

describe('a London day', () => {
  it('begins at midnight of the clock on the wall, in winter and in summer', () => {
    expect(iso(startOfLondonDay('2026-01-15'))).toBe('2026-01-15T00:00:00.000Z');
    expect(iso(startOfLondonDay('2026-07-15'))).toBe('2026-07-14T23:00:00.000Z');
  });

  it('lasts 23 hours when summer time begins and 25 when it ends', () => {
    const hours = (date: string): number => (endOfLondonDay(date) - startOfLondonDay(date)) / 3_600_000;
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-06-01')).toBe(24);
  });

  it('is the day of every instant in it, as the calendar of the runtime says', () => {
    const instants = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instants, (instant) => {
        const date = londonDateOf(instant);
        expect(date).toBe(
          Temporal.Instant.fromEpochMilliseconds(instant)
            .toZonedDateTimeISO('Europe/London')
            .toPlainDate()
            .toString(),
        );
        expect(startOfLondonDay(date)).toBeLessThanOrEqual(instant);
        expect(endOfLondonDay(date)).toBeGreaterThan(instant);
      }),
    );
  });
});

describe('months and days', () => {
  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2028-02-29', 6, '2028-08-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-05-31', 6, '2026-11-30'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-11-23', 24, '2028-11-23'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('are counted over the ends of months and years', () => {
    expect(addDays('2026-10-26', 28)).toBe('2026-11-23');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  it('of the last year that can be written are counted all the same', () => {
    expect(endOfLondonDay('9999-12-31')).toBeGreaterThan(startOfLondonDay('9999-12-31'));
  });

  it('fall on the days of the week', () => {
    expect(dayOfWeek('2026-11-23')).toBe(1);
    expect(dayOfWeek('2026-11-22')).toBe(7);
  });
});

describe('an age', () => {
  it('is reached as the birthday begins', () => {
    expect(iso(reachesAgeAt('2008-11-23', 18))).toBe('2026-11-23T00:00:00.000Z');
    expect(iso(reachesAgeAt('2008-07-01', 18))).toBe('2026-06-30T23:00:00.000Z');
  });

  it('of somebody born on 29 February is reached on 1 March in a year without one', () => {
    expect(iso(reachesAgeAt('2008-02-29', 18))).toBe('2026-03-01T00:00:00.000Z');
    expect(iso(reachesAgeAt('2008-02-29', 20))).toBe('2028-02-29T00:00:00.000Z');
  });
});

describe('a time of day', () => {
  it('is that of the clock on the wall, and 24:00 the end of the day', () => {
    expect(iso(londonInstant('2026-07-01', '08:00'))).toBe('2026-07-01T07:00:00.000Z');
    expect(londonInstant('2026-07-01', '24:00')).toBe(endOfLondonDay('2026-07-01'));
  });
});

describe('a text', () => {
  it.each(['2026-11-23', '2028-02-29', '9999-12-31'])('%s is a date', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '26-11-23', '2026-11-23T00:00', ' 2026-11-23', ''])(
    '"%s" is no date',
    (text) => {
      expect(isLocalDate(text)).toBe(false);
    },
  );
});
