import { describe, expect, it } from 'vitest';
import { sayDay, sayInstant, sayWholeDay } from './days.ts';

const now = new Date('2026-11-23T11:00:00Z');

describe('a date on screen', () => {
  it.each([
    ['2026-11-23', 'today'],
    ['2026-11-24', 'tomorrow'],
    ['2026-11-22', 'yesterday'],
    ['2026-05-23', '23 May'],
    ['2027-01-02', '2 January 2027'],
    ['2019-03-12', '12 March 2019'],
  ])('is said as people say it: %s is %s', (date, words) => {
    expect(sayDay(date, now)).toBe(words);
  });

  it('is that of London, late in a summer evening and over midnight', () => {
    expect(sayDay('2026-06-30T23:30:00Z', new Date('2026-07-01T12:00:00Z'))).toBe('today');
    expect(sayDay('2026-11-22T23:59:59Z', new Date('2026-11-23T00:00:01Z'))).toBe('yesterday');
    expect(sayInstant('2026-06-30T23:30:00Z', new Date('2026-07-02T12:00:00Z'))).toBe('yesterday at 00:30');
  });

  it('counts days, not hours, where the clocks change', () => {
    expect(sayDay('2026-10-26', new Date('2026-10-25T00:30:00Z'))).toBe('tomorrow');
    expect(sayDay('2026-03-28', new Date('2026-03-29T22:30:00Z'))).toBe('yesterday');
  });

  it('can always be seen whole', () => {
    expect(sayWholeDay('2026-11-23')).toBe('23 November 2026');
    expect(sayWholeDay('2026-11-23T23:30:00Z')).toBe('23 November 2026');
  });
});
