import { addMonths, londonDateOf } from '../../../domain/london.ts';
import type { MergeChoices, MergeDetail, MergeSide } from '../../../domain/merge-choices.ts';
import { mergeDetails, personName, refusedChoice, suggestMerge } from '../../../domain/merge-choices.ts';
import { searchNamesOf } from '../../../domain/person-name.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { listBranches } from '../../branches/service.ts';
import { markSharedIn } from '../../contact-points/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import { recordEntriesIn } from '../../ledger/service.ts';
import type { PolicyVersion } from '../../settings/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { StandingRow } from '../../standing/service.ts';
import { judgeAgain, standingRowOf } from '../../standing/service.ts';
import type { Comparison } from '../comparing/service.ts';
import { comparison } from '../comparing/service.ts';
import { moveChecksIn, settlePairIn } from '../pairs/service.ts';
import { unknownCustomer } from '../profile.ts';
import type { CustomerRow } from '../store.ts';
import { lockCustomer, updateCustomer } from '../store.ts';
import {
  findContactPointIds,
  findNormalised,
  joinProfiles,
  leaveOutContactPoints,
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

/** What is chosen of the two; whatever is left out is taken as it is suggested. */
export interface MergeWishes {
  readonly choices?: Partial<MergeChoices>;
  /** Numbers and addresses that are not in use afterwards. */
  readonly leaveOut?: readonly string[];
}

/** A detail on each record, and from which of them it is taken. */
export interface MergedDetail {
  readonly detail: MergeDetail;
  readonly survivor: string | null;
  readonly absorbed: string | null;
  readonly chosen: MergeSide;
  readonly because: string;
  readonly mayChoose: boolean;
}

export interface MergeOutcome extends MergePair, Comparison {
  readonly dryRun: boolean;
  readonly details: readonly MergedDetail[];
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
 * Throws NotFoundError, InvalidError for a record with itself or a choice that may not be made, ConflictError when one of
 * the two is part of another record already.
 */
export async function mergeRecords(
  context: Context,
  pair: MergePair,
  actor: Actor,
  dryRun: boolean,
  wishes: MergeWishes = {},
): Promise<MergeOutcome> {
  if (pair.survivorId === pair.absorbedId) {
    throw new InvalidError('A record cannot be merged with itself: name the other one.', {
      field: 'absorbed',
    });
  }
  const policy = await policyAt(context);
  try {
    return await inTransaction(context.database.db, async (transaction) => {
      const outcome = await mergeIn(transaction, context, pair, actor, policy, wishes);
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
  wishes: MergeWishes,
): Promise<MergeOutcome> {
  const { survivorId, absorbedId } = pair;
  const rows = { ...pair, at: nowOf(context) };
  const records = await lockBoth(transaction, pair);
  await requireContactPoints(transaction, pair, wishes.leaveOut ?? []);
  const details = await chosenDetails(context, records, policy, wishes.choices ?? {});
  // What each record says is what it says without the check that ends here.
  await settlePairIn(transaction, context, [survivorId, absorbedId], 'merged', actor, policy);
  await moveChecksIn(transaction, context, pair, actor, policy);
  const before = await standingsOf(transaction, context, [survivorId, absorbedId], policy);
  const normalised = [
    ...(await findNormalised(transaction, survivorId)),
    ...(await findNormalised(transaction, absorbedId)),
  ];
  const points = await moveContactPoints(transaction, rows);
  await leaveOutContactPoints(transaction, rows, wishes.leaveOut ?? []);
  const vehiclesMoved = await moveVehicles(transaction, rows);
  await moveAppointments(transaction, rows);
  await moveEnquiries(transaction, pair);
  await moveNotesAndTasks(transaction, pair);
  await updateCustomer(transaction, survivorId, profileOf(records, details), rows.at);
  await joinProfiles(transaction, rows);
  await markSharedIn(transaction, normalised);
  const act = { kind: 'merged', absorbedCustomerId: absorbedId } as const;
  const draft = { customerId: survivorId, act, occurredAt: null, actor };
  const [entry] = await recordEntriesIn(transaction, context, [draft], policy);
  await judgeAgain(transaction, context, [absorbedId], policy);
  const inside = within(context, transaction);
  const compared = {
    survivor: before.get(survivorId),
    absorbed: before.get(absorbedId),
    merged: entry?.standing,
  };
  return {
    ...pair,
    dryRun: false,
    details,
    ...(await comparison(inside, survivorId, compared)),
    contactPointsMoved: points.length,
    vehiclesMoved,
  };
}

interface BothRecords {
  readonly survivor: CustomerRow;
  readonly absorbed: CustomerRow;
}

// why: always in the order of the ids, so that two people who merge the same pair never wait for each other.
async function lockBoth(
  transaction: Transaction,
  { survivorId, absorbedId }: MergePair,
): Promise<BothRecords> {
  const locked = new Map<string, CustomerRow>();
  for (const id of [survivorId, absorbedId].sort()) {
    const customer = await lockCustomer(transaction, id);
    if (customer === undefined) throw unknownCustomer();
    if (customer.mergedIntoId !== null) {
      throw new ConflictError('One of these records is part of another one already: merge that one.', {
        code: 'customer-merged',
      });
    }
    locked.set(id, customer);
  }
  const [survivor, absorbed] = [locked.get(survivorId), locked.get(absorbedId)];
  if (survivor === undefined || absorbed === undefined) throw unknownCustomer();
  return { survivor, absorbed };
}

/** Throws InvalidError for a number or address that neither record has: whoever left it out saw something else. */
async function requireContactPoints(
  transaction: Transaction,
  pair: MergePair,
  ids: readonly string[],
): Promise<void> {
  const known = await findContactPointIds(transaction, pair, ids);
  if (ids.every((id) => known.has(id.toLowerCase()))) return;
  throw new InvalidError('A number or address to leave out is not in use on either record: look again.', {
    field: 'leaveOut',
  });
}

/** Each detail on both records, with the one that is taken. Throws InvalidError for a choice that may not be made. */
async function chosenDetails(
  context: Context,
  { survivor, absorbed }: BothRecords,
  policy: PolicyVersion,
  chosen: Partial<MergeChoices>,
): Promise<MergedDetail[]> {
  const branches = await listBranches(context);
  const branchOf = (id: number) => branches.find((branch) => branch.id === id);
  const mergeable = (row: CustomerRow) => ({
    ...row,
    legalEntityId: branchOf(row.branchId)?.legalEntityId ?? 0,
  });
  const today = londonDateOf(nowOf(context));
  const adultsBornBy = addMonths(today, -12 * policy.settings.childAge);
  const suggested = suggestMerge(mergeable(survivor), mergeable(absorbed), adultsBornBy);
  const refused = refusedChoice(suggested, chosen);
  if (refused !== null) throw new InvalidError(suggested[refused].because, { field: `choices.${refused}` });
  const textOf = (row: CustomerRow): Record<MergeDetail, string | null> => ({
    name: personName(row),
    company: row.companyName,
    kind: row.kind,
    birthOn: row.birthOn,
    branch: branchOf(row.branchId)?.name ?? null,
  });
  return mergeDetails.map((detail) => ({
    detail,
    survivor: textOf(survivor)[detail],
    absorbed: textOf(absorbed)[detail],
    chosen: chosen[detail] ?? suggested[detail].side,
    because: suggested[detail].because,
    mayChoose: suggested[detail].mayChoose,
  }));
}

function profileOf({ survivor, absorbed }: BothRecords, details: readonly MergedDetail[]) {
  const taken = (wanted: MergeDetail): CustomerRow =>
    details.find(({ detail }) => detail === wanted)?.chosen === 'absorbed' ? absorbed : survivor;
  const { title, forename, surname } = taken('name');
  const names = { title, forename, surname, companyName: taken('company').companyName };
  return {
    ...names,
    ...searchNamesOf(names),
    kind: taken('kind').kind,
    birthOn: taken('birthOn').birthOn,
    branchId: taken('branch').branchId,
  };
}

async function standingsOf(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy: PolicyVersion,
): Promise<Map<string, StandingRow>> {
  const at = nowOf(context);
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, at);
  return new Map(
    [...gathered.values()].map(({ profile, facts, state }) => {
      const subject = { customerId: profile.id, branchId: profile.branchId, facts, state };
      return [profile.id, standingRowOf(subject, policy, at)] as const;
    }),
  );
}
