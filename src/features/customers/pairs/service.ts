import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { gatherFacts } from '../../facts/service.ts';
import { recordEntriesIn } from '../../ledger/service.ts';
import type { PolicyVersion } from '../../settings/service.ts';
import { policyAt } from '../../settings/service.ts';
import { actorNames } from '../../users/service.ts';
import { unknownCustomer } from '../profile.ts';
import { lockCustomer } from '../store.ts';
import type { KnownPairRow, PairRow, PairState } from './store.ts';
import { findPair, findPairsOf, lockChecksOf, writePair } from './store.ts';

/**
 * Two records that may be one person. Guarantees that marketing to either waits from the moment somebody says so
 * until the two are merged or told apart, that this never ends by itself, and that it is an entry in both ledgers.
 */
export type PairJudgement = 'probably_same' | 'different' | 'undecided';

export interface KnownPair extends Omit<KnownPairRow, 'judgedAt' | 'judgedBy' | 'state'> {
  readonly state: 'checking' | 'different';
  /** Milliseconds. */
  readonly at: number;
  readonly by: string | null;
}

type Transaction = Parameters<typeof lockCustomer>[0];

/** What is said of a record and others: those being checked, and those who are not the same person. */
export async function pairsOf(context: Context, customerId: string): Promise<KnownPair[]> {
  const rows = await findPairsOf(context.database.db, customerId);
  const names = await actorNames(
    context,
    rows.map(({ judgedBy }) => judgedBy),
  );
  return rows.map(({ judgedAt, judgedBy, state, ...other }) => ({
    ...other,
    state: state === 'checking' ? 'checking' : 'different',
    at: judgedAt,
    by: names.get(judgedBy) ?? null,
  }));
}

/**
 * Says what two records are to one another. Saying again what holds changes nothing.
 *
 * Throws NotFoundError, InvalidError for a record with itself, ConflictError when one of the two is part of another
 * record already, or when a check is to end without an answer.
 */
export async function judgePair(
  context: Context,
  ids: readonly [string, string],
  judgement: PairJudgement,
  actor: Actor,
): Promise<void> {
  if (ids[0] === ids[1]) {
    throw new InvalidError('A record cannot be another person than itself: name the other one.', {
      field: 'other',
    });
  }
  const policy = await policyAt(context);
  await inTransaction(context.database.db, async (transaction) => {
    await lockPair(transaction, ids);
    const state = judgement === 'probably_same' ? 'checking' : judgement;
    const [lowId, highId] = ordered(ids);
    const known = await findPair(transaction, lowId, highId);
    if (known?.state === state) return;
    if (known?.state === 'checking' && state === 'undecided') {
      throw new ConflictError('These two are being checked: merge them, or say that they are two people.', {
        code: 'pair-being-checked',
      });
    }
    if (state === 'checking') await beginCheckIn(transaction, context, ids, actor, policy);
    else await settlePairIn(transaction, context, ids, state, actor, policy);
  });
}

// why: always in the order of the ids, so that two people who judge the same pair never wait for each other.
async function lockPair(transaction: Transaction, ids: readonly [string, string]): Promise<void> {
  for (const id of ordered(ids)) {
    const customer = await lockCustomer(transaction, id);
    if (customer === undefined) throw unknownCustomer();
    if (customer.mergedIntoId !== null) {
      throw new ConflictError('One of these records is part of another one already.', {
        code: 'customer-merged',
      });
    }
  }
}

function ordered(ids: readonly [string, string]): [low: string, high: string] {
  return ids[0] < ids[1] ? [ids[0], ids[1]] : [ids[1], ids[0]];
}

