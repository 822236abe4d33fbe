import { describe, expect, it } from 'vitest';
import { reviewDueOn, reviewStatus } from './review.ts';

const at = (text: string): number => Date.parse(text);
const reviewed = at('2026-05-23T10:00:00Z');

describe('the review clock', () => {
  it('has nothing to count from when preferences were never reviewed', () => {
    expect(reviewDueOn(null, 6)).toBeNull();
    expect(reviewStatus(null, 6, at('2030-01-01T00:00:00Z'))).toBe('never');
  });

  it('falls due on the corresponding date, always counted from the original one', () => {
    expect(reviewDueOn(reviewed, 6)).toBe('2026-11-23');
    expect(reviewDueOn(at('2026-08-31T10:00:00Z'), 6)).toBe('2027-02-28');
    expect(reviewDueOn(at('2026-08-31T10:00:00Z'), 12)).toBe('2027-08-31');
  });

  it('counts from the day in London on which the review happened', () => {
    expect(reviewDueOn(at('2026-05-31T22:30:00Z'), 6)).toBe('2026-11-30');
    expect(reviewDueOn(at('2026-05-31T23:30:00Z'), 6)).toBe('2026-12-01');
  });

  it.each([
    ['2026-11-22T23:59:59.999Z', 'in_date'],
    ['2026-11-23T00:00:00Z', 'due'],
    ['2026-11-23T23:59:59.999Z', 'due'],
    ['2026-11-24T00:00:00Z', 'overdue'],
  ])('at %s is %s: the due date itself is still in time', (now, status) => {
    expect(reviewStatus(reviewed, 6, at(now))).toBe(status);
  });

  it('turns at midnight in London, which is eleven at night in universal time in summer', () => {
    const inWinter = at('2026-01-15T10:00:00Z');
    expect(reviewStatus(inWinter, 6, at('2026-07-14T23:00:00Z'))).toBe('due');
    expect(reviewStatus(inWinter, 6, at('2026-07-15T22:59:59Z'))).toBe('due');
    expect(reviewStatus(inWinter, 6, at('2026-07-15T23:00:00Z'))).toBe('overdue');
  });
});
