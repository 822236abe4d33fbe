import { standingAnswer } from '../../../domain/standing.ts';
import type { Category, Channel } from '../../../domain/vocabulary.ts';
import { categories, channels } from '../../../domain/vocabulary.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { markSharedIn } from '../../contact-points/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import { recordEntriesIn } from '../../ledger/service.ts';
import type { PolicyVersion } from '../../settings/service.ts';
import { policyAt } from '../../settings/service.ts';
import { judgeAgain, standingRowOf } from '../../standing/service.ts';
import { moveChecksIn, settlePairIn } from '../pairs/service.ts';
import { unknownCustomer } from '../profile.ts';
import { lockCustomer } from '../store.ts';
import {
  findNormalised,
  joinProfiles,
  moveAppointments,
  moveContactPoints,
  moveEnquiries,
  moveNotesAndTasks,
  moveVehicles,
} from './store.ts';

/**
 * Two records of one person become one. Guarantees that no no of either is lost, that both chains stay as
 * they are, and that the absorbed record is contacted no more.
 */
export interface MergePair {
  readonly survivorId: string;
  readonly absorbedId: string;
}

/** One box of the grid, before on each record and afterwards. */
export interface MergedCell {
  readonly channel: Channel;
  readonly category: Category;
  readonly survivorAllowed: boolean;
  readonly absorbedAllowed: boolean;
  readonly mergedAllowed: boolean;
  /** Why the merged record may or may not be contacted. */
  readonly reasons: readonly string[];
}

export interface MergeOutcome extends MergePair {
  readonly dryRun: boolean;
  readonly cells: readonly MergedCell[];
  readonly contactPointsMoved: number;
  readonly vehiclesMoved: number;
}

type Transaction = Parameters<typeof lockCustomer>[0];

/** Carries the outcome out of a transaction that must leave nothing behind. */
class DryRun extends Error {
  readonly outcome: MergeOutcome;
  constructor(outcome: MergeOutcome) {
    super('A dry run is rolled back.');
    this.outcome = outcome;
  }
}

/**
 * Throws NotFoundError, InvalidError for a record with itself, ConflictError when one of the two is part of
 * another record already.
 */
export async function mergeRecords(
  context: Context,
  pair: MergePair,
  actor: Actor,
  dryRun: boolean,
): Promise<MergeOutcome> {
  if (pair.survivorId === pair.absorbedId) {
    throw new InvalidError('A record cannot be merged with itself: name the other one.', {
      field: 'absorbed',
    });
  }
  const policy = await policyAt(context);
  try {
    return await inTransaction(context.database.db, async (transaction) => {
      const outcome = await mergeIn(transaction, context, pair, actor, policy);
      if (dryRun) throw new DryRun({ ...outcome, dryRun });
      return outcome;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.outcome;
    throw error;
  }
}

async function mergeIn(
  transaction: Transaction,
  context: Context,
  pair: MergePair,
  actor: Actor,
  policy: PolicyVersion,
): Promise<MergeOutcome> {
  const { survivorId, absorbedId } = pair;
  await lockBoth(transaction, pair);
  // What each record says is what it says without the check that ends here.
  await settlePairIn(transaction, context, [survivorId, absorbedId], 'merged', actor, policy);
  await moveChecksIn(transaction, context, pair, actor, policy);
  const before = await codesOf(transaction, context, [survivorId, absorbedId], policy);
  const rows = { ...pair, at: nowOf(context) };
  const normalised = [
    ...(await findNormalised(transaction, survivorId)),
    ...(await findNormalised(transaction, absorbedId)),
  ];
  const points = await moveContactPoints(transaction, rows);
  const vehiclesMoved = await moveVehicles(transaction, rows);
  await moveAppointments(transaction, rows);
  await moveEnquiries(transaction, pair);
  await moveNotesAndTasks(transaction, pair);
  await joinProfiles(transaction, rows);
  await markSharedIn(transaction, normalised);
  const act = { kind: 'merged', absorbedCustomerId: absorbedId } as const;
  const draft = { customerId: survivorId, act, occurredAt: null, actor };
  const [entry] = await recordEntriesIn(transaction, context, [draft], policy);
  await judgeAgain(transaction, context, [absorbedId], policy);
  return {
    ...pair,
    dryRun: false,
    cells: mergedCells(before.get(survivorId), before.get(absorbedId), entry?.standing.codes),
    contactPointsMoved: points.length,
    vehiclesMoved,
  };
}

// why: always in the order of the ids, so that two people who merge the same pair never wait for each other.
async function lockBoth(transaction: Transaction, { survivorId, absorbedId }: MergePair): Promise<void> {
  for (const id of [survivorId, absorbedId].sort()) {
    const customer = await lockCustomer(transaction, id);
    if (customer === undefined) throw unknownCustomer();
    if (customer.mergedIntoId !== null) {
      throw new ConflictError('One of these records is part of another one already: merge that one.', {
        code: 'customer-merged',
      });
    }
  }
}

async function codesOf(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy: PolicyVersion,
): Promise<Map<string, readonly number[]>> {
  const at = nowOf(context);
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, at);
  return new Map(
    [...gathered.values()].map(({ profile, facts, state }) => {
      const subject = { customerId: profile.id, branchId: profile.branchId, facts, state };
      return [profile.id, standingRowOf(subject, policy, at).codes] as const;
    }),
  );
}

function mergedCells(
  survivor: readonly number[] = [],
  absorbed: readonly number[] = [],
  merged: readonly number[] = [],
): MergedCell[] {
  return channels.flatMap((channel, row) =>
    categories.map((category, column) => {
      const at = row * categories.length + column;
      const isAllowed = (code: number | undefined): boolean =>
        code !== undefined && standingAnswer(code).allowed;
      const after = merged[at];
      return {
        channel,
        category,
        survivorAllowed: isAllowed(survivor[at]),
        absorbedAllowed: isAllowed(absorbed[at]),
        mergedAllowed: isAllowed(after),
        reasons: after === undefined ? [] : standingAnswer(after).reasons,
      };
    }),
  );
}
