import type { Facts } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { judgeStanding } from '../../domain/standing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { StatementPart } from '../../platform/database.ts';
import { gatherFacts } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import type { StandingRow as StoredStandingRow } from './store.ts';
import { standingStatements, writeStandings } from './store.ts';

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

/** Judges customers again after a fact outside the ledger changed (a number, a vehicle, a register). */
export async function judgeAgain(
  db: Context['database']['db'],
  context: Context,
  ids: readonly string[],
  policy: PolicyVersion,
): Promise<void> {
  const at = nowOf(context);
  const gathered = await gatherFacts(db, context, ids, policy.settings, at);
  await writeStandings(
    db,
    [...gathered.values()].map(({ profile, facts, state }) =>
      standingRowOf({ customerId: profile.id, branchId: profile.branchId, facts, state }, policy, at),
    ),
  );
}
