import { nowOfBrowser } from './clock.ts';
import { daysUntil, sayDay, sayMonth } from './days.ts';

/** How pressing it is that a vehicle is due: past, within the time in which one books, or later. */
export type Urgency = 'overdue' | 'soon' | 'later';

export interface DueWork {
  readonly words: string;
  readonly urgency: Urgency;
}

/** From so many days before, a reminder is on its way or a booking is worth a question. */
const soonDays = 42;

/** What is due on a vehicle, in words: "MOT due 14 December", "Service due March 2027"; the most pressing first. */
export function dueWork(vehicle: {
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
}): DueWork[] {
  const due = [
    { what: 'MOT', on: vehicle.motDueOn },
    { what: 'Service', on: vehicle.serviceDueOn },
  ];
  return due
    .flatMap(({ what, on }) => (on === null ? [] : [{ on, ...dueWords(what, on) }]))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

function dueWords(what: string, on: string): DueWork {
  const now = nowOfBrowser();
  const days = daysUntil(on, now);
  if (days < 0) return { words: `${what} overdue since ${sayDay(on, now)}`, urgency: 'overdue' };
  if (days <= soonDays) return { words: `${what} due ${sayDay(on, now)}`, urgency: 'soon' };
  return { words: `${what} due ${sayMonth(on, now)}`, urgency: 'later' };
}
