import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface BookedWorkRow {
  readonly id: number;
  readonly appointmentId: string;
  readonly customerId: string;
  readonly vehicleId: string;
  readonly kind: string;
  readonly jobTypes: readonly string[];
  readonly findingIds: readonly string[];
  readonly recordedAt: number;
}

export async function insertBookedWork(
  transaction: Transaction<Tables>,
  work: Omit<BookedWorkRow, 'id'>,
): Promise<void> {
  await transaction
    .insertInto('bookedWork')
    .values({
      ...work,
      jobTypes: [...work.jobTypes],
      findingIds: [...work.findingIds],
      recordedAt: toTimestamp(work.recordedAt),
    })
    .execute();
}

export async function findBookedWork(
  db: Kysely<Tables>,
  after: number,
  limit: number,
): Promise<BookedWorkRow[]> {
  return db.selectFrom('bookedWork').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
}

/** Work that is booked from a day on, or in the workshop now, by vehicle. */
export async function findOpenWork(
  db: Kysely<Tables>,
  vehicleIds: readonly string[],
  fromOn: string,
): Promise<{ vehicleId: string; jobType: string; findingId: string | null; arrivesOn: string }[]> {
  const { rows } = await sql<{
    vehicleId: string;
    jobType: string;
    findingId: string | null;
    arrivesOn: string;
  }>`
    select vehicle_id, job_type, finding_id, arrives_on
    from appointment join appointment_job job on job.appointment_id = appointment.id
    where vehicle_id = any(${[...vehicleIds]}::uuid[])
      and (status in ('arrived', 'in_work', 'ready') or (status = 'booked' and arrives_on >= ${fromOn}::date))
    order by arrives_on, job.position`.execute(db);
  return rows;
}
