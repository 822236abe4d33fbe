import { v7 as uuid } from 'uuid';
import { londonDateOf } from '../../../domain/london.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { findAppointments } from '../store.ts';
import type { GivenHealthCheck } from './contract.ts';
import type { DeferredRow, FindingRow, HealthCheckRow } from './store.ts';
import {
  advanceHealthCheck,
  findDeferred,
  findFindings,
  findHealthCheck,
  findReferred,
  insertHealthCheck,
  replaceFindings,
  setFindingsDone,
} from './store.ts';

/**
 * Vehicle health checks: what was found while a car was here, and what its keeper decided.
 * Guarantees that a finding belongs to the keeper it was shown to: a new keeper of the vehicle starts blank.
 */
export interface HealthCheck extends HealthCheckRow {
  readonly findings: readonly FindingRow[];
}

export type Deferred = DeferredRow;
type Transaction = Parameters<typeof replaceFindings>[0];

/** The check made at an appointment; null where there is none yet. */
export async function healthCheckOf(context: Context, appointmentId: string): Promise<HealthCheck | null> {
  return complete(context, await findHealthCheck(context.database.db, { appointmentId }));
}

/** Throws NotFoundError. */
export async function readHealthCheck(context: Context, id: string): Promise<HealthCheck> {
  const check = await complete(context, await findHealthCheck(context.database.db, { id }));
  if (check === null)
    throw new NotFoundError('There is no such health check.', { code: 'health-check-not-found' });
  return check;
}

/** Records what was found. Throws NotFoundError for an unknown appointment, ConflictError where it has a check. */
export async function recordHealthCheck(
  context: Context,
  appointmentId: string,
  given: GivenHealthCheck,
  actor: Actor,
): Promise<string> {
  const id = uuid();
  await inTransaction(context.database.db, async (transaction) => {
    const [appointment] = await findAppointments(transaction, { ids: [appointmentId] }, 1);
    if (appointment === undefined) {
      throw new NotFoundError('There is no such appointment.', { code: 'appointment-not-found' });
    }
    const { customerId, vehicleId } = appointment;
    const at = nowOf(context);
    const recordedBy = actor.id ?? actor.kind;
    const check = { id, appointmentId, customerId, vehicleId, checkedOn: londonDateOf(at), recordedBy, at };
    if (!(await insertHealthCheck(transaction, { ...check, mileage: given.mileage }))) {
      throw new ConflictError('This appointment has a health check already: read it and change it.', {
        code: 'health-check-there',
      });
    }
    await replaceFindings(transaction, id, findingsFrom(given, new Set()));
  });
  return id;
}

/**
 * Changes what was found or decided; a finding that is left out goes, unless a job is booked for it. Throws
 * NotFoundError, ConflictError `version-changed` when somebody else was first.
 */
export async function changeHealthCheck(
  context: Context,
  id: string,
  given: GivenHealthCheck,
  expectedVersion: number,
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    const check = await findHealthCheck(transaction, { id });
    if (check === undefined)
      throw new NotFoundError('There is no such health check.', { code: 'health-check-not-found' });
    if (!(await advanceHealthCheck(transaction, { id, mileage: given.mileage, expectedVersion }))) {
      throw new ConflictError('Somebody else changed this health check meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const known = new Set((await findFindings(transaction, id)).map((finding) => finding.id));
    const findings = findingsFrom(given, known);
    const kept = findings.map((finding) => finding.id);
    if ((await findReferred(transaction, id, kept)).length > 0) {
      throw new ConflictError('Work is booked for a finding that was left out: keep it.', {
        code: 'finding-booked',
      });
    }
    await replaceFindings(transaction, id, findings);
  });
}

/** What a customer deferred on the vehicles they still have. */
export async function deferredOf(context: Context, customerId: string): Promise<readonly Deferred[]> {
  return findDeferred(context.database.db, customerId);
}

/** Throws InvalidError unless each of these is deferred work of this customer on this vehicle. */
export async function requireDeferredIn(
  transaction: Transaction,
  customerId: string,
  vehicleId: string,
  findingIds: readonly string[],
): Promise<void> {
  if (findingIds.length === 0) return;
  const deferred = await findDeferred(transaction, customerId);
  const theirs = new Set(deferred.flatMap((row) => (row.vehicleId === vehicleId ? row.findingId : [])));
  if (findingIds.every((id) => theirs.has(id))) return;
  throw new InvalidError('This is no work that the customer deferred on this vehicle.', { field: 'jobs' });
}

/** The car was collected, so the work that it was here for is done. */
export async function completeFindingsIn(
  transaction: Transaction,
  findingIds: readonly string[],
): Promise<void> {
  if (findingIds.length > 0) await setFindingsDone(transaction, findingIds);
}

async function complete(context: Context, row: HealthCheckRow | undefined): Promise<HealthCheck | null> {
  if (row === undefined) return null;
  return { ...row, findings: await findFindings(context.database.db, row.id) };
}

/** A finding keeps its id only where it is one of this check; any other id is a new finding. */
function findingsFrom({ findings }: GivenHealthCheck, known: ReadonlySet<string>): FindingRow[] {
  return findings.map(({ id, ...finding }) => ({
    id: id !== undefined && known.has(id) ? id : uuid(),
    ...finding,
  }));
}