/** From now on marketing to either waits. The caller holds both locks. */
async function beginCheckIn(
  transaction: Transaction,
  context: Context,
  ids: readonly [string, string],
  actor: Actor,
  policy: PolicyVersion,
): Promise<void> {
  const [lowId, highId] = ordered(ids);
  const lowStopped = await stopMarketing(transaction, context, lowId, actor, policy);
  const highStopped = await stopMarketing(transaction, context, highId, actor, policy);
  const pair = { lowId, highId, state: 'checking', lowStopped, highStopped } as const;
  await writePair(transaction, { ...pair, ...judgedBy(context, actor) });
}

/** Whether the check is what stops marketing to this record: another check may have before, or somebody by hand. */
async function stopMarketing(
  transaction: Transaction,
  context: Context,
  customerId: string,
  actor: Actor,
  policy: PolicyVersion,
): Promise<boolean> {
  const now = nowOf(context);
  const known = (await gatherFacts(transaction, context, [customerId], policy.settings, now)).get(customerId);
  if (known?.state.statuses.has('identity_unresolved') === true) {
    const others = await lockChecksOf(transaction, customerId);
    return others.some((pair) => stopped(pair, customerId));
  }
  await recordStatus(transaction, context, customerId, true, actor, policy);
  return true;
}

/**
 * Ends what was open about two records, if anything was: marketing to a record is no longer held up unless another
 * check, or somebody by hand, holds it up. The caller holds both locks.
 */
export async function settlePairIn(
  transaction: Transaction,
  context: Context,
  ids: readonly [string, string],
  state: Exclude<PairState, 'checking'>,
  actor: Actor,
  policy: PolicyVersion,
): Promise<void> {
  const [lowId, highId] = ordered(ids);
  const known = await findPair(transaction, lowId, highId);
  const settled = { lowId, highId, state, lowStopped: false, highStopped: false };
  await writePair(transaction, { ...settled, ...judgedBy(context, actor) });
  if (known?.state !== 'checking') return;
  for (const id of [lowId, highId]) {
    const others = await lockChecksOf(transaction, id);
    if (!stopped(known, id) || others.length > 0) continue;
    await recordStatus(transaction, context, id, false, actor, policy);
  }
}

/**
 * Whatever else the absorbed record is being checked against, the surviving one is from now on. The caller holds the
 * locks of both, before they become one.
 */
export async function moveChecksIn(
  transaction: Transaction,
  context: Context,
  { survivorId, absorbedId }: { readonly survivorId: string; readonly absorbedId: string },
  actor: Actor,
  policy: PolicyVersion,
): Promise<void> {
  for (const pair of await lockChecksOf(transaction, absorbedId)) {
    const otherId = pair.lowId === absorbedId ? pair.highId : pair.lowId;
    await beginCheckIn(transaction, context, [survivorId, otherId], actor, policy);
    await settlePairIn(transaction, context, [absorbedId, otherId], 'merged', actor, policy);
  }
}

/**
 * Throws ConflictError while a check holds up marketing to a record: it ends by merging or by telling the two apart, not
 * by a status.
 */
export async function requireNoCheck(context: Context, customerId: string): Promise<void> {
  const pairs = await findPairsOf(context.database.db, customerId);
  if (pairs.every(({ state }) => state !== 'checking')) return;
  throw new ConflictError(
    'It is being checked whether this is the same person as another record: merge the two, or say that they are not.',
    { code: 'pair-being-checked' },
  );
}

function stopped(pair: PairRow, customerId: string): boolean {
  return pair.lowId === customerId ? pair.lowStopped : pair.highStopped;
}

function judgedBy(context: Context, actor: Actor): { readonly at: number; readonly by: string } {
  return { at: nowOf(context), by: actor.id ?? actor.kind };
}

async function recordStatus(
  transaction: Transaction,
  context: Context,
  customerId: string,
  value: boolean,
  actor: Actor,
  policy: PolicyVersion,
): Promise<void> {
  const act = { kind: 'status_set', status: 'identity_unresolved', value } as const;
  await recordEntriesIn(transaction, context, [{ customerId, act, occurredAt: null, actor }], policy);
}
