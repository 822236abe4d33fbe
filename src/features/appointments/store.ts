import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface JobRow {
  readonly jobType: string;
  readonly minutes: number;
  readonly findingId: string | null;
}

export interface ShownJobRow extends JobRow {
  readonly item: string | null;
}

export interface AppointmentRow {
  readonly id: string;
  readonly branchId: number;
  readonly branch: string;
  readonly branchName: string;
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly vehicleId: string;
  readonly registration: string | null;
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly status: string;
  readonly jobs: readonly ShownJobRow[];
  readonly meanwhile: string;
  readonly adviserId: string | null;
  readonly notes: string | null;
  readonly bookedBy: string;
  readonly overbookedBecause: string | null;
  readonly overbookedBy: string | null;
  readonly bookedAt: number;
  readonly arrivedAt: number | null;
  readonly workStartedAt: number | null;
  readonly readyAt: number | null;
  readonly collectedAt: number | null;
  readonly endedAt: number | null;
  readonly version: number;
}

export interface AppointmentPlace {
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly id: string;
}

export interface AppointmentFilter {
  readonly ids?: readonly string[];
  readonly branchId?: number | null;
  readonly customerId?: string | null;
  readonly status?: string | null;
  readonly fromOn?: string | null;
  readonly untilOn?: string | null;
  readonly after?: AppointmentPlace | null;
}

/** Appointments by day and time. */
export async function findAppointments(
  db: Kysely<Tables>,
  filter: AppointmentFilter,
  limit: number,
): Promise<AppointmentRow[]> {
  const { ids, branchId = null, customerId = null, status = null, fromOn = null, untilOn = null } = filter;
  const after = filter.after ?? null;
  const { rows } = await sql<AppointmentRow>`
    select appointment.id, appointment.branch_id, branch.code as branch, branch.name as branch_name,
      appointment.customer_id, customer.customer_number, customer.title, customer.forename, customer.surname,
      customer.company_name, appointment.vehicle_id, vehicle.registration, vehicle.vin, vehicle.make, vehicle.model,
      arrives_on, arrival_time, status, meanwhile, adviser_id, notes, booked_by, overbooked_because,
      overbooked_by, booked_at, arrived_at,
      work_started_at, ready_at, collected_at, ended_at, appointment.version, (
        select jsonb_agg(jsonb_build_object(
          'jobType', job_type, 'minutes', minutes, 'findingId', finding_id, 'item', finding.item
        ) order by job.position)
        from appointment_job job left join health_check_finding finding on finding.id = job.finding_id
        where job.appointment_id = appointment.id
      ) as jobs
    from appointment
    join branch on branch.id = appointment.branch_id
    join customer on customer.id = appointment.customer_id
    join vehicle on vehicle.id = appointment.vehicle_id
    where (${ids ?? null}::uuid[] is null or appointment.id = any(${ids ?? null}::uuid[]))
      and (${branchId}::smallint is null or appointment.branch_id = ${branchId})
      and (${customerId}::uuid is null or appointment.customer_id = ${customerId})
      and (${status}::text is null or status = ${status})
      and (${fromOn}::date is null or arrives_on >= ${fromOn}::date)
      and (${untilOn}::date is null or arrives_on <= ${untilOn}::date)
      and (${after === null} or (arrives_on, arrival_time, appointment.id) >
        (${after?.arrivesOn ?? null}::date, ${after?.arrivalTime ?? null}::text, ${after?.id ?? null}::uuid))
    order by arrives_on, arrival_time, appointment.id
    limit ${limit}`.execute(db);
  return rows;
}

export interface UseRow {
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly cars: number;
  readonly courtesyCars: number;
  readonly serviceMinutes: number;
  readonly motMinutes: number;
}

