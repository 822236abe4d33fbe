import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { categories, channels } from '../../domain/vocabulary.ts';
import type { ReadyRows } from '../../platform/copying.ts';
import { copyLine, readyRows } from '../../platform/copying.ts';
import type { StatementPart } from '../../platform/database.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';
import { arraysOf, assigned, differs, findKeeperCodes, keeperStatements } from './keepers/store.ts';

/** The columns of a standing row, in the order of `cellIndex`. */
const cellColumns: readonly string[] = channels.flatMap((channel) =>
  categories.map((category) => `${channel}_${category}`),
);

/** The columns of the answers about any vehicle, in the order of the channels. */
const aboutColumns: readonly string[] = channels.map((channel) => `${channel}_about_vehicles`);

/** A standing row as it is written; `codes` in the order of `cellColumns`, those about vehicles in that of the channels. */
export interface StandingRow {
  readonly customerId: string;
  readonly branchId: number;
  readonly policyVersionId: number;
  readonly judgedAt: number;
  readonly holdsUntil: number | null;
  readonly ledgerSequence: number;
  readonly reviewedAt: number | null;
  readonly namesThirdParties: boolean;
  readonly codes: readonly number[];
  /** See `codesAboutVehicles`. */
  readonly aboutVehicles: readonly number[];
  readonly vehicles: readonly { readonly vehicleId: string; readonly codes: readonly number[] }[];
}

const standingColumns: readonly string[] = [
  'customer_id',
  'branch_id',
  'policy_version_id',
  'judged_at',
  'holds_until',
  'ledger_sequence',
  'reviewed_at',
  'names_third_parties',
  ...cellColumns,
  ...aboutColumns,
];
const standingAssignments = assigned(standingColumns.slice(1), 'excluded');
/** A row judged again that says the same is not written: what it said then still holds, from the same instant on. */
const standingDiffers = differs(
  standingColumns.filter((column) => column !== 'customer_id' && column !== 'judged_at'),
  'permission_standing',
  'excluded',
);
const standingTargets = sql.raw(standingColumns.join(', '));
const standingCodes = sql.raw(
  [...cellColumns, ...aboutColumns].map((_, index) => `(codes ->> ${index})::smallint`).join(', '),
);

/** Writes standing rows alone, after something other than an entry changed a fact. */
export async function writeStandings(db: Kysely<Tables>, standings: readonly StandingRow[]): Promise<void> {
  if (standings.length === 0) return;
  await sql`with ${standingStatements(standings)} select 1`.execute(db);
}

/** The standing rows of customers who have none yet, ready to be copied. */
export function readyStandings(standings: readonly StandingRow[]): ReadyRows {
  const written = new Map<number, string>();
  const instant = (at: number | null): string | null => {
    if (at === null) return null;
    const text = written.get(at) ?? toTimestamp(at);
    written.set(at, text);
    return text;
  };
  const lines = standings.map((row) =>
    copyLine([
      row.customerId,
      row.branchId,
      row.policyVersionId,
      instant(row.judgedAt),
      instant(row.holdsUntil),
      row.ledgerSequence,
      instant(row.reviewedAt),
      row.namesThirdParties,
      ...row.codes,
      ...row.aboutVehicles,
    ]),
  );
  return readyRows(`permission_standing (${standingColumns.join(', ')})`, lines);
}

/** Writes what follows from the vehicles of customers whose own answers stay; they lapse no later than these rows. */
export async function followVehicles(db: Kysely<Tables>, standings: readonly StandingRow[]): Promise<void> {
  if (standings.length === 0) return;
  const lapses = standings.map(({ holdsUntil }) => (holdsUntil === null ? null : toTimestamp(holdsUntil)));
  await sql`
    update permission_standing standing
    set ${assigned(aboutColumns, 'judged')}, holds_until = least(standing.holds_until, judged.lapses_at)
    from unnest(
      ${standings.map((row) => row.customerId)}::uuid[], ${lapses}::timestamptz[],
      ${arraysOf(standings.map((row) => row.aboutVehicles))}
    ) as judged (customer_id, lapses_at, ${sql.raw(aboutColumns.join(', '))})
    where standing.customer_id = judged.customer_id
      and (${differs(aboutColumns, 'standing', 'judged')}
        or least(standing.holds_until, judged.lapses_at) is distinct from standing.holds_until)`.execute(db);
}

