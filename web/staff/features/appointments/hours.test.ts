import { describe, expect, it } from 'vitest';
import type { WorkshopHours } from './hours.ts';
import { givenHours, newException, typedFrom } from './hours.ts';

const monday = {
  opens: '08:00',
  lastArrival: '16:00',
  closes: '17:30',
  serviceMinutes: 1_950,
  motMinutes: 480,
  arrivalsAtOnce: 3,
  courtesyCars: 4,
};
const known: WorkshopHours = {
  branch: 'SHEF',
  version: 2,
  settings: {
    week: [monday, monday, monday, monday, monday, null, null],
    exceptions: [
      { on: '2026-12-24', reason: 'Christmas Eve', hours: { ...monday, closes: '16:30' } },
      { on: '2026-12-25', reason: 'Christmas Day', hours: null },
    ],
    leadDays: 42,
  },
};

describe('the hours of a workshop as they are typed', () => {
  it('go back as they came where nothing is changed, days with shorter hours included', () => {
    expect(givenHours(typedFrom(known))).toEqual({ settings: known.settings });
  });

  it('take half hours, and say in a sentence what is no number', () => {
    const typed = typedFrom(known);
    const [first, ...others] = typed.week;
    if (first === undefined) throw new Error('A week has a Monday.');
    const half = givenHours({ ...typed, week: [{ ...first, serviceHours: '7.5' }, ...others] });
    expect('settings' in half && half.settings.week[0]?.serviceMinutes).toBe(450);
    const wrong = givenHours({ ...typed, week: [{ ...first, serviceHours: 'many' }, ...others] });
    expect(wrong).toMatchObject({ fault: expect.stringContaining('Monday') });
    const undated = { ...newException(typed, true), reason: 'Easter' };
    expect(givenHours({ ...typed, others: [undated] })).toHaveProperty('fault');
    const twice = { ...undated, on: '2027-03-29' };
    expect(givenHours({ ...typed, others: [twice, twice] })).toMatchObject({
      fault: expect.stringContaining('twice'),
    });
  });
});
