import { NotFoundError } from '../../../platform/application-error.ts';
import type { BulkConnection } from '../../../platform/bulk-writing.ts';
import { lockBulkWork, sayAtWork, withBulkConnection } from '../../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { unvoidedEntries, voidEntriesIn } from '../../ledger/service.ts';
import { keepRefusalsOfOthersIn } from '../../refusals/service.ts';
import { policyAt } from '../../settings/service.ts';
import { judgeAgain } from '../../standing/service.ts';
import type { ImportTotals } from '../contract.ts';
import type { BatchRow } from '../store.ts';
import { findBatch, flagShared, setBatchStatus } from '../store.ts';
import { findLinkedBefore, lockReversed, removeCustomers, unlinkVehicles } from './store.ts';

type Reversal = NonNullable<ImportTotals['reversal']>;

export interface ReversalProgress {
  /** Customers dealt with so far in this run. */
  readonly customers: number;
}

export interface ReversalOptions {
  readonly onProgress?: (progress: ReversalProgress) => void;
  /** Told once it is on record that the import is being taken back. */
  readonly onBegun?: (batch: BatchRow) => void;
  /** Stops it after the page it is at; run again, it goes on. */
  readonly signal?: AbortSignal;
}

const pageSize = 1_000;
const listedMax = 1_000;

/**
 * Takes an import back. Its ledger entries are made void by others, so that permissions are what they were;
 * customers it created and nobody touched since are removed with their contact points and vehicles, and their
 * chains stay with the closing entry; customers somebody touched since, or another import names, stay and are
 * listed. A no that another import carried, too, stays. The same file can
 * be imported again afterwards: a removed customer then begins a new chain.
 *
 * Run again after a crash it goes on; a reversed import is not touched again.
 *
 * Throws NotFoundError, and ConflictError while another import, reversal or reset is at work.
 */
export async function reverseImport(
  context: Context,
  importId: string,
  actor: Actor,
  options: ReversalOptions = {},
): Promise<BatchRow> {
  return withBulkConnection(context.database, async (connection) => {
    const { db } = connection;
    await lockBulkWork(connection);
    const batch = await known(connection, importId);
    if (batch.status === 'reversed') return batch;
    // why: as the database writes it, because entries of the ledger are hashed with it.
    const batchId = batch.id;
    options.signal?.throwIfAborted();
    await sayAtWork(connection, batchId);
    await setBatchStatus(db, batchId, { status: 'reversing', at: nowOf(context) });
    options.onBegun?.(await known(connection, batchId));
    const work = { context, connection, batchId, actor, totals: batch.totals };
    let customers = 0;
    for await (const entries of unvoidedEntries(connection, batchId, ['imported', 'opened'])) {
      work.totals = await reversePage(work, entries);
      customers += entries.length;
      options.onProgress?.({ customers });
      options.signal?.throwIfAborted();
    }
    await unlinkRest(work);
    await flagShared(db);
    await setBatchStatus(db, batchId, { status: 'reversed', totals: work.totals, at: nowOf(context) });
    return known(connection, batchId);
  });
}

async function known({ db }: BulkConnection, batchId: string): Promise<BatchRow> {
  const batch = await findBatch(db, batchId);
  if (batch === undefined) throw new NotFoundError('There is no such import.', { code: 'import-not-found' });
  return batch;
}

interface Reversing {
  readonly context: Context;
  readonly connection: BulkConnection;
  readonly batchId: string;
  readonly actor: Actor;
  totals: ImportTotals;
}

/** One transaction: the entries of a page of customers are void, and what has to go is gone. */
async function reversePage(
  { context, connection, batchId, actor, totals }: Reversing,
  entries: readonly { readonly customerId: string; readonly sequences: number[] }[],
): Promise<ImportTotals> {
  const policy = await policyAt(context);
  return connection.db.transaction().execute(async (transaction) => {
    const ids = entries.map(({ customerId }) => customerId);
    const customers = await lockReversed(transaction, batchId, ids);
    const onFile = new Set(customers.map(({ id }) => id));
    const act = { kind: 'corrected', reason: 'import_reversed' } as const;
    const corrected = await voidEntriesIn(
      transaction,
      context,
      // Somebody whose profile was erased meanwhile has no permissions to be put right.
      entries.filter(({ customerId }) => onFile.has(customerId)),
      { act, occurredAt: null, actor, batchId },
      policy,
    );
    await keepRefusalsOfOthersIn(transaction, context, batchId, [...onFile], policy);
    const removed = customers.filter(({ untouched }) => untouched).map(({ id }) => id);
    await removeCustomers(transaction, batchId, removed);
    const before = customers.filter(({ ofThisImport }) => !ofThisImport).map(({ id }) => id);
    await judgeAgain(
      transaction,
      context,
      await unlinkVehicles(transaction, batchId, before, nowOf(context)),
    );
    const kept = customers.filter(({ ofThisImport, untouched }) => ofThisImport && !untouched);
    const sum = withReversal(totals, {
      removed: removed.length,
      kept: kept.length,
      corrected,
      keptCustomerNumbers: kept.map(({ customerNumber }) => customerNumber),
    });
    await setBatchStatus(transaction, batchId, { status: 'reversing', totals: sum, at: nowOf(context) });
    return sum;
  });
}

/** Customers on file whom the import gave a vehicle and nothing else. */
async function unlinkRest({ context, connection, batchId }: Reversing): Promise<void> {
  const ids = await findLinkedBefore(connection.db, batchId);
  for (let start = 0; start < ids.length; start += pageSize) {
    await connection.db.transaction().execute(async (transaction) => {
      const page = ids.slice(start, start + pageSize);
      await judgeAgain(
        transaction,
        context,
        await unlinkVehicles(transaction, batchId, page, nowOf(context)),
      );
    });
  }
}

function withReversal(totals: ImportTotals, page: Reversal): ImportTotals {
  const before = totals.reversal ?? { removed: 0, kept: 0, corrected: 0, keptCustomerNumbers: [] };
  return {
    ...totals,
    reversal: {
      removed: before.removed + page.removed,
      kept: before.kept + page.kept,
      corrected: before.corrected + page.corrected,
      keptCustomerNumbers: [...before.keptCustomerNumbers, ...page.keptCustomerNumbers].slice(0, listedMax),
    },
  };
}
