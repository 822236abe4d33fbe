import { londonDateOf } from '../../../domain/london.ts';
import type { JobType } from '../../../domain/workshop.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import type { BookedWorkRow } from './store.ts';
import { findBookedWork, findOpenWork, insertBookedWork } from './store.ts';

/**
 * The port for whoever reminds customers: which work was booked or given up again.
 * Guarantees that an entry is written in the transaction of the booking itself, so that no reminder is ended for a
 * booking that is not there, and none goes on for one that is.
 */
export type BookedWork = BookedWorkRow;

interface WorkOfAppointment {
  readonly appointmentId: string;
  readonly customerId: string;
  readonly vehicleId: string;
  readonly jobs: readonly { readonly jobType: string; readonly findingId: string | null }[];
}

/** Writes down that work was booked or given up; nothing where there is none. */
export async function recordBookedWorkIn(
  transaction: Parameters<typeof insertBookedWork>[0],
  context: Context,
  kind: 'booked' | 'released',
  { jobs, ...of }: WorkOfAppointment,
): Promise<void> {
  if (jobs.length === 0) return;
  await insertBookedWork(transaction, {
    ...of,
    kind,
    jobTypes: [...new Set(jobs.map(({ jobType }) => jobType))],
    findingIds: jobs.flatMap(({ findingId }) => findingId ?? []),
    recordedAt: nowOf(context),
  });
}

/** What happened after an entry, oldest first: 0 for all of it. Entries of one vehicle come in their order. */
export async function bookedWorkAfter(context: Context, after: number, limit: number): Promise<BookedWork[]> {
  return findBookedWork(context.database.db, after, limit);
}

export interface OpenWork {
  readonly jobType: JobType;
  readonly findingId: string | null;
  readonly arrivesOn: string;
}

/** The work that is booked or under way for each vehicle now: asked again at the moment of a reminder. */
export async function openWorkOf(
  context: Context,
  vehicleIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenWork[]>> {
  const rows = await findOpenWork(context.database.db, vehicleIds, londonDateOf(nowOf(context)));
  return Map.groupBy(
    rows as readonly (OpenWork & { readonly vehicleId: string })[],
    ({ vehicleId }) => vehicleId,
  );
}
