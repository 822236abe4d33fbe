import path from 'node:path';
import { normaliseColumnName } from '../../domain/column-name.ts';
import type { DateOrder, ImportFileKind } from '../../domain/import-fields.ts';
import type { BoundMapping, ImportMapping } from '../../domain/import-mapping.ts';
import { bindMapping, recogniseNavigatorLayout } from '../../domain/import-mapping.ts';
import { londonDateOf } from '../../domain/london.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { TableFile } from '../../platform/csv-inspection.ts';
import { inspectFile } from '../../platform/csv-inspection.ts';

import type { BatchFiles } from './store.ts';

export interface ImportRequest {
  /** Where the file lies. */
  readonly customersFile: string;
  readonly vehiclesFile?: string;
  /** For files that are not in the Navigator 2.0 layout; at most one for each file. */
  readonly mappings?: readonly ImportMapping[];
}

/** A file that was read once from end to end and whose columns are understood. */
export interface OpenedFile {
  readonly table: TableFile;
  readonly bound: BoundMapping;
  readonly dateOrder: DateOrder;
  /** The local date against which dates that lie in the future are noticed. */
  readonly today: string;
}

export interface OpenedImport {
  readonly customers: OpenedFile;
  readonly vehicles: OpenedFile | null;
  /** Whether any row can carry an old data-protection flag. */
  readonly carriesOldFlags: boolean;
}

/** Throws InvalidError with one sentence for a file that cannot be imported; nothing was changed then. */
export async function openImport(context: Context, request: ImportRequest): Promise<OpenedImport> {
  const today = londonDateOf(nowOf(context));
  const mappingOf = (kind: ImportFileKind) => request.mappings?.find((mapping) => mapping.file === kind);
  const customers = await openFile(request.customersFile, 'customers', mappingOf('customers'), today);
  const vehicles =
    request.vehiclesFile === undefined
      ? null
      : await openFile(request.vehiclesFile, 'vehicles', mappingOf('vehicles'), today);
  const { columns, constants } = customers.bound.mapping;
  const fields = new Set([...columns.map(({ field }) => field), ...Object.keys(constants ?? {})]);
  return {
    customers,
    vehicles,
    carriesOldFlags: fields.has('no_follow_up') || fields.has('no_marketing'),
  };
}

async function openFile(
  file: string,
  kind: ImportFileKind,
  given: ImportMapping | undefined,
  today: string,
): Promise<OpenedFile> {
  const inspection = await inspectFile(
    file,
    given?.encoding === undefined ? {} : { encoding: given.encoding },
  );
  if (!inspection.ok) throw new InvalidError(inspection.sentence, { code: inspection.code, field: kind });
  const { headers } = inspection.file;
  const mapping = given ?? recogniseNavigatorLayout(headers, kind);
  if (mapping === null) throw notRecognised(file, kind, headers);
  const binding = bindMapping(mapping, headers);
  if (!binding.ok) throw new InvalidError(binding.sentence, { code: 'mapping-does-not-fit', field: kind });
  return { table: inspection.file, bound: binding.bound, dateOrder: mapping.dateOrder, today };
}

function notRecognised(file: string, kind: ImportFileKind, headers: readonly string[]): InvalidError {
  const name = path.basename(file);
  const hasKey = headers.some((header) => normaliseColumnName(header) === 'customer_no');
  if (!hasKey) {
    return new InvalidError(
      `${name} has no column customer_no, the key of every record: correct the header, or map another column to it with --mapping.`,
      { code: 'key-column-missing', field: kind },
    );
  }
  return new InvalidError(
    `The columns of ${name} are not those of Navigator 2.0: have a mapping made with --propose-mapping, check it, and give it with --mapping.`,
    { code: 'layout-unknown', field: kind },
  );
}

/** What makes two imports the same one. */
export function filesOf({ customers, vehicles }: OpenedImport): BatchFiles {
  return {
    customersSha256: customers.table.sha256,
    vehiclesSha256: vehicles?.table.sha256 ?? null,
    mapping: { customers: customers.bound.mapping, vehicles: vehicles?.bound.mapping ?? null },
  };
}
