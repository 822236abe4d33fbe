import { addDays, londonDateOf } from '../../../domain/london.ts';
import { noRoomSentence } from '../../../domain/no-room.ts';
import type { AskedWork, DayUse, NoRoom, Skill, Slot } from '../../../domain/workshop.ts';
import {
  arrivalTimes,
  capacityOf,
  freeSlots,
  freeTimesOn,
  hoursOn,
  noRoomFor,
  nothingBooked,
  skills,
  usualMinutes,
} from '../../../domain/workshop.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import type { GivenSlotQuestion } from '../contract.ts';
import { hoursOf } from '../hours/service.ts';
import type { AppointmentRow, UseRow } from '../store.ts';
import { findAppointments, findUse } from '../store.ts';

/**
 * The diary of a workshop: its days with what is booked and how much room is left, and the next free times.
 * Guarantees that a time it offers is one that a booking made at that moment gets.
 */
export interface DiaryDay {
  readonly on: string;
  readonly closedBecause: string | null;
  readonly isOpen: boolean;
  readonly arrivalTimes: readonly string[];
  readonly capacity: readonly {
    readonly skill: Skill;
    readonly capacityMinutes: number;
    readonly takenMinutes: number;
  }[];
  readonly courtesyCars: number;
  readonly courtesyCarsOut: number;
  readonly appointments: readonly AppointmentRow[];
}

export interface Diary {
  readonly branch: string;
  readonly branchName: string;
  readonly days: readonly DiaryDay[];
}

/** More than a workshop takes in a week. */
const mostAppointments = 5_000;

/** Some days of one branch, from today where nothing else is said. Throws InvalidError for an unknown branch. */
export async function readDiary(
  context: Context,
  question: { readonly branch: string; readonly fromOn?: string | undefined; readonly days: number },
): Promise<Diary> {
  const branch = await findBranch(context, question.branch);
  const fromOn = question.fromOn ?? londonDateOf(nowOf(context));
  const untilOn = addDays(fromOn, question.days - 1);
  const [{ settings }, useOn, appointments] = await Promise.all([
    hoursOf(context, branch.id),
    useOf(context, { branchId: branch.id, fromOn, untilOn, exceptId: null }),
    findAppointments(context.database.db, { branchId: branch.id, fromOn, untilOn }, mostAppointments),
  ]);
  const byDay = Map.groupBy(appointments, ({ arrivesOn }) => arrivesOn);
  const days = Array.from({ length: question.days }, (_, ahead): DiaryDay => {
    const on = addDays(fromOn, ahead);
    const hours = hoursOn(settings, on);
    const use = useOn(on);
    const capacity = capacityOf(hours);
    return {
      on,
      closedBecause: settings.exceptions.find((exception) => exception.on === on)?.reason ?? null,
      isOpen: hours !== null,
      arrivalTimes: hours === null ? [] : arrivalTimes(hours),
      capacity: skills.map((skill) => ({
        skill,
        capacityMinutes: capacity[skill],
        takenMinutes: use.takenMinutes[skill],
      })),
      courtesyCars: hours?.courtesyCars ?? 0,
      courtesyCarsOut: use.courtesyCars,
      appointments: byDay.get(on) ?? [],
    };
  });
  return { branch: branch.code, branchName: branch.name, days };
}

/** Free times, and where one day was asked about and has none, what is full and what is free instead. */
export interface FoundSlots {
  readonly slots: Slot[];
  readonly full: string | null;
}

/** The first free times for some work, or every one of a day. Throws InvalidError for an unknown branch. */
export async function findSlots(context: Context, question: GivenSlotQuestion): Promise<FoundSlots> {
  const branchId = (await findBranch(context, question.branch)).id;
  const now = nowOf(context);
  const today = londonDateOf(now);
  const fromOn = question.fromOn === undefined || question.fromOn < today ? today : question.fromOn;
  const { settings: hours } = await hoursOf(context, branchId);
  const untilOn = addDays(fromOn, question.days);
  const useOn = await useOf(context, { branchId, fromOn, untilOn, exceptId: question.exceptId ?? null });
  const jobs = question.jobs.map(({ jobType, minutes = usualMinutes[jobType] }) => ({ jobType, minutes }));
  const asked = { hours, useOn, work: { jobs, meanwhile: question.meanwhile }, now };
  if (!question.everyTime) {
    return { slots: freeSlots({ ...asked, fromOn, days: question.days, limit: question.limit }), full: null };
  }
  const slots = freeTimesOn(asked, fromOn).map((arrivalTime) => ({ arrivesOn: fromOn, arrivalTime }));
  if (slots.length > 0) return { slots, full: null };
  const that = hoursOn(hours, fromOn);
  const times = that === null ? [] : arrivalTimes(that);
  // Later times are passed over by the hour, not by the room: the first one says what is full.
  const arrivalTime = times[0] ?? '';
  const code = noRoomFor(that, useOn(fromOn), arrivalTime, asked.work) ?? 'outside-hours';
  const room = { branchId, work: asked.work, exceptId: question.exceptId ?? null };
  return { slots, full: await whyNoRoom(context, room, { arrivesOn: fromOn, arrivalTime }, code) };
}

const daysLookedAhead = 60;

/** What is full at a time and what is free instead, in sentences. */
export async function whyNoRoom(
  context: Context,
  asked: { readonly branchId: number; readonly work: AskedWork; readonly exceptId: string | null },
  { arrivesOn, arrivalTime }: Slot,
  code: NoRoom,
): Promise<string> {
  const { branchId, work, exceptId } = asked;
  const { settings: hours } = await hoursOf(context, branchId);
  const period = { branchId, fromOn: arrivesOn, untilOn: addDays(arrivesOn, daysLookedAhead), exceptId };
  const useOn = await useOf(context, period);
  const question = { hours, useOn, work, now: nowOf(context) };
  const [next = null] = freeSlots({
    ...question,
    fromOn: addDays(arrivesOn, 1),
    days: daysLookedAhead,
    limit: 1,
  });
  return noRoomSentence(code, {
    day: arrivesOn,
    arrivalTime,
    hours: hoursOn(hours, arrivesOn),
    use: useOn(arrivesOn),
    freeThatDay: freeTimesOn(question, arrivesOn),
    next,
  });
}

/** What is booked into each day of a period. */
export async function useOf(
  context: Context,
  period: Parameters<typeof findUse>[1],
): Promise<(day: string) => DayUse> {
  const byDay = Map.groupBy(await findUse(context.database.db, period), ({ arrivesOn }) => arrivesOn);
  const uses = new Map([...byDay].map(([day, rows]) => [day, useFrom(rows)]));
  return (day) => uses.get(day) ?? nothingBooked;
}

function useFrom(rows: readonly UseRow[]): DayUse {
  const sum = (of: (row: UseRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    takenMinutes: { service: sum((row) => row.serviceMinutes), mot: sum((row) => row.motMinutes) },
    arrivals: new Map(rows.map(({ arrivalTime, cars }) => [arrivalTime, cars])),
    courtesyCars: sum((row) => row.courtesyCars),
  };
}
