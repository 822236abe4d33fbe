import { addDays, londonDateOf } from '../../../domain/london.ts';
import type { DayUse, Skill, Slot } from '../../../domain/workshop.ts';
import {
  arrivalTimes,
  capacityOf,
  freeSlots,
  freeTimesOn,
  hoursOn,
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

/** The first free times for some work, or every one of a day. Throws InvalidError for an unknown branch. */
export async function findSlots(context: Context, question: GivenSlotQuestion): Promise<Slot[]> {
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
    return freeSlots({ ...asked, fromOn, days: question.days, limit: question.limit });
  }
  return freeTimesOn(asked, fromOn).map((arrivalTime) => ({ arrivesOn: fromOn, arrivalTime }));
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
