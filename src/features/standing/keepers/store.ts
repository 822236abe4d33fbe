import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { channels } from '../../../domain/vocabulary.ts';
import type { ReadyRows } from '../../../platform/copying.ts';
import { copyLine, readyRows } from '../../../platform/copying.ts';
import type { StatementPart } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** The columns of a keeper's standing row, in the order of the channels. */
const codeColumns: readonly string[] = channels.map((channel) => `${channel}_service_follow_up`);

/** What criteria ask of a vehicle and its keeper. Written with a new row; triggers follow every later change. */
const criteriaNames =
  'make, model, first_registered_on, mot_due_on, service_due_on, last_service_on, mileage, until_on';
const criteriaColumns = sql.raw(criteriaNames);
const criteria =
  sql.raw(`lower(vehicle.make), lower(vehicle.model), vehicle.first_registered_on, vehicle.mot_due_on,
  vehicle.service_due_on, vehicle.last_service_on, vehicle.mileage, keeper.until_on`);

/** A keeper link with its codes, in the order of the channels. */
export interface KeeperCodes {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly codes: readonly number[];
}

/** Of a vehicle, what criteria ask of it, as it is entered. */
export interface VehicleCriteria {
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegisteredOn: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly lastServiceOn: string | null;
  readonly mileage: number | null;
}

/** The codes of a new link to a new vehicle, whose make and model are written in plain letters. */
export interface NewKeeperCodes extends KeeperCodes {
  readonly untilOn: string | null;
  readonly vehicle: VehicleCriteria;
}

/** The standing rows of links that are copied before them, with their vehicles. */
export function readyKeeperStandings(keepers: readonly NewKeeperCodes[]): ReadyRows {
  const lines = keepers.map(({ customerId, vehicleId, codes, untilOn, vehicle }) =>
    copyLine([
      customerId,
      vehicleId,
      ...codes,
      vehicle.make?.toLowerCase() ?? null,
      vehicle.model?.toLowerCase() ?? null,
      vehicle.firstRegisteredOn,
      vehicle.motDueOn,
      vehicle.serviceDueOn,
      vehicle.lastServiceOn,
      vehicle.mileage,
      untilOn,
    ]),
  );
  return readyRows(
    `keeper_standing (customer_id, vehicle_id, ${codeColumns.join(', ')}, ${criteriaNames})`,
    lines,
  );
}

/** Writes the standing rows of new keeper links. The customers are locked, their links and vehicles written. */
export async function insertKeeperStandings(
  db: Kysely<Tables>,
  keepers: readonly KeeperCodes[],
): Promise<void> {
  if (keepers.length === 0) return;
  await insertion(sql`${unnested(keepers)} as judged (${judgedColumns})`, sql`true`).execute(db);
}

/** The part of a statement that writes the standing rows of keeper links, new ones and known ones. */
export function keeperStatements(keepers: readonly KeeperCodes[]): StatementPart {
  const unknown = sql`not exists (
    select from keeper_standing known
    where known.customer_id = judged.customer_id and known.vehicle_id = judged.vehicle_id
  )`;
  return sql`judged_keeper as (
      select * from ${unnested(keepers)} as judged (${judgedColumns})
    ), keeping as (
      update keeper_standing kept set ${assigned(codeColumns, 'judged')}
      from judged_keeper judged
      where kept.customer_id = judged.customer_id and kept.vehicle_id = judged.vehicle_id
        and ${differs(codeColumns, 'kept', 'judged')}
    ), keeping_new as (${insertion(sql`judged_keeper judged`, unknown)})`;
}

/**
 * Vehicles are locked against changes until the transaction ends: whoever changes one then finds its new row to
 * be changed, too.
 */
function insertion(judged: StatementPart, wanted: StatementPart): StatementPart {
  return sql`
    insert into keeper_standing (customer_id, vehicle_id, ${sql.raw(codeColumns.join(', '))}, ${criteriaColumns})
    select judged.customer_id, judged.vehicle_id,
      ${sql.raw(codeColumns.map((column) => `judged.${column}`).join(', '))}, ${criteria}
    from ${judged}
    join keeper on keeper.customer_id = judged.customer_id and keeper.vehicle_id = judged.vehicle_id
    join vehicle on vehicle.id = judged.vehicle_id
    where ${wanted}
    for share of vehicle
    on conflict (customer_id, vehicle_id) do update set ${assigned(codeColumns, 'excluded')}`;
}

const judgedColumns = sql.raw(['customer_id', 'vehicle_id', ...codeColumns].join(', '));

function unnested(keepers: readonly KeeperCodes[]): StatementPart {
  return sql`unnest(
    ${keepers.map((keeper) => keeper.customerId)}::uuid[], ${keepers.map((keeper) => keeper.vehicleId)}::uuid[],
    ${arraysOf(keepers.map((keeper) => keeper.codes))}
  )`;
}

/** The codes of many rows as one array a channel. */
export function arraysOf(rows: readonly (readonly number[])[]): StatementPart {
  return sql.join(channels.map((_, index) => sql`${rows.map((codes) => codes[index])}::smallint[]`));
}

export function assigned(columns: readonly string[], from: string): StatementPart {
  return sql.raw(columns.map((column) => `${column} = ${from}.${column}`).join(', '));
}

export function differs(columns: readonly string[], own: string, other: string): StatementPart {
  const row = (of: string): string => columns.map((column) => `${of}.${column}`).join(', ');
  return sql.raw(`(${row(own)}) is distinct from (${row(other)})`);
}

/** The codes of each vehicle of these customers. */
export async function findKeeperCodes(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<Map<string, Map<string, readonly number[]>>> {
  const codes = sql.raw(`array[${codeColumns.join(', ')}]`);
  const { rows } = await sql<KeeperCodes>`
    select customer_id, vehicle_id, ${codes} as codes
    from keeper_standing where customer_id = any(${ids}::uuid[])`.execute(db);
  const vehicles = new Map<string, Map<string, readonly number[]>>();
  for (const row of rows) {
    const known = vehicles.get(row.customerId) ?? new Map<string, readonly number[]>();
    vehicles.set(row.customerId, known.set(row.vehicleId, row.codes));
  }
  return vehicles;
}
