import type { PermissionState } from '../../domain/fold.ts';
import { fold } from '../../domain/fold.ts';
import type { LedgerAct, LedgerCell, LedgerEvent } from '../../domain/ledger-event.ts';
import type { Method } from '../../domain/vocabulary.ts';
import { NotFoundError } from '../../platform/application-error.ts';
import type { BulkConnection } from '../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { ReadyRows } from '../../platform/copying.ts';
import { takeTurns } from '../../platform/turns.ts';
import type { GatheredFacts } from '../facts/service.ts';
import { assembleFacts, gatherFacts, readChains } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import type { StandingRow } from '../standing/service.ts';
import { judgeAgain, readyNewStandings, standingJudge, standingPart } from '../standing/service.ts';
import { appendTo } from './appending.ts';
import type { ChainFault } from './chain.ts';
import { emptyChain, verifyChain } from './chain.ts';
import type { NewEntry, UnvoidedEntries } from './store.ts';
import {
  findChainPage,
  findHeads,
  lockHeads,
  lockWithSurvivors,
  readUnvoided,
  readyFirstEntries,
  writeEntries,
} from './store.ts';

/** An act to be written to the ledger of one customer, before it has a place in the chain. */
export interface LedgerDraft {
  readonly customerId: string;
  readonly act: LedgerAct;
  readonly cells?: readonly Omit<LedgerCell, 'before'>[];
  /** When the customer acted, milliseconds; null when nobody knows. */
  readonly occurredAt: number | null;
  readonly actor: Actor;
  readonly method?: Method | null;
  readonly wordingHash?: string | null;
  readonly evidenceCommitment?: string | null;
  /** The controller; by default the one of the customer's branch. */
  readonly legalEntityId?: number;
  readonly batchId?: string | null;
  readonly corrects?: number | null;
  /** The ledger position the act was made against; another one since then is a ConflictError. */
  readonly expectedSequence?: number;
}

export interface RecordedEntry {
  readonly event: LedgerEvent;
  readonly state: PermissionState;
  readonly standing: StandingRow;
}

export type TransactionOf = Parameters<typeof lockHeads>[0];

/**
 * Appends one entry to each customer's chain, with the standing row that follows from it, all or nothing.
 *
 * Throws NotFoundError for a customer that does not exist, ConflictError when somebody else was first.
 * In a transaction that may do more. A customer may appear once in `drafts`.
 */
export async function recordEntriesIn(
  transaction: TransactionOf,
  context: Context,
  drafts: readonly LedgerDraft[],
  policy: PolicyVersion,
): Promise<RecordedEntry[]> {
  if (drafts.length === 0) return [];
  const ids = drafts.map((draft) => draft.customerId);
  const survivors = await lockWithSurvivors(transaction, ids);
  const heads = await lockHeads(transaction, ids);
  // Clocks of several machines differ: an entry is never recorded before the one it follows.
  const recordedAt = Math.max(nowOf(context), ...[...heads.values()].map((head) => head.recordedAt));
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, recordedAt);
  const recorded = drafts.map((draft) => {
    const known = gathered.get(draft.customerId);
    if (known === undefined) {
      throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
    }
    const head = heads.get(draft.customerId);
    const chainHead =
      head === undefined ? emptyChain : { sequence: head.sequence, hash: head.hash.toString('hex') };
    return appendTo(context, draft, known, chainHead, policy, recordedAt);
  });
  await writeEntries(
    transaction,
    recorded.map((item) => item.entry),
    standingPart(recorded.map((item) => item.standing)),
  );
  // A STOP that is written down with a record that was merged away is one of the record that stayed.
  await judgeAgain(transaction, context, survivors, policy);
  return recorded.map(({ entry, state, standing }) => ({ event: entry.event, state, standing }));
}

/** A customer who is not on file yet, with the act that begins the chain. */
export interface ChainOpening {
  readonly draft: LedgerDraft;
  readonly profile: GatheredFacts['profile'];
  readonly contacts: GatheredFacts['facts']['contacts'];
  readonly assessments: GatheredFacts['facts']['assessments'];
  /** Vehicles to be judged with; none when they are linked later. */
  readonly vehicles?: GatheredFacts['facts']['vehicles'];
}

