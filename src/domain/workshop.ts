import { addDays, dayOfWeek, londonInstant } from './london.ts';

/** What a workshop does, how long it takes, and whether there is room for it. Times are local, HH:MM; capacity is minutes. */
export const jobTypes = ['service', 'mot', 'diagnosis', 'repair', 'vhc', 'recall', 'warranty'] as const;
export type JobType = (typeof jobTypes)[number];

/** Who or what a job needs: a technician, or the bay in which MOT tests are done. */
export const skills = ['service', 'mot'] as const;
export type Skill = (typeof skills)[number];

/** What the customer does while the car is here. */
export const meanwhiles = ['waits', 'leaves', 'courtesy_car'] as const;
export type Meanwhile = (typeof meanwhiles)[number];

export const jobTypeWords: Readonly<Record<JobType, string>> = {
  service: 'Service',
  mot: 'MOT',
  diagnosis: 'Diagnosis',
  repair: 'Repair',
  vhc: 'VHC work',
  recall: 'Recall',
  warranty: 'Warranty',
};

export const skillWords: Readonly<Record<Skill, string>> = { service: 'Workshop', mot: 'MOT bay' };

export const usualMinutes: Readonly<Record<JobType, number>> = {
  service: 90,
  mot: 45,
  diagnosis: 60,
  repair: 120,
  vhc: 60,
  recall: 60,
  warranty: 60,
};

function skillOf(jobType: JobType): Skill {
  return jobType === 'mot' ? 'mot' : 'service';
}

/** The hours and the room of one day. */
export interface DayHours {
  readonly opens: string;
  /** The latest time at which a car is taken in. */
  readonly lastArrival: string;
  readonly closes: string;
  readonly serviceMinutes: number;
  readonly motMinutes: number;
  /** Cars that the desk takes in at one time. */
  readonly arrivalsAtOnce: number;
  readonly courtesyCars: number;
}

export interface WorkshopHours {
  /** Monday first; null is closed. */
  readonly week: readonly (DayHours | null)[];
  /** Days that are unlike their weekday, such as a bank holiday. */
  readonly exceptions: readonly {
    readonly on: string;
    readonly reason: string;
    readonly hours: DayHours | null;
  }[];
  /** From so many days before work is due, the desk is told so. */
  readonly leadDays: number;
}

const weekday: DayHours = {
  opens: '08:00',
  lastArrival: '16:00',
  closes: '17:30',
  serviceMinutes: 32 * 60,
  motMinutes: 8 * 60,
  arrivalsAtOnce: 3,
  courtesyCars: 4,
};
const saturday: DayHours = {
  ...weekday,
  opens: '08:30',
  lastArrival: '11:00',
  closes: '12:30',
  serviceMinutes: 8 * 60,
  motMinutes: 4 * 60,
};

/** What holds for a branch until somebody says otherwise. */
export const usualHours: WorkshopHours = {
  week: [weekday, weekday, weekday, weekday, weekday, saturday, null],
  exceptions: [],
  leadDays: 42,
};

export function hoursOn(hours: WorkshopHours, day: string): DayHours | null {
  const exception = hours.exceptions.find(({ on }) => on === day);
  return exception === undefined ? (hours.week[dayOfWeek(day) - 1] ?? null) : exception.hours;
}

export function capacityOf(hours: DayHours | null): Readonly<Record<Skill, number>> {
  return { service: hours?.serviceMinutes ?? 0, mot: hours?.motMinutes ?? 0 };
}

/** What is booked into a day already. */
export interface DayUse {
  readonly takenMinutes: Readonly<Record<Skill, number>>;
  /** Cars at each arrival time. */
  readonly arrivals: ReadonlyMap<string, number>;
  readonly courtesyCars: number;
}

export const nothingBooked: DayUse = {
  takenMinutes: { service: 0, mot: 0 },
  arrivals: new Map(),
  courtesyCars: 0,
};

export interface AskedWork {
  readonly jobs: readonly { readonly jobType: JobType; readonly minutes: number }[];
  readonly meanwhile: Meanwhile;
}

function minutesBySkill(jobs: AskedWork['jobs']): Record<Skill, number> {
  const total = { service: 0, mot: 0 };
  for (const { jobType, minutes } of jobs) total[skillOf(jobType)] += minutes;
  return total;
}

