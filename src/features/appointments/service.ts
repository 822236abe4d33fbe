import { validate as isUuid, v7 as uuid } from 'uuid';
import type { AppointmentStatus } from '../../domain/appointment-status.ts';
import { londonDateOf } from '../../domain/london.ts';
import type { DayUse, JobType, Meanwhile } from '../../domain/workshop.ts';
import { hoursOn, mayBeOverbooked, noRoomCodesFor, usualMinutes } from '../../domain/workshop.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf, within } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { findBranch } from '../branches/service.ts';
import type { OpenWork } from './booked-work/service.ts';
import { openWorkOf, recordBookedWorkIn } from './booked-work/service.ts';
import type { NewAppointment } from './contract.ts';
import { newAppointmentSchema } from './contract.ts';
import { useOf, whyNoRoom } from './diary/service.ts';
import { requireDeferredIn } from './health-checks/service.ts';
import { hoursOf } from './hours/service.ts';
import type { AppointmentPlace, AppointmentRow, JobRow } from './store.ts';
import { findAdvisers, findAppointments, insertAppointment, isStaff, lockDay, lockKeeper } from './store.ts';

/**
 * Cars booked into the workshop: when they come, what is done, and where they stand.
 * Guarantees that no day takes more than its workshop can do, whoever books at the same moment, and that what ends
 * a reminder is written with the booking.
 */
export type Appointment = AppointmentRow;
type Transaction = Parameters<typeof lockDay>[0];

/**
 * Books a car in; answers the id. Throws InvalidError for a day that has passed or a vehicle that is not theirs,
 * ConflictError with the code of `noRoomFor` where there is no room (any more). Whoever gives a reason to go beyond
 * what the day can do has been asked for the right to.
 */
export async function bookAppointment(
  context: Context,
  given: NewAppointment,
  actor: Actor,
): Promise<string> {
  const { branch, jobs: givenJobs, overbookedBecause, ...fields } = newAppointmentSchema.parse(given);
  const branchId = (await findBranch(context, branch)).id;
  requireNotPast(context, fields.arrivesOn);
  const jobs = jobsOf(givenJobs);
  const id = uuid();
  await inTransaction(context.database.db, async (transaction) => {
    const { customerId, vehicleId, arrivesOn, arrivalTime, meanwhile, notes = null } = fields;
    await requireKeeper(transaction, customerId, vehicleId);
    await requireDeferredIn(transaction, customerId, vehicleId, findingsOf(jobs));
    const adviserId = await adviserOf(transaction, fields.adviserId, actor);
    const asked = { branchId, arrivesOn, arrivalTime, jobs, meanwhile, id };
    const overbooked = await requireRoom(transaction, context, asked, overbooking(overbookedBecause, actor));
    const bookedBy = actor.id ?? actor.kind;
    const row = {
      id,
      branchId,
      customerId,
      vehicleId,
      arrivesOn,
      arrivalTime,
      meanwhile,
      adviserId,
      notes,
      bookedBy,
      ...overbooked,
    };
    await insertAppointment(transaction, row, jobs, nowOf(context));
    await recordBookedWorkIn(transaction, context, 'booked', {
      appointmentId: id,
      customerId,
      vehicleId,
      jobs,
    });
  });
  return id;
}

/** Throws NotFoundError. */
export async function readAppointment(context: Context, id: string): Promise<Appointment> {
  const [row] = await findAppointments(context.database.db, { ids: [id] }, 1);
  if (row === undefined) throw unknownAppointment();
  return row;
}

export interface AppointmentsQuestion {
  readonly branch?: string | undefined;
  readonly customerId?: string | undefined;
  readonly status?: AppointmentStatus | undefined;
  readonly fromOn?: string | undefined;
  readonly after: AppointmentPlace | null;
  readonly limit: number;
}

