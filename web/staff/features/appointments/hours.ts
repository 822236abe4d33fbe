import { queryOptions } from '@tanstack/react-query';
import type { WorkshopHoursAnswer } from '../../../../src/features/appointments/hours/contract.ts';
import { ask, read } from '../../shared/api.ts';

/** The hours of a workshop, as they are read, typed and saved. */
export type WorkshopHours = WorkshopHoursAnswer;
type DayHours = WorkshopHours['settings']['week'][number];
type Exception = WorkshopHours['settings']['exceptions'][number];

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export function hoursQuery(branch: string) {
  return queryOptions({
    queryKey: ['/workshop-hours', branch],
    queryFn: ({ signal }) => read<WorkshopHours>(`/workshop-hours/${encodeURIComponent(branch)}`, { signal }),
  });
}

export async function saveHours(
  { branch, version }: WorkshopHours,
  body: WorkshopHours['settings'],
): Promise<void> {
  await ask(`/workshop-hours/${encodeURIComponent(branch)}`, {
    method: 'PATCH',
    body,
    ifMatch: `"${version}"`,
  });
}

/** A day as it is typed; capacity in hours, such as "32" or "7.5". */
export interface TypedDay {
  readonly isOpen: boolean;
  readonly opens: string;
  readonly lastArrival: string;
  readonly closes: string;
  readonly serviceHours: string;
  readonly motHours: string;
  readonly arrivalsAtOnce: string;
  readonly courtesyCars: string;
}

/** A bank holiday, or a day that closes early. */
export interface TypedException {
  readonly on: string;
  readonly reason: string;
  readonly day: TypedDay;
}

export interface TypedHours {
  readonly week: readonly TypedDay[];
  /** Days unlike their weekday, closed or short, a date and a reason each. */
  readonly others: readonly TypedException[];
  readonly leadDays: string;
}

const usual = { opens: '08:00', lastArrival: '16:00', closes: '17:30', serviceHours: '32', motHours: '8' };
const closedDay: TypedDay = { isOpen: false, ...usual, arrivalsAtOnce: '3', courtesyCars: '4' };

export function typedFrom({ settings }: WorkshopHours): TypedHours {
  return {
    week: settings.week.map(typedDay),
    others: settings.exceptions.map(({ on, reason, hours }) => ({ on, reason, day: typedDay(hours) })),
    leadDays: String(settings.leadDays),
  };
}

function typedDay(day: DayHours): TypedDay {
  if (day === null) return closedDay;
  const { opens, lastArrival, closes, serviceMinutes, motMinutes, arrivalsAtOnce, courtesyCars } = day;
  return {
    isOpen: true,
    opens,
    lastArrival,
    closes,
    serviceHours: String(serviceMinutes / 60),
    motHours: String(motMinutes / 60),
    arrivalsAtOnce: String(arrivalsAtOnce),
    courtesyCars: String(courtesyCars),
  };
}

/** A day to fill in that is closed, or one that is short: open as the first weekday is. */
export function newException({ week }: TypedHours, isOpen: boolean): TypedException {
  const day = week.find((each) => each.isOpen) ?? closedDay;
  return { on: '', reason: '', day: { ...day, isOpen } };
}

/** The hours as the API takes them, or one sentence about what cannot be read. */
export function givenHours(
  typed: TypedHours,
): { readonly settings: WorkshopHours['settings'] } | { readonly fault: string } {
  const week: DayHours[] = [];
  for (const [index, day] of typed.week.entries()) {
    const given = givenDay(day);
    if (given === undefined) {
      return {
        fault: `${weekdays[index]}: write hours and counts as numbers, such as 32 or 7.5, and fill in each time.`,
      };
    }
    week.push(given);
  }
  const exceptions: Exception[] = [];
  for (const { on, reason, day } of typed.others) {
    if (on === '' || reason.trim() === '') {
      return { fault: 'Give each closed or short day its date and a reason, or remove it.' };
    }
    if (exceptions.some((each) => each.on === on)) return { fault: `${reason}: this day is there twice.` };
    const hours = givenDay(day);
    if (hours === undefined) {
      return {
        fault: `${reason}: write hours and counts as numbers, such as 32 or 7.5, and fill in each time.`,
      };
    }
    exceptions.push({ on, reason: reason.trim(), hours });
  }
  if (!/^\d{1,3}$/.test(typed.leadDays)) return { fault: 'Write the lead time in whole days, such as 42.' };
  exceptions.sort((a, b) => (a.on < b.on ? -1 : 1));
  return { settings: { week, exceptions, leadDays: Number(typed.leadDays) } };
}

function givenDay(day: TypedDay): DayHours | undefined {
  if (!day.isOpen) return null;
  const { opens, lastArrival, closes } = day;
  const numbers = [day.serviceHours, day.motHours, day.arrivalsAtOnce, day.courtesyCars].map(numberOf);
  const [serviceHours = 0, motHours = 0, arrivalsAtOnce = 0, courtesyCars = 0] = numbers;
  const isWhole = Number.isInteger(arrivalsAtOnce) && Number.isInteger(courtesyCars);
  if (numbers.some((number) => !(number >= 0)) || !isWhole || [opens, lastArrival, closes].includes(''))
    return undefined;
  return {
    opens,
    lastArrival,
    closes,
    serviceMinutes: Math.round(serviceHours * 60),
    motMinutes: Math.round(motHours * 60),
    arrivalsAtOnce,
    courtesyCars,
  };
}

/** What was left empty is no number. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