/** What takes room in the workshop of a branch, by day and arrival time. */
export async function findUse(
  db: Kysely<Tables>,
  {
    branchId,
    fromOn,
    untilOn,
    exceptId,
  }: {
    readonly branchId: number;
    readonly fromOn: string;
    readonly untilOn: string;
    readonly exceptId: string | null;
  },
): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select arrives_on, arrival_time, count(*)::int as cars,
      (count(*) filter (where meanwhile = 'courtesy_car'))::int as courtesy_cars,
      coalesce(sum(work.service_minutes), 0)::int as service_minutes,
      coalesce(sum(work.mot_minutes), 0)::int as mot_minutes
    from appointment cross join lateral (
      select sum(minutes) filter (where job_type <> 'mot') as service_minutes,
        sum(minutes) filter (where job_type = 'mot') as mot_minutes
      from appointment_job where appointment_id = appointment.id
    ) work
    where branch_id = ${branchId} and arrives_on between ${fromOn}::date and ${untilOn}::date
      and status not in ('cancelled', 'no_show') and id is distinct from ${exceptId}::uuid
    group by arrives_on, arrival_time`.execute(db);
  return rows;
}

/**
 * One booking into a day of a branch at a time, until the transaction ends, so that the last place is given once.
 * Take it last: whoever holds it waits for nobody.
 */
export async function lockDay(
  transaction: Transaction<Tables>,
  branchId: number,
  day: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workshop day ${branchId} ${day}`}, 0))`.execute(
    transaction,
  );
}

export interface BookedKeeper {
  readonly mergedIntoId: string | null;
  readonly isKeeper: boolean;
}

/** Whether a customer has a vehicle now; the record cannot be merged away until the transaction ends. */
export async function lockKeeper(
  transaction: Transaction<Tables>,
  customerId: string,
  vehicleId: string,
): Promise<BookedKeeper | undefined> {
  const { rows } = await sql<BookedKeeper>`
    select merged_into_id, exists (
      select from keeper
      where keeper.customer_id = customer.id and vehicle_id = ${vehicleId} and until_on is null
    ) as is_keeper
    from customer where id = ${customerId} for share`.execute(transaction);
  return rows[0];
}

export async function isStaff(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db.selectFrom('staffUser').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function findAdvisers(db: Kysely<Tables>): Promise<{ id: string; fullName: string }[]> {
  return db
    .selectFrom('staffUser')
    .select(['id', 'fullName'])
    .where('disabledAt', 'is', null)
    .orderBy('fullName')
    .limit(500)
    .execute();
}

export interface NewAppointmentRow {
  readonly id: string;
  readonly branchId: number;
  readonly customerId: string;
  readonly vehicleId: string;
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly meanwhile: string;
  readonly adviserId: string | null;
  readonly notes: string | null;
  readonly bookedBy: string;
  readonly overbookedBecause: string | null;
  readonly overbookedBy: string | null;
}

export async function insertAppointment(
  transaction: Transaction<Tables>,
  appointment: NewAppointmentRow,
  jobs: readonly JobRow[],
  at: number,
): Promise<void> {
  const bookedAt = toTimestamp(at);
  await transaction
    .insertInto('appointment')
    .values({ ...appointment, bookedAt, updatedAt: bookedAt })
    .execute();
  await insertJobs(transaction, appointment.id, jobs);
}

async function insertJobs(
  transaction: Transaction<Tables>,
  appointmentId: string,
  jobs: readonly JobRow[],
): Promise<void> {
  await transaction
    .insertInto('appointmentJob')
    .values(jobs.map((job, position) => ({ ...job, appointmentId, position })))
    .execute();
}

export async function replaceJobs(
  transaction: Transaction<Tables>,
  appointmentId: string,
  jobs: readonly JobRow[],
): Promise<void> {
  await transaction.deleteFrom('appointmentJob').where('appointmentId', '=', appointmentId).execute();
  await insertJobs(transaction, appointmentId, jobs);
}

/** Locks an appointment until the transaction ends; false when there is none. */
export async function lockAppointment(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const { rows } = await sql`select id from appointment where id = ${id} for update`.execute(transaction);
  return rows.length > 0;
}

export interface AppointmentColumns {
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly status: string;
  readonly meanwhile: string;
  readonly adviserId: string | null;
  readonly notes: string | null;
  readonly overbookedBecause: string | null;
  readonly overbookedBy: string | null;
  readonly arrivedAt: number | null;
  readonly workStartedAt: number | null;
  readonly readyAt: number | null;
  readonly collectedAt: number | null;
  readonly endedAt: number | null;
}

export async function updateAppointment(
  transaction: Transaction<Tables>,
  id: string,
  columns: AppointmentColumns,
  at: number,
): Promise<void> {
  const written = (instant: number | null): string | null => (instant === null ? null : toTimestamp(instant));
  await transaction
    .updateTable('appointment')
    .set((eb) => ({
      arrivesOn: columns.arrivesOn,
      arrivalTime: columns.arrivalTime,
      status: columns.status,
      meanwhile: columns.meanwhile,
      adviserId: columns.adviserId,
      notes: columns.notes,
      overbookedBecause: columns.overbookedBecause,
      overbookedBy: columns.overbookedBy,
      arrivedAt: written(columns.arrivedAt),
      workStartedAt: written(columns.workStartedAt),
      readyAt: written(columns.readyAt),
      collectedAt: written(columns.collectedAt),
      endedAt: written(columns.endedAt),
      version: eb('version', '+', 1),
      updatedAt: toTimestamp(at),
    }))
    .where('id', '=', id)
    .execute();
}
