import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface FindingRow {
  readonly id: string;
  readonly item: string;
  readonly severity: string;
  readonly pricePence: number | null;
  readonly labourMinutes: number | null;
  readonly outcome: string;
  readonly followUpOn: string | null;
}

export interface HealthCheckRow {
  readonly id: string;
  readonly appointmentId: string;
  readonly customerId: string;
  readonly vehicleId: string;
  readonly checkedOn: string;
  readonly mileage: number | null;
  readonly recordedBy: string;
  readonly version: number;
}

export async function findHealthCheck(
  db: Kysely<Tables>,
  by: { readonly appointmentId: string } | { readonly id: string },
): Promise<HealthCheckRow | undefined> {
  const [column, value] =
    'id' in by ? (['id', by.id] as const) : (['appointmentId', by.appointmentId] as const);
  return db
    .selectFrom('healthCheck')
    .select([
      'id',
      'appointmentId',
      'customerId',
      'vehicleId',
      'checkedOn',
      'mileage',
      'recordedBy',
      'version',
    ])
    .where(column, '=', value)
    .executeTakeFirst();
}

export async function findFindings(db: Kysely<Tables>, healthCheckId: string): Promise<FindingRow[]> {
  return db
    .selectFrom('healthCheckFinding')
    .select(['id', 'item', 'severity', 'pricePence', 'labourMinutes', 'outcome', 'followUpOn'])
    .where('healthCheckId', '=', healthCheckId)
    .orderBy('position')
    .execute();
}

/** False when the appointment has a health check already. */
export async function insertHealthCheck(
  transaction: Transaction<Tables>,
  { at, ...check }: Omit<HealthCheckRow, 'version'> & { readonly at: number },
): Promise<boolean> {
  const result = await transaction
    .insertInto('healthCheck')
    .values({ ...check, recordedAt: toTimestamp(at) })
    .onConflict((conflict) => conflict.column('appointmentId').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Advances the version of a health check; false when it is another one by now. */
export async function advanceHealthCheck(
  transaction: Transaction<Tables>,
  check: { readonly id: string; readonly mileage: number | null; readonly expectedVersion: number },
): Promise<boolean> {
  const result = await transaction
    .updateTable('healthCheck')
    .set((eb) => ({ mileage: check.mileage, version: eb('version', '+', 1) }))
    .where('id', '=', check.id)
    .where('version', '=', check.expectedVersion)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Writes the findings of a check in their order; what is not among them is gone. */
export async function replaceFindings(
  transaction: Transaction<Tables>,
  healthCheckId: string,
  findings: readonly FindingRow[],
): Promise<void> {
  const kept = findings.map(({ id }) => id);
  await sql`
    delete from health_check_finding
    where health_check_id = ${healthCheckId} and id <> all(${kept}::uuid[])`.execute(transaction);
  for (const [position, finding] of findings.entries()) {
    const { id, ...columns } = finding;
    await transaction
      .insertInto('healthCheckFinding')
      .values({ id, healthCheckId, position, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ position, ...columns }))
      .execute();
  }
}

export interface DeferredRow {
  readonly vehicleId: string;
  readonly findingId: string;
  readonly item: string;
  readonly severity: 'red' | 'amber';
  readonly pricePence: number | null;
  readonly labourMinutes: number | null;
  readonly checkedOn: string;
  readonly followUpOn: string;
}

/** What one customer deferred on vehicles that they still have, the earliest to come back to first. */
export async function findDeferred(db: Kysely<Tables>, customerId: string): Promise<DeferredRow[]> {
  const { rows } = await sql<DeferredRow>`
    select health_check.vehicle_id, finding.id as finding_id, item, severity, price_pence, labour_minutes,
      checked_on, follow_up_on
    from health_check
    join health_check_finding finding on finding.health_check_id = health_check.id
    join keeper on keeper.customer_id = health_check.customer_id and keeper.vehicle_id = health_check.vehicle_id
      and keeper.until_on is null
    where health_check.customer_id = ${customerId} and outcome = 'deferred'
      -- why: who parted with a vehicle and took it back keeps it afresh; what was found before is of the earlier time.
      and (keeper.from_on is null or keeper.from_on <= checked_on)
    order by follow_up_on, finding.id
    limit 200`.execute(db);
  return rows;
}

export async function setFindingsDone(
  transaction: Transaction<Tables>,
  findingIds: readonly string[],
): Promise<void> {
  await sql`
    update health_check_finding set outcome = 'done', follow_up_on = null
    where id = any(${[...findingIds]}::uuid[])`.execute(transaction);
}

/** Findings that a job still refers to. */
export async function findReferred(
  db: Kysely<Tables>,
  healthCheckId: string,
  kept: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select finding.id from health_check_finding finding
    where health_check_id = ${healthCheckId} and finding.id <> all(${[...kept]}::uuid[])
      and exists (select from appointment_job where finding_id = finding.id)`.execute(db);
  return rows.map(({ id }) => id);
}
