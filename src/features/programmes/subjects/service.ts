import { addDays } from '../../../domain/london.ts';
import type { ContactSubject, SubjectVehicle } from '../../../domain/occasion.ts';
import type { Context } from '../../../platform/context.ts';
import { workUnderWay } from '../../appointments/service.ts';
import type { DoneWorkRow, SubjectVehicleRow } from './store.ts';
import {
  findDeferredWork,
  findDoneWork,
  findOpenEnquiryDates,
  findSubjects,
  findSubjectVehicles,
} from './store.ts';

/**
 * What is known of customers that may give a reason to contact them.
 * Guarantees that work which is booked, under way or lately done ends the reminders of it.
 */

/** So long after a car was collected, whatever it was here for is done, even while the date on file is the old one. */
const doneForDays = 60;

/** By customer; who is not on file, or is part of another record, is missing. A bounded number of statements. */
export async function subjectsOf(
  context: Context,
  ids: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, ContactSubject>> {
  const { db } = context.database;
  const [subjects, vehicles, done, deferred, enquiries] = await Promise.all([
    findSubjects(db, ids),
    findSubjectVehicles(db, ids),
    findDoneWork(db, ids, addDays(today, -doneForDays)),
    findDeferredWork(db, ids),
    findOpenEnquiryDates(db, ids),
  ]);
  const open = await workUnderWay(
    context,
    vehicles.map(({ vehicleId }) => vehicleId),
  );
  return new Map(
    subjects.map(({ id, birthOn, lastSeenOn }) => [
      id,
      {
        birthOn,
        lastSeenOn,
        vehicles: vehicles
          .filter(({ customerId }) => customerId === id)
          .map((vehicle) =>
            subjectVehicle(vehicle, {
              deferred: deferred.filter((row) => isOf(row, vehicle)),
              done: done.filter((row) => isOf(row, vehicle)),
              open: open.get(vehicle.vehicleId) ?? [],
            }),
          ),
        openEnquiries: enquiries.filter(({ customerId }) => customerId === id),
      },
    ]),
  );
}

type OfVehicle = Pick<SubjectVehicleRow, 'customerId' | 'vehicleId'>;

function isOf(a: OfVehicle, b: OfVehicle): boolean {
  return a.customerId === b.customerId && a.vehicleId === b.vehicleId;
}

function subjectVehicle(
  { vehicleId, ownedUntil, motDueOn, serviceDueOn, boughtHereOn }: SubjectVehicleRow,
  known: {
    readonly deferred: SubjectVehicle['deferred'];
    readonly done: readonly DoneWorkRow[];
    readonly open: SubjectVehicle['booked'];
  },
): SubjectVehicle {
  const collected = known.done.filter(({ jobType }) => jobType === 'service');
  return {
    id: vehicleId,
    ownedUntil,
    motDueOn,
    serviceDueOn,
    boughtHereOn,
    deferred: known.deferred,
    collectedOn: [...new Set(collected.map(({ collectedOn }) => collectedOn))],
    booked: [...known.open, ...doneJobs(known.done)],
  };
}

function doneJobs(done: readonly DoneWorkRow[]): SubjectVehicle['booked'] {
  return done.flatMap(({ jobType, collectedOn }) =>
    jobType === 'mot' || jobType === 'service'
      ? [{ jobType, findingId: null, arrivesOn: collectedOn } as const]
      : [],
  );
}
