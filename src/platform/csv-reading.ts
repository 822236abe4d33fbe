import { createHash } from 'node:crypto';
import type { TableFile } from './csv-inspection.ts';
import type { FileRecord } from './csv-records.ts';
import { RecordCutter } from './csv-records.ts';

export interface RecordBatch {
  readonly records: readonly FileRecord[];
  /** Bytes of the file read so far, for progress against `TableFile.bytes`. */
  readonly bytesRead: number;
}

/** The file is not the one that was inspected: somebody wrote to it in between. */
export class FileChangedError extends Error {
  override name = 'FileChangedError';
}

/**
 * Reads an inspected file record by record, in batches, without its header. Blank lines, and lines with
 * separators only, are passed over. Records that cannot be used come along with their `problem`.
 *
 * Memory is bounded by a batch, a piece of the file and the longest record (1 MB).
 *
 * @throws FileChangedError at the end, if the bytes read are not those that were inspected.
 */
export async function* readRecords(
  file: TableFile,
  options: { readonly recordsPerBatch?: number } = {},
): AsyncGenerator<RecordBatch> {
  const recordsPerBatch = options.recordsPerBatch ?? 2_000;
  const decoder = new TextDecoder(file.encoding);
  const cutter = new RecordCutter({
    separator: file.separator,
    lineEnd: file.lineEnd,
    columns: file.headers.length,
  });
  const hash = createHash('sha256');
  let bytesRead = 0;
  let isHeaderPassed = false;
  let waiting: FileRecord[] = [];

  function take(records: FileRecord[]): void {
    if (!isHeaderPassed && records.length > 0) {
      records.shift();
      isHeaderPassed = true;
    }
    waiting = waiting.length === 0 ? records : waiting.concat(records);
  }

  for await (const bytes of file.source.read()) {
    hash.update(bytes);
    bytesRead += bytes.length;
    take(cutter.push(decoder.decode(bytes, { stream: true })));
    while (waiting.length >= recordsPerBatch) {
      yield { records: waiting.slice(0, recordsPerBatch), bytesRead };
      waiting = waiting.slice(recordsPerBatch);
    }
  }
  take(cutter.push(decoder.decode()));
  take(cutter.finish());
  if (hash.digest('hex') !== file.sha256) {
    throw new FileChangedError(`${file.source.name} was changed while it was being read; import it again.`);
  }
  for (let start = 0; start < waiting.length; start += recordsPerBatch) {
    yield { records: waiting.slice(start, start + recordsPerBatch), bytesRead };
  }
}
