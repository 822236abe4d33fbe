import { v7 as uuid } from 'uuid';
import { ConflictError, NotFoundError } from '../../platform/application-error.ts';
import type { BulkConnection } from '../../platform/bulk-writing.ts';
import { findAtWork, lockBulkWork, sayAtWork, withBulkConnection } from '../../platform/bulk-writing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { policyAt } from '../settings/service.ts';
import type { ImportTotals } from './contract.ts';
import { importCustomers } from './customers/service.ts';
import type { ImportRequest, OpenedImport } from './opening.ts';
import { filesOf, openImport } from './opening.ts';
import type { ImportProgress, ImportRun } from './run.ts';
import type { BatchFiles, BatchOfFile, BatchRow, RejectRow } from './store.ts';
import {
  findBatch,
  findBatchesOfFile,
  flagShared,
  insertBatch,
  listBatches,
  listRejects,
  setBatchStatus,
} from './store.ts';
import { emptyTotals } from './totals.ts';
import { importVehicles } from './vehicles/service.ts';

/**
 * Imports: an old file of customers and vehicles becomes records with a ledger from the first line on.
 * Guarantees that a no of the file is never lost and a no on file never lifted, that nothing is written twice
 * however often it is run or killed, and that a batch can be taken back whole.
 */
export type ImportBatch = BatchRow;

export interface ImportOutcome {
  readonly batch: ImportBatch;
  /**
   * `already_imported`: the same files were finished before. `at_work`: somebody else is at the same import.
   * Either way nothing was changed.
   */
  readonly outcome: 'imported' | 'resumed' | 'already_imported' | 'at_work';
}

export interface RunOptions {
  /** Who started it, for the record of the batch. */
  readonly startedBy: string;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told once the batch is on record and rows are about to be written. */
  readonly onBegun?: (batch: ImportBatch) => void;
  /** Stops it after the batch of rows it is at; it can be gone on with. */
  readonly signal?: AbortSignal;
}

/**
 * Imports a customer file, and a vehicle file where one is given, in batches of one transaction each. Run it
 * again with the same files after a crash and it goes on behind the last batch that was committed.
 *
 * Throws InvalidError with a sentence for a file that cannot be imported, ConflictError when no policy was
 * chosen for old flags, when the same customer file was begun with other settings, or when another import,
 * reversal or reset is at work.
 */
export async function runImport(
  context: Context,
  request: ImportRequest,
  options: RunOptions,
): Promise<ImportOutcome> {
  const opened = await openImport(context, request);
  const files = filesOf(opened);
  const batch = await findBatchAtWork(context, files);
  if (batch !== undefined) return { batch, outcome: 'at_work' };
  return withBulkConnection(context.database, async (writer) => {
    try {
      await lockBulkWork(writer);
    } catch (error) {
      const begunMeanwhile = await findBatchAtWork(context, files);
      if (begunMeanwhile === undefined) throw error;
      return { batch: begunMeanwhile, outcome: 'at_work' };
    }
    return importInto(context, writer, opened, files, options);
  });
}

/**
 * The same import, where a living process is at it. Throws ConflictError where one is at another import of the
 * customer file, or is taking one back.
 */
async function findBatchAtWork(context: Context, files: BatchFiles): Promise<ImportBatch | undefined> {
  const batches = await watch(context, await findBatchesOfFile(context.database.db, files));
  const open = batches.find(({ atWork }) => atWork);
  if (open !== undefined && !isGoneOnWith(open)) throw unfinished(open);
  return open;
}

/** Whether the same files and mapping go on with this batch. */
function isGoneOnWith({ same, status }: BatchOfFile): boolean {
  return same && status === 'running';
}

/** The import itself, under the lock of all bulk work. */
async function importInto(
  context: Context,
  writer: BulkConnection,
  opened: OpenedImport,
  files: BatchFiles,
  options: RunOptions,
): Promise<ImportOutcome> {
  const found = await findBatchesOfFile(writer.db, files);
  const finished = found.find(({ same, status }) => same && status === 'finished');
  const open = found.find(({ status }) => status === 'running' || status === 'reversing');
  if (open !== undefined && !isGoneOnWith(open)) throw unfinished(open);
  if (open === undefined && finished !== undefined) return { batch: finished, outcome: 'already_imported' };
  await requireChosenPolicy(context, opened);
  options.signal?.throwIfAborted();
  const id = open?.id ?? uuid();
  await sayAtWork(writer, id);
  const batch = open ?? (await begin(context, writer.db, id, opened, files, options.startedBy));
  options.onBegun?.(batch);
  await withBulkConnection(context.database, async (reader) => {
    const run: ImportRun = {
      context,
      reader,
      writer,
      batchId: batch.id,
      actor: { kind: 'import', id: null },
      carriesOldFlags: opened.carriesOldFlags,
      totals: batch.totals,
      onProgress: options.onProgress ?? (() => undefined),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    };
    await importCustomers(run, opened.customers, batch.customersDoneLine);
    if (opened.vehicles !== null) await importVehicles(run, opened.vehicles, batch.vehiclesDoneLine);
    run.onProgress({ phase: 'finishing', rows: 0, share: 0, rowsPerSecond: null });
    const totals: ImportTotals = { ...run.totals, sharedContactPoints: await flagShared(writer.db) };
    await setBatchStatus(writer.db, batch.id, { status: 'finished', totals, at: nowOf(context) });
  });
  const done = await findBatch(writer.db, batch.id);
  if (done === undefined) throw new Error('A batch that was imported cannot be found.');
  return { batch: done, outcome: open === undefined ? 'imported' : 'resumed' };
}

