import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reviewDueOn, reviewedWithin, reviewOverdueDays, reviewRestsUntil, reviewStatus } from './review.ts';

const at = (text: string): number => Date.parse(text);

describe('the review clock', () => {
  it.each([
    ['2026-05-23T09:00:00Z', '2026-11-23', 'due'],
    ['2026-05-22T09:00:00Z', '2026-11-22', 'overdue'],
    ['2026-05-24T09:00:00Z', '2026-11-24', 'in_date'],
    ['2025-08-31T09:00:00Z', '2026-02-28', 'overdue'],
  ])('after a review at %s counts to %s: on 23 November 2026 it is %s', (reviewedAt, dueOn, status) => {
    expect(reviewDueOn(at(reviewedAt), 6)).toBe(dueOn);
    expect(reviewStatus(at(reviewedAt), 6, at('2026-11-23T11:00:00Z'))).toBe(status);
  });

  it('has nothing to count from where there was no review', () => {
    expect(reviewDueOn(null, 6)).toBeNull();
    expect(reviewStatus(null, 6, at('2026-11-23T11:00:00Z'))).toBe('never');
  });

  it.each([
    [null, '2026-11-23T11:00:00Z', null],
    ['2026-11-24', '2026-11-23T23:59:59Z', null],
    ['2026-11-23', '2026-11-23T00:00:00Z', 0],
    ['2026-10-24', '2026-10-26T00:30:00Z', 2],
    ['2025-11-23', '2026-11-23T11:00:00Z', 365],
  ])('counts the days since %s at %s: %s', (dueOn, now, days) => {
    expect(reviewOverdueDays(dueOn, at(now))).toBe(days);
  });

  it('rests until midnight in London after it was tried, in summer and in winter', () => {
    expect(reviewRestsUntil([at('2026-11-23T09:00:00Z')], at('2026-11-23T11:00:00Z'))).toBe(
      at('2026-11-24T00:00:00Z'),
    );
    expect(reviewRestsUntil([at('2026-07-01T09:00:00Z')], at('2026-07-01T11:00:00Z'))).toBe(
      at('2026-07-01T23:00:00Z'),
    );
    // The day on which the clocks go back has twenty-five hours.
    expect(reviewRestsUntil([at('2026-10-24T23:30:00Z')], at('2026-10-25T23:59:00Z'))).toBe(
      at('2026-10-26T00:00:00Z'),
    );
  });

  it('does not rest because it was tried on another day, or never', () => {
    const now = at('2026-11-23T11:00:00Z');
    expect(reviewRestsUntil([], now)).toBeNull();
    expect(reviewRestsUntil([at('2026-11-22T23:59:59Z'), at('2026-11-20T09:00:00Z')], now)).toBeNull();
  });

  it('puts every last review into exactly the window of its status', () => {
    const hour = 3_600_000;
    const instant = fc
      .integer({ min: at('2024-01-01T00:00:00Z') / hour, max: at('2029-12-31T00:00:00Z') / hour })
      .map((hours) => hours * hour);
    const age = fc.integer({ min: 0, max: 26 * 31 * 24 }).map((hours) => hours * hour);
    fc.assert(
      fc.property(instant, age, fc.integer({ min: 1, max: 24 }), (now, ago, months) => {
        const reviewedAt = now - ago;
        const windows = (['in_date', 'due', 'overdue'] as const).filter((status) => {
          const { from, before } = reviewedWithin(status, months, now);
          return (from === null || reviewedAt >= from) && (before === null || reviewedAt < before);
        });
        expect(windows).toEqual([reviewStatus(reviewedAt, months, now)]);
      }),
      { numRuns: 500 },
    );
  });
});
