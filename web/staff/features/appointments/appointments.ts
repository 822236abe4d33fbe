import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { JobType, Meanwhile } from '../../../../src/domain/workshop.ts';
import { durationWords, jobTypeWords } from '../../../../src/domain/workshop.ts';
import type {
  AppointmentAnswer,
  AppointmentChanges,
  advisersSchema,
  diarySchema,
  NewAppointment,
  slotsSchema,
} from '../../../../src/features/appointments/contract.ts';
import type { Maintenance } from '../../../../src/features/appointments/maintenance/contract.ts';
import { ask, read } from '../../shared/api.ts';

/** What is booked into the workshop, and how it is read and changed. */
export type Appointment = AppointmentAnswer;
export type Diary = z.infer<typeof diarySchema>;
export type DiaryDay = Diary['days'][number];
export type FoundSlots = z.infer<typeof slotsSchema>;
export type Slot = FoundSlots['slots'][number];
export type MaintainedVehicle = Maintenance['vehicles'][number];
export type DueWork = MaintainedVehicle['due'][number];
export type Job = {
  readonly jobType: JobType;
  readonly minutes?: number;
  readonly findingId?: string | null;
};

export const meanwhileWords: Readonly<Record<Meanwhile, string>> = {
  waits: 'Waits',
  leaves: 'Leaves the car',
  courtesy_car: 'Courtesy car',
};

export function diaryQuery(branch: string, fromOn: string, days: number) {
  return queryOptions({
    queryKey: ['/diary', branch, fromOn, days],
    queryFn: ({ signal }) => read<Diary>('/diary', { query: { branch, fromOn, days }, signal }),
    refetchInterval: 60_000,
  });
}

export function appointmentQuery(id: string) {
  return queryOptions({
    queryKey: ['/appointments', id],
    queryFn: ({ signal }) => read<Appointment>(`/appointments/${encodeURIComponent(id)}`, { signal }),
  });
}

export interface SlotQuestion {
  readonly branch: string;
  readonly jobs: readonly Job[];
  readonly meanwhile: Meanwhile;
  readonly fromOn?: string;
  readonly everyTime?: boolean;
  readonly exceptId?: string;
  readonly limit?: number;
}

export function slotsQuery(question: SlotQuestion) {
  return queryOptions({
    queryKey: ['/appointments', 'slots', question],
    queryFn: ({ signal }) => read<FoundSlots>('/appointments:find-slots', { body: question, signal }),
    enabled: question.jobs.length > 0,
  });
}

/** Below the customer's own key, so that whatever changes them brings this up to date. */
export function maintenanceQuery(customerId: string, branch: string) {
  return queryOptions({
    queryKey: ['/customers', customerId, 'maintenance', branch],
    queryFn: async ({ signal }) => {
      const path = `/customers/${encodeURIComponent(customerId)}/maintenance`;
      return (await read<Maintenance>(path, { query: { branch }, signal })).vehicles;
    },
  });
}

export const advisersQuery = queryOptions({
  queryKey: ['/workshop-advisers'],
  queryFn: async ({ signal }) =>
    (await read<z.infer<typeof advisersSchema>>('/workshop-advisers', { signal })).advisers,
  staleTime: 300_000,
});

export async function bookAppointment(body: NewAppointment, idempotencyKey: string): Promise<Appointment> {
  return (await ask<Appointment>('/appointments', { body, idempotencyKey })).body;
}

/** Changes one as it was read. Throws ApiProblem 412 when somebody else was first, 409 where there is no room. */
export async function changeAppointment(
  queries: QueryClient,
  appointment: Pick<Appointment, 'id' | 'version' | 'customerId'>,
  changes: AppointmentChanges,
): Promise<Appointment> {
  const { id, version, customerId } = appointment;
  try {
    const { body } = await ask<Appointment>(`/appointments/${id}`, {
      method: 'PATCH',
      body: changes,
      ifMatch: `"${version}"`,
    });
    queries.setQueryData(appointmentQuery(id).queryKey, body);
    queries.setQueriesData<Diary>({ queryKey: ['/diary'] }, (diary) => diary && replacedIn(diary, body));
    return body;
  } finally {
    // Not waited for: whoever goes on at once is not held up by what is read again.
    void workshopChanged(queries, customerId);
  }
}

/** The diary with an appointment as it is now, at its place; how full the days are is read again. */
function replacedIn(diary: Diary, appointment: Appointment): Diary {
  const { id, arrivesOn, arrivalTime } = appointment;
  return {
    ...diary,
    days: diary.days.map((day) => {
      const others = day.appointments.filter((each) => each.id !== id);
      if (day.on !== arrivesOn || diary.branch !== appointment.branch)
        return { ...day, appointments: others };
      const later = others.findIndex((each) => each.arrivalTime > arrivalTime);
      return { ...day, appointments: others.toSpliced(later === -1 ? others.length : later, 0, appointment) };
    }),
  };
}

/** Whatever shows the workshop, or what is due for this customer, reads it again. */
export async function workshopChanged(queries: QueryClient, customerId: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['/diary'] }),
    queries.invalidateQueries({ queryKey: ['/appointments'] }),
    queries.invalidateQueries({ queryKey: ['/customers', customerId] }),
  ]);
}

/** "Service, MOT · 2 h 15 min". */
export function workWords(jobs: Appointment['jobs']): string {
  const minutes = jobs.reduce((total, job) => total + job.minutes, 0);
  return `${jobWords(jobs)} · ${durationWords(minutes)}`;
}

/** "Service, MOT, rear brake pads". */
export function jobWords(jobs: Appointment['jobs']): string {
  return jobs.map(({ jobType, item }) => item ?? jobTypeWords[jobType]).join(', ');
}

/** "Ford Focus AB12 CDE". */
export function carWords(vehicle: {
  readonly make: string | null;
  readonly model: string | null;
  readonly registration: string | null;
  readonly vin: string | null;
}): string {
  const { make, model, registration, vin } = vehicle;
  return [make, model, registration ?? vin].filter(Boolean).join(' ');
}