/** A batch, and whether a living process is at it; one that is `running` and not at work was interrupted. */
export interface WatchedImport extends ImportBatch {
  readonly atWork: boolean;
}

/** Batches, newest first; `before` is the id of the last one of the page before. */
export async function listImports(
  context: Context,
  options: { readonly before: string | null; readonly limit: number } = { before: null, limit: 50 },
): Promise<WatchedImport[]> {
  return watch(context, await listBatches(context.database.db, options.before, options.limit));
}

/** Throws NotFoundError. */
export async function readImport(context: Context, batchId: string): Promise<WatchedImport> {
  const batch = await findBatch(context.database.db, batchId);
  const [watched] = await watch(context, batch === undefined ? [] : [batch]);
  if (watched === undefined)
    throw new NotFoundError('There is no such import.', { code: 'import-not-found' });
  if (watched.atWork || isOver(watched)) return watched;
  // It may have ended between the two looks: read after the second, an interrupted one is interrupted indeed.
  return { ...((await findBatch(context.database.db, batchId)) ?? watched), atWork: false };
}

async function watch<Batch extends ImportBatch>(
  context: Context,
  batches: readonly Batch[],
): Promise<(Batch & { readonly atWork: boolean })[]> {
  const atWork = await findAtWork(
    context.database.db,
    batches.map(({ id }) => id),
  );
  return batches.map((batch) => ({ ...batch, atWork: !isOver(batch) && atWork.has(batch.id) }));
}

function isOver({ status }: ImportBatch): boolean {
  return status === 'finished' || status === 'reversed';
}

/** Every rejected value of an import as CSV, a page of them at a time, in the order of the files. */
export async function* rejectsCsv(context: Context, batchId: string): AsyncGenerator<string> {
  const pageSize = 1_000;
  yield 'file,line,column,reason,original\r\n';
  let last: RejectRow | null = null;
  for (;;) {
    const page: RejectRow[] = await listRejects(context.database.db, batchId, last, pageSize);
    if (page.length > 0) yield page.map(rejectLine).join('');
    last = page.at(-1) ?? null;
    if (page.length < pageSize) return;
  }
}

function rejectLine({ file, line, column, reason, original }: RejectRow): string {
  return `${[file, String(line), column, reason, original].map(quoted).join(',')}\r\n`;
}

/** In quotation marks; text that a spreadsheet would take for a formula stands behind an apostrophe. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Old flags become permissions only under a policy that somebody chose with open eyes (rules, §5). */
async function requireChosenPolicy(context: Context, { carriesOldFlags }: OpenedImport): Promise<void> {
  if (!carriesOldFlags || (await policyAt(context)).chosenExplicitly) return;
  throw new ConflictError(
    'The file carries old data-protection flags, and nobody has chosen a policy for them yet: compare both in a dry run (--dry-run, or imports:plan over HTTP), then run "policy set pecr_strict" or "policy set assume_legitimate_interest" and import again.',
    { code: 'policy-not-chosen' },
  );
}

async function begin(
  context: Context,
  db: Parameters<typeof insertBatch>[0],
  id: string,
  { carriesOldFlags }: OpenedImport,
  files: BatchFiles,
  startedBy: string,
): Promise<ImportBatch> {
  const { id: policyVersionId } = await policyAt(context);
  const startedAt = nowOf(context);
  const totals = emptyTotals();
  await insertBatch(db, { ...files, id, carriesOldFlags, policyVersionId, totals, startedBy, startedAt });
  const batch = await findBatch(db, id);
  if (batch === undefined) throw new Error('A batch was begun but cannot be found.');
  return batch;
}

function unfinished({ id, status }: BatchRow): ConflictError {
  const sentence =
    status === 'reversing'
      ? `The import ${id} of this customer file is being taken back: see that this is finished first, by reversing it again if it was interrupted.`
      : `The import ${id} of this customer file was begun with another vehicle file or mapping and not finished: finish it with the same ones, or reverse it.`;
  return new ConflictError(sentence, { code: 'import-unfinished' });
}
