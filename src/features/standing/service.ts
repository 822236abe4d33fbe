import type { Facts } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { judgeStanding } from '../../domain/standing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { StatementPart } from '../../platform/database.ts';
import { inTransaction } from '../../platform/database.ts';
import { gatherFacts } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import { policyAt } from '../settings/service.ts';
import type { StoredAnswers, StandingRow as StoredStandingRow } from './store.ts';
import {
  countOutdatedRows,
  findCustomerPage,
  findOutdated,
  findStandings,
  lockCustomers,
  standingStatements,
  writeStandings,
} from './store.ts';

export type StandingRow = StoredStandingRow;

/**
 * The standing row of a customer: every cell judged by the one engine at one instant. It holds until the
 * clock alone could change an answer, and never beyond the instant at which another policy takes effect.
 */
export function standingRowOf(
  subject: { customerId: string; branchId: number; facts: Facts; state: PermissionState },
  policy: PolicyVersion,
  at: number,
): StandingRow {
  const standing = judgeStanding(subject.facts, policy.settings, at);
  return {
    customerId: subject.customerId,
    branchId: subject.branchId,
    policyVersionId: policy.id,
    judgedAt: at,
    holdsUntil: earlier(standing.holdsUntil, policy.nextEffectiveAt),
    ledgerSequence: subject.state.sequence,
    reviewedAt: subject.state.lastReviewAt,
    namesThirdParties: namesThirdParties(subject.facts),
    codes: standing.codes,
    vehicles: standing.vehicles,
  };
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Whether any answer names a company; those customers are judged from their facts, company by company. */
function namesThirdParties({ scopedCells }: Facts): boolean {
  if (scopedCells === null) return false;
  for (const key of scopedCells.keys()) {
    // Third-party cells are the third category of each channel, see cellIndex.
    if (Number(key.slice(0, key.indexOf(':'))) % 3 === 2) return true;
  }
  return false;
}

/** What writes standing rows, for a statement that writes something else with them. */
export function standingPart(rows: readonly StandingRow[]): StatementPart {
  return standingStatements(rows);
}

/** Which of these customers have stored answers that are not what the engine says; changes nothing. */
export async function findWrongAnswers(
  snapshot: Context['database']['db'],
  context: Context,
  ids: readonly string[],
): Promise<string[]> {
  const policy = await policyAt(context);
  const at = nowOf(context);
  const [gathered, stored] = await Promise.all([
    gatherFacts(snapshot, context, ids, policy.settings, at),
    findStandings(snapshot, ids),
  ]);
  return [...gathered.values()].flatMap(({ profile, facts, state }) => {
    const subject = { customerId: profile.id, branchId: profile.branchId, facts, state };
    const row = standingRowOf(subject, policy, at);
    return sameAnswers(row, stored.get(profile.id), policy.id) ? [] : [profile.id];
  });
}

type Transaction = Parameters<typeof lockCustomers>[0];

/**
 * Judges customers again after a fact outside the ledger changed (a number, a vehicle, a register), in the
 * transaction that changed it.
 */
export async function judgeAgain(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy?: PolicyVersion,
): Promise<void> {
  if (ids.length === 0) return;
  const inForce = policy ?? (await policyAt(context));
  await judgePage(transaction, context, ids, inForce, nowOf(context));
}

export interface RefreshProgress {
  /** Customers judged so far. */
  readonly judged: number;
}

export interface RefreshOptions {
  readonly onProgress?: (progress: RefreshProgress) => void;
}

const pageSize = 2_000;

/**
 * Judges again every customer whose standing row no longer holds: its time has run out, the policy is
 * another, or there is none yet. Afterwards bulk work may read codes for the present instant.
 */
export async function refreshStanding(context: Context, options: RefreshOptions = {}): Promise<number> {
  const { db } = context.database;
  const policy = await policyAt(context);
  let judged = 0;
  for (;;) {
    const at = nowOf(context);
    const ids = await findOutdated(db, policy.id, at, pageSize);
    if (ids.length === 0) return judged;
    await inTransaction(db, (transaction) => judgePage(transaction, context, ids, policy, at));
    judged += ids.length;
    options.onProgress?.({ judged });
  }
}

/** How many customers have no standing row that holds now. */
export async function countOutdated(context: Context): Promise<number> {
  const policy = await policyAt(context);
  return countOutdatedRows(context.database.db, policy.id, nowOf(context));
}

export interface RebuildReport {
  readonly judged: number;
  /** Customers whose stored codes were not what the engine says; they are now. */
  readonly differed: number;
}

/** Judges everybody again from the ledger and the facts, and says how many rows were not as they should be. */
export async function rebuildStanding(
  context: Context,
  options: RefreshOptions = {},
): Promise<RebuildReport> {
  const { db } = context.database;
  const policy = await policyAt(context);
  let judged = 0;
  let differed = 0;
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await findCustomerPage(db, after, pageSize);
    if (ids.length === 0) return { judged, differed };
    after = ids.at(-1) ?? null;
    differed += await inTransaction(db, async (transaction) => {
      await lockCustomers(transaction, ids);
      const stored = await findStandings(transaction, ids);
      const rows = await judgePage(transaction, context, ids, policy, nowOf(context));
      return rows.filter((row) => !sameAnswers(row, stored.get(row.customerId), policy.id)).length;
    });
    judged += ids.length;
    options.onProgress?.({ judged });
  }
}

/**
 * The customers are locked before their facts are read: whoever changes a fact of theirs judges them under
 * the same lock, so that no answer is ever written over a newer one.
 */
async function judgePage(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy: PolicyVersion,
  at: number,
): Promise<StandingRow[]> {
  await lockCustomers(transaction, ids);
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, at);
  const rows = [...gathered.values()].map(({ profile, facts, state }) =>
    standingRowOf({ customerId: profile.id, branchId: profile.branchId, facts, state }, policy, at),
  );
  await writeStandings(transaction, rows);
  return rows;
}

/** Whether a stored row gives the answers of a fresh one; a row that may lapse is not a wrong one. */
function sameAnswers(
  fresh: StandingRow,
  stored: StoredAnswers | undefined,
  policyVersionId: number,
): boolean {
  if (stored === undefined) return false;
  const lapsed = stored.holdsUntil !== null && stored.holdsUntil <= fresh.judgedAt;
  if (lapsed || stored.policyVersionId !== policyVersionId) return true;
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((code, index) => code === b[index]);
  return (
    stored.ledgerSequence === fresh.ledgerSequence &&
    same(fresh.codes, stored.codes) &&
    fresh.vehicles.length === stored.vehicles.size &&
    fresh.vehicles.every((vehicle) => same(vehicle.codes, stored.vehicles.get(vehicle.vehicleId) ?? []))
  );
}
