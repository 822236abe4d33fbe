import type { ImportMapping } from '../../../domain/import-mapping.ts';
import { proposeMapping } from '../../../domain/import-proposal.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import { inspectFile } from '../../../platform/csv-inspection.ts';
import { readRecords } from '../../../platform/csv-reading.ts';
import type { ReadableFile } from '../../../platform/readable-file.ts';

/** A mapping to be checked by a person before anything is imported with it, and what to look at. */
export interface MappingProposal {
  readonly mapping: ImportMapping;
  readonly notes: readonly string[];
}

const sampleRows = 200;

/**
 * Looks at the header and the first rows of a file in an unknown layout, and proposes how to read it.
 *
 * Throws InvalidError with one sentence for a file that is no table or has no customer number.
 */
export async function proposeMappingOf(file: string | ReadableFile): Promise<MappingProposal> {
  const inspection = await inspectFile(file);
  if (!inspection.ok) throw new InvalidError(inspection.sentence, { code: inspection.code, field: 'file' });
  const rows: (readonly string[])[] = [];
  for await (const { records } of readRecords(inspection.file, { recordsPerBatch: sampleRows })) {
    rows.push(...records.filter((record) => record.problem === null).map((record) => record.values));
    if (rows.length >= sampleRows) break;
  }
  const proposal = proposeMapping(inspection.file.headers, rows.slice(0, sampleRows));
  if (!proposal.ok) {
    throw new InvalidError(proposal.sentence, { code: 'mapping-not-proposed', field: 'file' });
  }
  return { mapping: proposal.mapping, notes: proposal.notes };
}