export const noRoomCodes = [
  'workshop-closed',
  'outside-hours',
  'workshop-full',
  'mot-bay-full',
  'time-taken',
  'courtesy-cars-out',
] as const;
export type NoRoom = (typeof noRoomCodes)[number];

/** What a manager may go beyond, with a reason: hours of people and places in a row, never a car that is not there. */
const overbookable: ReadonlySet<NoRoom> = new Set(['workshop-full', 'mot-bay-full', 'time-taken']);

export function mayBeOverbooked(code: NoRoom): boolean {
  return overbookable.has(code);
}

/** Why there is no room for work at a time; null where there is. */
export function noRoomFor(
  hours: DayHours | null,
  use: DayUse,
  arrivalTime: string,
  work: AskedWork,
): NoRoom | null {
  return noRoomCodesFor(hours, use, arrivalTime, work)[0] ?? null;
}

/** Everything that there is no room for. */
export function noRoomCodesFor(
  hours: DayHours | null,
  use: DayUse,
  arrivalTime: string,
  work: AskedWork,
): NoRoom[] {
  if (hours === null) return ['workshop-closed'];
  const asked = minutesBySkill(work.jobs);
  const doneBy = minuteOf(arrivalTime) + asked.service + asked.mot;
  // Work that is longer than any day goes on the next one; what fits into a day is done on it.
  const longest = minuteOf(hours.closes) - minuteOf(hours.opens);
  const fits = asked.service + asked.mot > longest || doneBy <= minuteOf(hours.closes);
  const { takenMinutes, arrivals, courtesyCars } = use;
  const found: readonly (readonly [NoRoom, boolean])[] = [
    ['outside-hours', arrivalTime < hours.opens || arrivalTime > hours.lastArrival || !fits],
    ['workshop-full', asked.service > 0 && takenMinutes.service + asked.service > hours.serviceMinutes],
    ['mot-bay-full', asked.mot > 0 && takenMinutes.mot + asked.mot > hours.motMinutes],
    ['time-taken', (arrivals.get(arrivalTime) ?? 0) >= hours.arrivalsAtOnce],
    ['courtesy-cars-out', work.meanwhile === 'courtesy_car' && courtesyCars >= hours.courtesyCars],
  ];
  return found.flatMap(([code, is]) => (is ? [code] : []));
}

const minutesBetweenTimes = 30;

/** The times at which cars are taken in on a day, each half hour. */
export function arrivalTimes(hours: DayHours): string[] {
  const times: string[] = [];
  for (let minute = minuteOf(hours.opens); minute <= minuteOf(hours.lastArrival); ) {
    times.push(timeOf(minute));
    minute += minutesBetweenTimes;
  }
  return times;
}

export interface Slot {
  readonly arrivesOn: string;
  readonly arrivalTime: string;
}

/** So many free times a day and so many in all: a choice to read out, early and late in the day. */
export interface SlotQuestion {
  readonly hours: WorkshopHours;
  readonly useOn: (day: string) => DayUse;
  readonly work: AskedWork;
  readonly fromOn: string;
  readonly days: number;
  /** Milliseconds; no time before it is offered. */
  readonly now: number;
  readonly limit: number;
}

/** The first times at which there is room, at most two a day: the first, and the first of the afternoon. */
export function freeSlots(question: SlotQuestion): Slot[] {
  const slots: Slot[] = [];
  for (let ahead = 0; ahead < question.days && slots.length < question.limit; ahead += 1) {
    const day = addDays(question.fromOn, ahead);
    const free = freeTimesOn(question, day);
    const [first] = free;
    if (first === undefined) continue;
    slots.push({ arrivesOn: day, arrivalTime: first });
    const later = free.find((time) => time >= '12:00' && time > first);
    if (later !== undefined) slots.push({ arrivesOn: day, arrivalTime: later });
  }
  return slots.slice(0, question.limit);
}

/** Every free time of one day. */
export function freeTimesOn(
  { hours, useOn, work, now }: Pick<SlotQuestion, 'hours' | 'useOn' | 'work' | 'now'>,
  day: string,
): string[] {
  const that = hoursOn(hours, day);
  if (that === null) return [];
  return arrivalTimes(that).filter(
    (time) => londonInstant(day, time) >= now && noRoomFor(that, useOn(day), time, work) === null,
  );
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - dayOfWeek(day));
}

/** `90` minutes as people say them: `1 h 30 min`. */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
