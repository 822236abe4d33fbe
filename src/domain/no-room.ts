import { dateWords, listWords } from './plain-words.ts';
import type { DayHours, DayUse, NoRoom, Slot } from './workshop.ts';
import { durationWords } from './workshop.ts';

/** What stands in the way of a booking, and what there is instead, in sentences for whoever is on the phone. */
export interface NoRoomFacts {
  readonly day: string;
  readonly arrivalTime: string;
  readonly hours: DayHours | null;
  readonly use: DayUse;
  /** Free times of that day for the same work. */
  readonly freeThatDay: readonly string[];
  /** The next one on another day; null where there is none as far as is looked. */
  readonly next: Slot | null;
}

const timesNamed = 4;

/** What is full and what is free: "The workshop is full on 25 November 2026: 32 h of 32 h are taken. …". */
export function noRoomSentence(code: NoRoom, facts: NoRoomFacts): string {
  return `${fullWords(code, facts)} ${freeWords(facts)}`;
}

function fullWords(code: NoRoom, { day, arrivalTime, hours, use }: NoRoomFacts): string {
  const on = dateWords(day);
  const taken = (minutes: number, of: number): string =>
    `${durationWords(minutes)} of ${durationWords(of)} are taken`;
  const workshop = taken(use.takenMinutes.service, hours?.serviceMinutes ?? 0);
  const bay = taken(use.takenMinutes.mot, hours?.motMinutes ?? 0);
  switch (code) {
    case 'workshop-closed':
      return `The workshop is closed on ${on}.`;
    case 'outside-hours':
      return `At ${arrivalTime} on ${on} the work would not be done within the hours of the workshop, ${hours?.opens ?? ''} to ${hours?.closes ?? ''}, last car at ${hours?.lastArrival ?? ''}.`;
    case 'workshop-full':
      return `The workshop has too few hours left on ${on}: ${workshop}. The MOT bay: ${bay}.`;
    case 'mot-bay-full':
      return `The MOT bay has too few hours left on ${on}: ${bay}. The workshop: ${workshop}.`;
    case 'time-taken':
      return `${arrivalTime} on ${on} is taken: the desk takes in no more than ${hours?.arrivalsAtOnce ?? 0} at once.`;
    case 'courtesy-cars-out':
      return `Every courtesy car is promised on ${on}: ${use.courtesyCars} of ${hours?.courtesyCars ?? 0}. They may wait, or leave the car.`;
  }
}

function freeWords({ freeThatDay, next }: NoRoomFacts): string {
  if (freeThatDay.length > 0) {
    const more = freeThatDay.length > timesNamed ? ' among others' : '';
    return `Free for this work that day: ${listWords(freeThatDay.slice(0, timesNamed))}${more}.`;
  }
  return next === null
    ? 'There is no other free time for this work in the next 60 days.'
    : `The next free time for this work is ${dateWords(next.arrivesOn)} at ${next.arrivalTime}.`;
}