/** The first entry of a chain, with its head and the standing row that follows from it. */
export interface OpenedChain {
  readonly entry: NewEntry;
  readonly standing: StandingRow;
}

/**
 * Begins the chains of many new customers at one instant: chained, sealed and judged as any other entry, but
 * without looking for earlier ones. Nothing is written; see `readyOpenedChains`.
 */
export async function openChains(
  context: Context,
  openings: readonly ChainOpening[],
  policy: PolicyVersion,
  recordedAt: number,
): Promise<OpenedChain[]> {
  const judge = standingJudge(policy, recordedAt);
  const unknown = fold([], {
    at: recordedAt,
    legalEntityId: 0,
    mergePolicy: policy.settings.mergePolicy,
  });
  const opened: OpenedChain[] = [];
  for (const { draft, profile, contacts, assessments, vehicles = [] } of openings) {
    const facts = assembleFacts({
      profile,
      state: unknown,
      contacts,
      vehicles,
      assessments,
      mpsListed: false,
      marketingSentAt: [],
      openEnquiries: [],
    });
    const known = {
      profile,
      facts,
      state: unknown,
      events: [],
      points: [],
      absorbed: new Map(),
      instant: recordedAt,
    };
    const { entry, standing } = appendTo(context, draft, known, emptyChain, policy, recordedAt, judge);
    opened.push({ entry, standing });
    await takeTurns(opened.length);
  }
  return opened;
}

/** What `openChains` made, ready to be copied in the transaction that enters the profiles, after them. */
export function readyOpenedChains(opened: readonly OpenedChain[]): ReadyRows[] {
  return [
    ...readyFirstEntries(opened.map(({ entry }) => entry)),
    readyNewStandings(opened.map(({ standing }) => standing)),
  ];
}

/** Entries of an import or a reset that nothing made void yet, a page of customers at a time. */
export function unvoidedEntries(
  connection: BulkConnection,
  batchId: string,
  kinds: readonly LedgerAct['kind'][],
): AsyncGenerator<UnvoidedEntries[]> {
  return readUnvoided(connection.db, batchId, kinds, 1_000);
}

/** Makes entries void by others, the newest first; how many. The customers must be on file. */
export async function voidEntriesIn(
  transaction: TransactionOf,
  context: Context,
  entries: readonly UnvoidedEntries[],
  draft: Omit<LedgerDraft, 'customerId' | 'corrects'>,
  policy: PolicyVersion,
): Promise<number> {
  let voided = 0;
  for (let round = 0; ; round += 1) {
    const drafts = entries.flatMap(({ customerId, sequences }) => {
      const corrects = sequences[round];
      return corrects === undefined ? [] : [{ ...draft, customerId, corrects }];
    });
    if (drafts.length === 0) return voided;
    voided += (await recordEntriesIn(transaction, context, drafts, policy)).length;
  }
}

/** The next page of everybody the ledger could know, in the order of their ids; start with the nil UUID. */
export async function listChains(context: Context, after: string, limit: number): Promise<string[]> {
  return findChainPage(context.database.db, after, limit);
}

export interface ChainVerdict {
  readonly customerId: string;
  readonly entries: number;
  readonly fault: ChainFault | null;
}

/**
 * Recomputes the chains of these customers and holds them against their sealed heads, in one snapshot, so that
 * what is written meanwhile is not taken for a fault.
 */
export async function verifyChains(
  snapshot: Context['database']['db'],
  context: Context,
  ids: readonly string[],
): Promise<ChainVerdict[]> {
  const chains = await readChains(snapshot, ids);
  const heads = await findHeads(snapshot, ids);
  const headOf = new Map(heads.map((head) => [head.customerId, head]));
  return ids.map((customerId) => {
    const entries = chains.get(customerId) ?? [];
    const head = headOf.get(customerId);
    const stored =
      head === undefined
        ? null
        : {
            sequence: head.sequence,
            hash: head.hash.toString('hex'),
            seal: head.seal.toString('hex'),
          };
    const fault = verifyChain(customerId, entries, stored, context.keys.ledgerSeal);
    return { customerId, entries: entries.length, fault };
  });
}
