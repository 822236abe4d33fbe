import type { AppointmentStatus } from '../../../domain/appointment-status.ts';
import { appointmentStatusOf, isGivenUp, mayFollow } from '../../../domain/appointment-status.ts';
import { londonInstant } from '../../../domain/london.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { recordBookedWorkIn } from '../booked-work/service.ts';
import type { AppointmentChanges } from '../contract.ts';
import { completeFindingsIn, requireDeferredIn } from '../health-checks/service.ts';
import type { Appointment } from '../service.ts';
import {
  adviserOf,
  findingsOf,
  jobsOf,
  overbooking,
  readAppointment,
  requireNotPast,
  requireRoom,
  unknownAppointment,
} from '../service.ts';
import type { AppointmentColumns, JobRow } from '../store.ts';
import { lockAppointment, replaceJobs, updateAppointment } from '../store.ts';

/**
 * Changing an appointment: moving it, changing what is done, taking it a step on.
 * Guarantees that each step has its moment, that none is left out, and that of two who change it one is told.
 */
type Transaction = Parameters<typeof lockAppointment>[0];

/**
 * Moves an appointment, changes what is done, or takes it a step on. Throws NotFoundError, ConflictError
 * `version-changed` when somebody else was first, `not-next` for a step that cannot follow, `already-here` for a
 * car that has arrived, and as `bookAppointment` where there is no room.
 */
export async function changeAppointment(
  context: Context,
  id: string,
  changes: AppointmentChanges,
  expectedVersion: number,
  actor: Actor = { kind: 'system', id: 'navigator' },
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    if (!(await lockAppointment(transaction, id))) throw unknownAppointment();
    const known = await readAppointment(within(context, transaction), id);
    if (known.version !== expectedVersion) {
      throw new ConflictError('Somebody else changed this appointment meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const jobs = changes.jobs === undefined ? known.jobs : jobsOf(changes.jobs);
    const asked = changed(context, known, changes);
    if (changes.adviserId) await adviserOf(transaction, changes.adviserId, null);
    const added = jobs.filter(
      ({ findingId }) => findingId !== null && !findingsOf(known.jobs).includes(findingId),
    );
    await requireDeferredIn(transaction, known.customerId, known.vehicleId, findingsOf(added));
    const beyond = overbooking(changes.overbookedBecause, actor);
    const columns = takesOtherRoom(known, asked, changes)
      ? {
          ...asked,
          ...(await requireRoom(
            transaction,
            context,
            { ...asked, branchId: known.branchId, jobs, id },
            beyond,
          )),
        }
      : asked;
    await updateAppointment(transaction, id, columns, nowOf(context));
    if (changes.jobs !== undefined)
      await replaceJobs(
        transaction,
        id,
        jobs.map(({ jobType, minutes, findingId }) => ({ jobType, minutes, findingId })),
      );
    if (columns.status === 'collected') await completeFindingsIn(transaction, findingsOf(jobs));
    await recordDifference(transaction, context, known, { status: columns.status, jobs });
  });
}

function takesOtherRoom(
  known: Appointment,
  columns: AppointmentColumns,
  changes: AppointmentChanges,
): boolean {
  if (isGivenUp(appointmentStatusOf(columns.status))) return false;
  return (
    isGivenUp(appointmentStatusOf(known.status)) ||
    changes.jobs !== undefined ||
    columns.arrivesOn !== known.arrivesOn ||
    columns.arrivalTime !== known.arrivalTime ||
    (columns.meanwhile === 'courtesy_car' && known.meanwhile !== 'courtesy_car')
  );
}

function changed(context: Context, known: Appointment, changes: AppointmentChanges): AppointmentColumns {
  const {
    arrivesOn = known.arrivesOn,
    arrivalTime = known.arrivalTime,
    meanwhile = known.meanwhile,
  } = changes;
  const { adviserId = known.adviserId, notes = known.notes } = changes;
  const isMoved = arrivesOn !== known.arrivesOn || arrivalTime !== known.arrivalTime;
  if (isMoved && known.status !== 'booked' && changes.status !== 'booked') {
    throw new ConflictError('The car is here already, so its appointment is not moved.', {
      code: 'already-here',
    });
  }
  if (isMoved) requireNotPast(context, arrivesOn);
  const { overbookedBecause, overbookedBy } = known;
  return {
    arrivesOn,
    arrivalTime,
    meanwhile,
    adviserId,
    notes,
    overbookedBecause,
    overbookedBy,
    ...stepped(context, known, changes.status),
  };
}

type Stepped = Pick<
  AppointmentColumns,
  'status' | 'arrivedAt' | 'workStartedAt' | 'readyAt' | 'collectedAt' | 'endedAt'
>;

/** The time of each step that was taken; a step back takes its time away again. */
function stepped(context: Context, known: Appointment, wanted: AppointmentStatus | undefined): Stepped {
  const status = appointmentStatusOf(known.status);
  const { arrivedAt, workStartedAt, readyAt, collectedAt, endedAt } = known;
  if (wanted === undefined || wanted === status)
    return { status, arrivedAt, workStartedAt, readyAt, collectedAt, endedAt };
  if (!mayFollow(status, wanted)) {
    throw new ConflictError(
      'This step does not follow where the car stands now: read the appointment again.',
      {
        code: 'not-next',
      },
    );
  }
  const now = nowOf(context);
  if (wanted === 'no_show' && londonInstant(known.arrivesOn, known.arrivalTime) > now) {
    throw new InvalidError('They are not expected yet, so this is no no-show: cancel it or move it.', {
      field: 'status',
    });
  }
  const reached = ['booked', 'arrived', 'in_work', 'ready', 'collected'].indexOf(wanted);
  const at = (step: number, before: number | null): number | null =>
    reached < step ? null : (before ?? now);
  return {
    status: wanted,
    arrivedAt: at(1, arrivedAt),
    workStartedAt: at(2, workStartedAt),
    readyAt: at(3, readyAt),
    collectedAt: at(4, collectedAt),
    endedAt: isGivenUp(wanted) ? now : null,
  };
}

/** What is booked now and was not, and what was and is not any more. */
async function recordDifference(
  transaction: Transaction,
  context: Context,
  known: Appointment,
  now: { readonly status: string; readonly jobs: readonly JobRow[] },
): Promise<void> {
  const before = isGivenUp(appointmentStatusOf(known.status)) ? [] : known.jobs;
  const after = isGivenUp(appointmentStatusOf(now.status)) ? [] : now.jobs;
  const marks = (jobs: readonly JobRow[]) =>
    new Set(jobs.map(({ jobType, findingId }) => findingId ?? jobType));
  const [had, has] = [marks(before), marks(after)];
  const of = { appointmentId: known.id, customerId: known.customerId, vehicleId: known.vehicleId };
  const added = after.filter(({ jobType, findingId }) => !had.has(findingId ?? jobType));
  const gone = before.filter(({ jobType, findingId }) => !has.has(findingId ?? jobType));
  await recordBookedWorkIn(transaction, context, 'booked', { ...of, jobs: added });
  await recordBookedWorkIn(transaction, context, 'released', { ...of, jobs: gone });
}
