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
import type { ReadableFile } from '../../platform/readable-file.ts';
import type { BatchFiles } from './store.ts';

export interface ImportRequest {
  /** The path of the file, or what reads it from where it is kept. */
  readonly customersFile: string | ReadableFile;
  readonly vehiclesFile?: string | ReadableFile;
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
  // Whoever checked a mapping has said what the file has.
  if (mappingOf('customers') === undefined) refuseOneFlagAlone(fields);
  return {
    customers,
    vehicles,
    carriesOldFlags: fields.has('no_follow_up') || fields.has('no_marketing'),
  };
}

/**
 * A record is assumed opted in only when neither flag was set, so a file that does not say the one cannot be
 * believed about the other: unknown is no.
 */
function refuseOneFlagAlone(fields: ReadonlySet<string | null>): void {
  const [there, missing] = fields.has('no_follow_up')
    ? ['no_follow_up', 'no_marketing']
    : ['no_marketing', 'no_follow_up'];
  if (!fields.has(there) || fields.has(missing)) return;
  throw new InvalidError(
    `The customer file says ${there} and not ${missing}, so that an old no could be missing: add the column ` +
      `${missing}, with blanks where it was not set, or have a mapping proposed and check it.`,
    { code: 'flag-column-missing', field: 'customersFile' },
  );
}

async function openFile(
  file: string | ReadableFile,
  kind: ImportFileKind,
  given: ImportMapping | undefined,
  today: string,
): Promise<OpenedFile> {
  const inspection = await inspectFile(
    file,
    given?.encoding === undefined ? {} : { encoding: given.encoding },
  );
  const field = `${kind}File`;
  if (!inspection.ok) throw new InvalidError(inspection.sentence, { code: inspection.code, field });
  const { headers, source } = inspection.file;
  const mapping = given ?? recogniseNavigatorLayout(headers, kind);
  if (mapping === null) throw notRecognised(path.basename(source.name), field, headers);
  const binding = bindMapping(mapping, headers);
  if (!binding.ok) {
    throw new InvalidError(binding.sentence, { code: 'mapping-does-not-fit', field: 'mappings' });
  }
  return { table: inspection.file, bound: binding.bound, dateOrder: mapping.dateOrder, today };
}

function notRecognised(name: string, field: string, headers: readonly string[]): InvalidError {
  const hasKey = headers.some((header) => normaliseColumnName(header) === 'customer_no');
  if (!hasKey) {
    return new InvalidError(
      `${name} has no column customer_no, the key of every record: correct the header, or import with a mapping that says which column it is.`,
      { code: 'key-column-missing', field },
    );
  }
  return new InvalidError(
    `The columns of ${name} are not those of Navigator 2.0: have a mapping proposed (--propose-mapping, or imports:propose-mapping over HTTP), check it, and import with it.`,
    { code: 'layout-unknown', field },
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
