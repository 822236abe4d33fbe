import type { z } from 'zod';
import { appointmentStatusOf } from '../../domain/appointment-status.ts';
import { displayNameOf } from '../../domain/person-name.ts';
import { formatRegistration } from '../../domain/vehicle-registration.ts';
import type { JobType, Meanwhile } from '../../domain/workshop.ts';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import { actorNames } from '../users/service.ts';
import type { appointmentSchema } from './contract.ts';
import type { Appointment } from './service.ts';

/** Appointments as the API answers them, with the names of those who booked and look after them. */
export async function presentAppointments(
  context: Context,
  appointments: readonly Appointment[],
): Promise<z.input<typeof appointmentSchema>[]> {
  const people = appointments.flatMap(({ bookedBy, adviserId, overbookedBy }) => [
    bookedBy,
    ...[adviserId, overbookedBy].filter((id) => id !== null),
  ]);
  const names = await actorNames(context, people);
  return appointments.map((appointment) => {
    const { title, forename, surname, companyName, branchId: _, ...row } = appointment;
    const { vehicleId, registration, vin, make, model, bookedBy, overbookedBy, adviserId, jobs, ...shown } =
      row;
    return {
      ...shown,
      displayName: displayNameOf({ title, forename, surname, companyName }),
      vehicle: {
        vehicleId,
        registration: registration === null ? null : formatRegistration(registration),
        vin,
        make,
        model,
      },
      status: appointmentStatusOf(row.status),
      meanwhile: row.meanwhile as Meanwhile,
      jobs: jobs.map((job) => ({ ...job, jobType: job.jobType as JobType })),
      adviserId,
      adviserName: adviserId === null ? null : (names.get(adviserId) ?? null),
      bookedByName: names.get(bookedBy) ?? '',
      overbookedByName: overbookedBy === null ? null : (names.get(overbookedBy) ?? overbookedBy),
      bookedAt: toTimestamp(row.bookedAt),
      arrivedAt: written(row.arrivedAt),
      workStartedAt: written(row.workStartedAt),
      readyAt: written(row.readyAt),
      collectedAt: written(row.collectedAt),
      endedAt: written(row.endedAt),
    };
  });
}

/** One of them. */
export async function presentAppointment(
  context: Context,
  appointment: Appointment,
): Promise<z.input<typeof appointmentSchema>> {
  const [shown] = await presentAppointments(context, [appointment]);
  if (shown === undefined) throw new Error('An appointment was presented as none.');
  return shown;
}

function written(instant: number | null): string | null {
  return instant === null ? null : toTimestamp(instant);
}
