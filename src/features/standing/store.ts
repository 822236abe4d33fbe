import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { categories, channels } from '../../domain/vocabulary.ts';
import type { StatementPart } from '../../platform/database.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

/** The columns of a standing row, in the order of `cellIndex`. */
export const cellColumns: readonly string[] = channels.flatMap((channel) =>
  categories.map((category) => `${channel}_${category}`),
);

/** The columns of a keeper's standing row, in the order of the channels. */
export const keeperColumns: readonly string[] = channels.map((channel) => `${channel}_service_follow_up`);

/** A standing row as it is written; `codes` in the order of `cellColumns`. */
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
  readonly vehicles: readonly { readonly vehicleId: string; readonly codes: readonly number[] }[];
}

const standingAssignments = sql.raw(
  [
    'branch_id',
    'policy_version_id',
    'judged_at',
    'holds_until',
    'ledger_sequence',
    'reviewed_at',
    'names_third_parties',
    ...cellColumns,
  ]
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);
const keeperAssignments = sql.raw(keeperColumns.map((column) => `${column} = excluded.${column}`).join(', '));
const standingTargets = sql.raw(
  [
    'customer_id',
    'branch_id',
    'policy_version_id',
    'judged_at',
    'holds_until',
    'ledger_sequence',
    'reviewed_at',
    'names_third_parties',
    ...cellColumns,
  ].join(', '),
);
const standingCodes = sql.raw(cellColumns.map((_, index) => `(codes ->> ${index})::smallint`).join(', '));
const keeperTargets = sql.raw(['customer_id', 'vehicle_id', ...keeperColumns].join(', '));
const keeperCodes = sql.raw(keeperColumns.map((_, index) => `(codes ->> ${index})::smallint`).join(', '));

/** Writes standing rows alone, after something other than an entry changed a fact. */
export async function writeStandings(db: Kysely<Tables>, standings: readonly StandingRow[]): Promise<void> {
  if (standings.length === 0) return;
  await sql`with ${standingStatements(standings)} select 1`.execute(db);
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
      codes: row.codes,
    })),
  );
  const keeperRows = JSON.stringify(
    standings.flatMap((row) =>
      row.vehicles.map((vehicle) => ({
        customer_id: row.customerId,
        vehicle_id: vehicle.vehicleId,
        codes: vehicle.codes,
      })),
    ),
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
      on conflict (customer_id) do update set ${standingAssignments}
    ), keeping as (
      insert into keeper_standing (${keeperTargets})
      select customer_id, vehicle_id, ${keeperCodes}
      from jsonb_to_recordset(${keeperRows}::jsonb) as keeping (
        customer_id uuid, vehicle_id uuid, codes jsonb
      )
      on conflict (customer_id, vehicle_id) do update set ${keeperAssignments}
    )`;
}
