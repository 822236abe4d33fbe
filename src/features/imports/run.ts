import type { ImportFileKind } from '../../domain/import-fields.ts';
import type { BulkConnection } from '../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { readRecords } from '../../platform/csv-reading.ts';
import type { FileRecord } from '../../platform/csv-records.ts';
import type { ImportTotals } from './contract.ts';
import type { OpenedFile } from './opening.ts';

export interface ImportProgress {
  readonly phase: ImportFileKind | 'finishing';
  /** Rows of this file that are done. */
  readonly rows: number;
  /** Share of this file that is done, 0 to 1. */
  readonly share: number;
  /** Null until time has passed. */
  readonly rowsPerSecond: number | null;
}

/** An import at work: what its passes share. */
export interface ImportRun {
  readonly context: Context;
  /** Reads ahead while the other one writes. */
  readonly reader: BulkConnection;
  readonly writer: BulkConnection;
  readonly batchId: string;
  readonly actor: Actor;
  readonly carriesOldFlags: boolean;
  /** What is committed so far. */
  totals: ImportTotals;
  readonly onProgress: (progress: ImportProgress) => void;
  /** Aborted to stop between two batches. */
  readonly signal?: AbortSignal;
}

/** More would only take memory: the database is no faster for it. */
const recordsPerBatch = 1_000;

/**
 * Goes through a file in batches: while one is being written the next is read and prepared, so that neither
 * the program nor the database waits. Batches are written in the order of the file, one at a time.
 *
 * @param doneLine records up to this line were committed by an earlier run and are passed over.
 */
export async function inBatches<Prepared>(
  run: Pick<ImportRun, 'context' | 'onProgress' | 'signal'>,
  phase: ImportFileKind,
  file: OpenedFile,
  doneLine: number,
  work: {
    prepare: (records: readonly FileRecord[], beingWritten: Promise<void>) => Promise<Prepared>;
    write: (prepared: Prepared) => Promise<void>;
  },
): Promise<void> {
  const startedAt = nowOf(run.context);
  let rows = 0;
  let beingWritten: Promise<void> = Promise.resolve();
  try {
    for await (const { records, bytesRead } of readRecords(file.table, { recordsPerBatch })) {
      const left = doneLine === 0 ? records : records.filter((record) => record.line > doneLine);
      rows += left.length;
      if (left.length === 0) continue;
      const prepared = await work.prepare(left, beingWritten);
      await beingWritten;
      run.signal?.throwIfAborted();
      const done = { rows, share: bytesRead / file.table.bytes };
      beingWritten = work.write(prepared).then(() => {
        const seconds = (nowOf(run.context) - startedAt) / 1_000;
        run.onProgress({
          phase,
          ...done,
          rowsPerSecond: seconds > 0 ? Math.round(done.rows / seconds) : null,
        });
      });
      // why: a batch that fails while the next is read and prepared is reported above, where it is waited for.
      beingWritten.catch(() => undefined);
    }
    await beingWritten;
  } finally {
    // Whatever failed, nothing is being written any more when the caller is told so.
    await beingWritten.catch(() => undefined);
  }
}
