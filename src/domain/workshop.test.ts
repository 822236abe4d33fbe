import { describe, expect, it } from 'vitest';
import { londonInstant } from './london.ts';
import type { AskedWork, DayUse } from './workshop.ts';
import {
  arrivalTimes,
  durationWords,
  freeSlots,
  hoursOn,
  mondayOf,
  noRoomFor,
  nothingBooked,
  usualHours,
} from './workshop.ts';

const monday = hoursOn(usualHours, '2026-11-23');
const service: AskedWork = { jobs: [{ jobType: 'service', minutes: 90 }], meanwhile: 'leaves' };
const use = (change: Partial<DayUse>): DayUse => ({ ...nothingBooked, ...change });

describe('the room in a workshop', () => {
  it.each<[string, string, DayUse, AskedWork, string | null]>([
    ['an empty day', '08:30', nothingBooked, service, null],
    ['before it opens', '07:30', nothingBooked, service, 'outside-hours'],
    ['after the last car is taken in', '16:30', nothingBooked, service, 'outside-hours'],
    [
      'work not done by closing',
      '16:00',
      nothingBooked,
      { ...service, jobs: [{ jobType: 'repair', minutes: 120 }] },
      'outside-hours',
    ],
    [
      'no technician left',
      '08:30',
      use({ takenMinutes: { service: 1_840, mot: 0 } }),
      service,
      'workshop-full',
    ],
    ['the bay full, for a service', '08:30', use({ takenMinutes: { service: 0, mot: 480 } }), service, null],
    [
      'the bay full, for an MOT',
      '08:30',
      use({ takenMinutes: { service: 0, mot: 480 } }),
      { ...service, jobs: [{ jobType: 'mot', minutes: 45 }] },
      'mot-bay-full',
    ],
    ['three cars at that time', '08:30', use({ arrivals: new Map([['08:30', 3]]) }), service, 'time-taken'],
    [
      'every courtesy car out',
      '08:30',
      use({ courtesyCars: 4 }),
      { ...service, meanwhile: 'courtesy_car' },
      'courtesy-cars-out',
    ],
    ['every courtesy car out, for who leaves', '08:30', use({ courtesyCars: 4 }), service, null],
  ])('%s', (_, time, booked, work, wanted) => {
    expect(noRoomFor(monday, booked, time, work)).toBe(wanted);
  });

  it('is none on a day that is closed', () => {
    expect(noRoomFor(hoursOn(usualHours, '2026-11-29'), nothingBooked, '08:30', service)).toBe(
      'workshop-closed',
    );
    const exceptions = [{ on: '2026-12-25', reason: 'Christmas Day', hours: null }];
    expect(hoursOn({ ...usualHours, exceptions }, '2026-12-25')).toBeNull();
  });

  it('is offered in Europe/London on both sides of a change of the clock', () => {
    const question = { hours: usualHours, useOn: () => nothingBooked, work: service, days: 3, limit: 2 };
    const beforeSpring = londonInstant('2027-03-26', '17:00');
    expect(freeSlots({ ...question, fromOn: '2027-03-26', now: beforeSpring })).toEqual([
      { arrivesOn: '2027-03-27', arrivalTime: '08:30' },
    ]);
    const summerMorning = Date.parse('2027-06-28T07:10:00Z');
    expect(freeSlots({ ...question, fromOn: '2027-06-28', now: summerMorning })[0]).toEqual({
      arrivesOn: '2027-06-28',
      arrivalTime: '08:30',
    });
  });
});

it('cars are taken in each half hour, the last arrival included', () => {
  const saturday = hoursOn(usualHours, '2026-11-28');
  expect(saturday === null ? [] : arrivalTimes(saturday)).toEqual([
    '08:30',
    '09:00',
    '09:30',
    '10:00',
    '10:30',
    '11:00',
  ]);
});

it('a week begins on Monday, across a year and a change of the clock', () => {
  expect(['2027-01-01', '2026-10-25', '2026-11-23'].map(mondayOf)).toEqual([
    '2026-12-28',
    '2026-10-19',
    '2026-11-23',
  ]);
});

it('minutes are said in hours', () => {
  expect([45, 60, 90, 0].map(durationWords)).toEqual(['45 min', '1 h', '1 h 30 min', '0 min']);
});
