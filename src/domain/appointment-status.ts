/** Where a car that is booked in stands, and what may come next. */
export const appointmentStatuses = [
  'booked',
  'arrived',
  'in_work',
  'ready',
  'collected',
  'cancelled',
  'no_show',
] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

export const appointmentStatusWords: Readonly<Record<AppointmentStatus, string>> = {
  booked: 'Booked',
  arrived: 'Arrived',
  in_work: 'In work',
  ready: 'Ready',
  collected: 'Collected',
  cancelled: 'Cancelled',
  no_show: 'No-show',
};

/** One step on, one step back where it was pressed by mistake, and the two ends of what never came. */
const next: Readonly<Record<AppointmentStatus, readonly AppointmentStatus[]>> = {
  booked: ['arrived', 'cancelled', 'no_show'],
  arrived: ['in_work', 'booked'],
  in_work: ['ready', 'arrived'],
  ready: ['collected', 'in_work'],
  collected: ['ready'],
  cancelled: ['booked'],
  no_show: ['booked'],
};

export function mayFollow(status: AppointmentStatus, wanted: AppointmentStatus): boolean {
  return next[status].includes(wanted);
}

/** The step that is usually next; null at the end. */
export function usualNext(status: AppointmentStatus): AppointmentStatus | null {
  const [first] = next[status];
  return isGivenUp(status) || status === 'collected' ? null : (first ?? null);
}

/** It takes no room in the workshop any more, and its work is not booked. */
export function isGivenUp(status: AppointmentStatus): boolean {
  return status === 'cancelled' || status === 'no_show';
}

/** A status as the database has it; it knows no other. */
export function appointmentStatusOf(text: string): AppointmentStatus {
  const status = appointmentStatuses.find((known) => known === text);
  if (status === undefined) throw new Error(`The status ${text} of the database is not one of the program.`);
  return status;
}