/** A page of appointments by day and time, from today on where nothing else is said. */
export async function listAppointments(
  context: Context,
  { branch, after, limit, ...question }: AppointmentsQuestion,
): Promise<{ appointments: readonly Appointment[]; next: AppointmentPlace | null }> {
  const filter = {
    branchId: branch === undefined ? null : (await findBranch(context, branch)).id,
    customerId: question.customerId ?? null,
    status: question.status ?? null,
    fromOn: question.fromOn ?? londonDateOf(nowOf(context)),
    after,
  };
  const rows = await findAppointments(context.database.db, filter, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next =
    last === undefined ? null : { arrivesOn: last.arrivesOn, arrivalTime: last.arrivalTime, id: last.id };
  return { appointments: page, next };
}

/** Every appointment of a customer, the earliest first. */
export async function appointmentsOf(context: Context, customerId: string): Promise<readonly Appointment[]> {
  return findAppointments(context.database.db, { customerId }, 1_000);
}

/** Who can look after an appointment. */
export async function listAdvisers(context: Context): Promise<{ id: string; fullName: string }[]> {
  return findAdvisers(context.database.db);
}

export function unknownAppointment(): NotFoundError {
  return new NotFoundError('There is no such appointment.', { code: 'appointment-not-found' });
}

/** What was asked for, with the usual time for what says none. */
export function jobsOf(
  given: readonly { jobType: JobType; minutes?: number | undefined; findingId?: string | null | undefined }[],
): (JobRow & { readonly jobType: JobType })[] {
  return given.map(({ jobType, minutes = usualMinutes[jobType], findingId = null }) => ({
    jobType,
    minutes,
    findingId,
  }));
}

export function findingsOf(jobs: readonly { readonly findingId: string | null }[]): string[] {
  return jobs.flatMap(({ findingId }) => findingId ?? []);
}

export function requireNotPast(context: Context, arrivesOn: string): void {
  if (arrivesOn >= londonDateOf(nowOf(context))) return;
  throw new InvalidError('This day has passed: choose today or a later one.', { field: 'arrivesOn' });
}

async function requireKeeper(transaction: Transaction, customerId: string, vehicleId: string): Promise<void> {
  const keeper = await lockKeeper(transaction, customerId, vehicleId);
  if (keeper === undefined)
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  if (keeper.mergedIntoId !== null) {
    throw new ConflictError('This record became part of another one: book that one in.', {
      code: 'customer-merged',
    });
  }
  if (keeper.isKeeper) return;
  throw new InvalidError('This vehicle is not the customer’s now: make it theirs first.', {
    field: 'vehicleId',
  });
}

/** A member of staff that was named, or whoever books; a program that books looks after nobody. */
export async function adviserOf(
  transaction: Transaction,
  wanted: string | null | undefined,
  actor: Actor | null,
): Promise<string | null> {
  if (wanted === null) return null;
  const id = wanted ?? actor?.id ?? null;
  if (id !== null && isUuid(id) && (await isStaff(transaction, id))) return id;
  if (wanted === undefined) return null;
  throw new InvalidError('There is no such member of staff.', { field: 'adviserId' });
}

interface AskedRoom {
  readonly id: string;
  readonly branchId: number;
  readonly arrivesOn: string;
  readonly arrivalTime: string;
  readonly jobs: readonly JobRow[];
  readonly meanwhile: string;
}

/** A booking beyond what the day can do, as it is kept; nulls where there is room. */
interface Overbooked {
  readonly overbookedBecause: string | null;
  readonly overbookedBy: string | null;
}

export function overbooking(because: string | undefined, actor: Actor): Overbooked | null {
  return because === undefined ? null : { overbookedBecause: because, overbookedBy: actor.id ?? actor.kind };
}

/**
 * Holds the day until the transaction ends, then looks: of two who ask for the last place, the second is told what is
 * full and what is free. Answers whether it goes beyond what the day can do, for the reason that is given.
 */
export async function requireRoom(
  transaction: Transaction,
  context: Context,
  asked: AskedRoom,
  beyond: Overbooked | null,
): Promise<Overbooked> {
  const { branchId, arrivesOn, arrivalTime } = asked;
  await lockDay(transaction, branchId, arrivesOn);
  const there = within(context, transaction);
  const { settings } = await hoursOf(there, branchId);
  const use: DayUse = (
    await useOf(there, { branchId, fromOn: arrivesOn, untilOn: arrivesOn, exceptId: asked.id })
  )(arrivesOn);
  const work = {
    jobs: asked.jobs as readonly { readonly jobType: JobType; readonly minutes: number }[],
    meanwhile: asked.meanwhile as Meanwhile,
  };
  const codes = noRoomCodesFor(hoursOn(settings, arrivesOn), use, arrivalTime, work);
  const code = codes.find((each) => beyond === null || !mayBeOverbooked(each));
  if (code !== undefined) {
    const sentence = await whyNoRoom(
      there,
      { branchId, work, exceptId: asked.id },
      { arrivesOn, arrivalTime },
      code,
    );
    throw new ConflictError(sentence, { code });
  }
  return codes.length > 0 && beyond !== null ? beyond : { overbookedBecause: null, overbookedBy: null };
}

/** The work that is booked or under way for each vehicle now: whoever reminds customers of it does not. */
export async function workUnderWay(
  context: Context,
  vehicleIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenWork[]>> {
  return openWorkOf(context, vehicleIds);
}
