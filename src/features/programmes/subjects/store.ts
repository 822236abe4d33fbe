import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';

export interface SubjectRow {
  readonly id: string;
  readonly birthOn: string | null;
  readonly lastSeenOn: string | null;
}

/** Who they are, and when they were last here or bought: what is known of it, whichever way. */
export async function findSubjects(db: Kysely<Tables>, ids: readonly string[]): Promise<SubjectRow[]> {
  const { rows } = await sql<SubjectRow>`
    select customer.id, customer.birth_on,
      greatest(
        (
          select max((appointment.collected_at at time zone 'Europe/London')::date)
          from appointment where appointment.customer_id = customer.id
        ),
        (select max(enquiry.sold_on) from enquiry where enquiry.customer_id = customer.id),
        (
          select max(greatest(keeper.from_on, vehicle.last_service_on))
          from keeper join vehicle on vehicle.id = keeper.vehicle_id
          where keeper.customer_id = customer.id
        )
      ) as last_seen_on
    from customer
    where customer.id = any(${[...ids]}::uuid[]) and customer.merged_into_id is null`.execute(db);
  return rows;
}

export interface SubjectVehicleRow {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly ownedUntil: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly boughtHereOn: string | null;
}

export async function findSubjectVehicles(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<SubjectVehicleRow[]> {
  const { rows } = await sql<SubjectVehicleRow>`
    select keeper.customer_id, keeper.vehicle_id, keeper.until_on as owned_until, vehicle.mot_due_on,
      vehicle.service_due_on, sold.on_day as bought_here_on
    from keeper
    join vehicle on vehicle.id = keeper.vehicle_id
    left join lateral (
      select max(enquiry.sold_on) as on_day from enquiry
      where enquiry.customer_id = keeper.customer_id and enquiry.sold_vehicle_id = keeper.vehicle_id
    ) sold on true
    where keeper.customer_id = any(${[...ids]}::uuid[])
    order by keeper.customer_id, keeper.vehicle_id`.execute(db);
  return rows;
}

export interface DoneWorkRow {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly jobType: string;
  readonly collectedOn: string;
}

/** The work for which cars were collected since a day. */
export async function findDoneWork(
  db: Kysely<Tables>,
  ids: readonly string[],
  since: string,
): Promise<DoneWorkRow[]> {
  const { rows } = await sql<DoneWorkRow>`
    select appointment.customer_id, appointment.vehicle_id, job.job_type,
      (appointment.collected_at at time zone 'Europe/London')::date as collected_on
    from appointment
    join appointment_job job on job.appointment_id = appointment.id
    where appointment.customer_id = any(${[...ids]}::uuid[]) and appointment.status = 'collected'
      and (appointment.collected_at at time zone 'Europe/London')::date >= ${since}::date
    order by appointment.collected_at, job.position`.execute(db);
  return rows;
}

export async function findDeferredWork(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ customerId: string; vehicleId: string; findingId: string; followUpOn: string }[]> {
  const { rows } = await sql<{
    customerId: string;
    vehicleId: string;
    findingId: string;
    followUpOn: string;
  }>`
    select health_check.customer_id, health_check.vehicle_id, finding.id as finding_id, finding.follow_up_on
    from health_check
    join health_check_finding finding on finding.health_check_id = health_check.id
    join keeper on keeper.customer_id = health_check.customer_id and keeper.vehicle_id = health_check.vehicle_id
      and keeper.until_on is null
      -- why: who parted with a vehicle and took it back keeps it afresh; what was found before is of the earlier time.
      and (keeper.from_on is null or keeper.from_on <= health_check.checked_on)
    where health_check.customer_id = any(${[...ids]}::uuid[]) and finding.outcome = 'deferred'
    order by finding.follow_up_on, finding.id`.execute(db);
  return rows;
}

export async function findOpenEnquiryDates(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ customerId: string; id: string; openedOn: string }[]> {
  const { rows } = await sql<{ customerId: string; id: string; openedOn: string }>`
    select customer_id, id, (opened_at at time zone 'Europe/London')::date as opened_on
    from enquiry
    where customer_id = any(${[...ids]}::uuid[]) and closed_at is null
    order by opened_at, id`.execute(db);
  return rows;
}
