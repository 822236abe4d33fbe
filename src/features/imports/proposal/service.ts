import type { ImportMapping } from '../../../domain/import-mapping.ts';
import { recogniseNavigatorLayout } from '../../../domain/import-mapping.ts';
import { proposeMapping } from '../../../domain/import-proposal.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import { inspectFile } from '../../../platform/csv-inspection.ts';
import { readRecords } from '../../../platform/csv-reading.ts';
import type { ReadableFile } from '../../../platform/readable-file.ts';

/** A mapping to be checked by a person before anything is imported with it, and what to look at. */
export interface MappingProposal {
  readonly mapping: ImportMapping;
  /** The layout of Navigator 2.0: nothing of it has to be checked. */
  readonly recognised: boolean;
  readonly samples: readonly ColumnSample[];
  readonly notes: readonly string[];
}

export interface ColumnSample {
  readonly column: string;
  /** The first different values, as they stand there but not whole where they are long. */
  readonly values: readonly string[];
}

const sampleRows = 200;
const sampleValues = 3;
const sampleLength = 60;

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
  const { headers } = inspection.file;
  const proposal = proposeMapping(headers, rows.slice(0, sampleRows));
  if (!proposal.ok) {
    throw new InvalidError(proposal.sentence, { code: 'mapping-not-proposed', field: 'file' });
  }
  const samples = samplesOf(headers, rows);
  const recognised = recogniseNavigatorLayout(headers, proposal.mapping.file);
  if (recognised !== null) return { mapping: recognised, recognised: true, samples, notes: [] };
  return { mapping: proposal.mapping, recognised: false, samples, notes: proposal.notes };
}

function samplesOf(headers: readonly string[], rows: readonly (readonly string[])[]): ColumnSample[] {
  return headers.map((column, index) => {
    const values = new Set<string>();
    for (const row of rows) {
      const text = (row[index] ?? '').trim();
      if (text !== '') values.add(text.length > sampleLength ? `${text.slice(0, sampleLength)}…` : text);
      if (values.size === sampleValues) break;
    }
    return { column, values: [...values] };
  });
}