/** The part of a statement that writes standing rows, for whoever writes something else with them. */
export function standingStatements(standings: readonly StandingRow[]): StatementPart {
  const rows = JSON.stringify(
    standings.map((row) => ({
      customer_id: row.customerId,
      branch_id: row.branchId,
      policy_version_id: row.policyVersionId,
      judged_at: toTimestamp(row.judgedAt),
      holds_until: row.holdsUntil === null ? null : toTimestamp(row.holdsUntil),
      ledger_sequence: row.ledgerSequence,
      reviewed_at: row.reviewedAt === null ? null : toTimestamp(row.reviewedAt),
      names_third_parties: row.namesThirdParties,
      codes: [...row.codes, ...row.aboutVehicles],
    })),
  );
  const keepers = standings.flatMap(({ customerId, vehicles }) =>
    vehicles.map(({ vehicleId, codes }) => ({ customerId, vehicleId, codes })),
  );
  return sql`
    standing as (
      insert into permission_standing (${standingTargets})
      select customer_id, branch_id, policy_version_id, judged_at, holds_until, ledger_sequence, reviewed_at,
        names_third_parties, ${standingCodes}
      from jsonb_to_recordset(${rows}::jsonb) as standing (
        customer_id uuid, branch_id smallint, policy_version_id integer, judged_at timestamptz,
        holds_until timestamptz, ledger_sequence integer, reviewed_at timestamptz,
        names_third_parties boolean, codes jsonb
      )
      on conflict (customer_id) do update set ${standingAssignments} where ${standingDiffers}
    ), ${keeperStatements(keepers)}`;
}

/** Customers without a standing row that holds at an instant under a policy, a page of them. */
export async function findOutdated(
  db: Kysely<Tables>,
  policyVersionId: number,
  at: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    (select customer_id from permission_standing where policy_version_id < ${policyVersionId} limit ${limit})
    union
    (select customer_id from permission_standing where policy_version_id > ${policyVersionId} limit ${limit})
    union
    (select customer_id from permission_standing where holds_until <= ${toTimestamp(at)} limit ${limit})
    limit ${limit}`.execute(db);
  return rows.map((row) => row.customerId);
}

/** The next page of customers in the order of their ids. */
export async function findCustomerPage(
  db: Kysely<Tables>,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('customer')
    .select('id')
    .$if(after !== null, (query) => query.where('id', '>', after))
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** A standing row as it is stored, with the codes of each vehicle. */
export interface StoredAnswers {
  readonly policyVersionId: number;
  readonly judgedAt: number;
  readonly holdsUntil: number | null;
  readonly ledgerSequence: number;
  readonly codes: readonly number[];
  readonly aboutVehicles: readonly number[];
  readonly vehicles: ReadonlyMap<string, readonly number[]>;
}

export async function findStandings(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<Map<string, StoredAnswers>> {
  const codes = sql.raw(`array[${cellColumns.join(', ')}]`);
  const aboutCodes = sql.raw(`array[${aboutColumns.join(', ')}]`);
  const standings = await sql<Omit<StoredAnswers, 'vehicles'> & { customerId: string }>`
      select customer_id, policy_version_id, judged_at, holds_until, ledger_sequence, ${codes} as codes,
        ${aboutCodes} as about_vehicles
      from permission_standing where customer_id = any(${ids}::uuid[])`.execute(db);
  const vehicles = await findKeeperCodes(db, ids);
  return new Map(
    standings.rows.map((row) => [
      row.customerId,
      { ...row, vehicles: vehicles.get(row.customerId) ?? new Map<string, number[]>() },
    ]),
  );
}

/** Locks customers until the transaction ends, in the order of their ids so that nobody waits in a circle. */
export async function lockCustomers(transaction: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await sql`
    select 1 from customer where id = any(${ids}::uuid[]) order by id for no key update`.execute(transaction);
}
