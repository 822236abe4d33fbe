import type { ImportFileKind, RowRemark } from '../../domain/import-fields.ts';
import type { ImportedCustomer, ImportedVehicle } from '../../domain/import-row.ts';
import { readCustomerRow, readVehicleRow } from '../../domain/import-row.ts';
import type { FileRecord } from '../../platform/csv-records.ts';
import type { ImportTotals } from './contract.ts';
import type { OpenedFile } from './opening.ts';
import { emptyTotals, noteAmbiguous, noteWarnings } from './totals.ts';

/** A reason not to import a row; a row may have several. `original` is personal data. */
export interface Reject {
  readonly file: ImportFileKind;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly original: string;
}

/** One batch of a file, read but not looked up in the database yet. */
export interface ReadRows<Row> {
  readonly rows: readonly Row[];
  readonly rejects: Reject[];
  /** What this batch alone adds to the totals. */
  readonly totals: ImportTotals;
  readonly lastLine: number;
}

export type CustomerRow = ImportedCustomer & { readonly line: number };
export type VehicleRow = ImportedVehicle & { readonly line: number; readonly original: string };

/** Where a whole record, not one value of it, is at fault. */
const wholeRecord = '(record)';

export function readCustomers(records: readonly FileRecord[], file: OpenedFile): ReadRows<CustomerRow> {
  const totals = emptyTotals();
  const rows: CustomerRow[] = [];
  const rejects: Reject[] = [];
  const context = { today: file.today, dateOrder: file.dateOrder };
  for (const record of records) {
    totals.customers.rows += 1;
    if (record.problem !== null) {
      totals.customers.rejected += 1;
      rejects.push(recordReject('customers', record, record.problem));
      continue;
    }
    const result = readCustomerRow(file.bound.fieldsOf(record.values), context);
    if (!result.ok) {
      totals.customers.rejected += 1;
      rejects.push(...valueRejects('customers', record.line, result.rejects, file));
      continue;
    }
    const { customer } = result;
    const { line } = record;
    noteWarnings(totals, 'customers', line, result.warnings);
    totals.byFlag[customer.legacy ?? 'not_said'] += 1;
    if (customer.legacy === 'no_follow_up') {
      noteAmbiguous(
        totals,
        'customers',
        { line, customerNumber: customer.customerNumber },
        'no_follow_up_only',
      );
    }
    if ((customer.legacy ?? 'none') === 'none' && saysNo(customer)) {
      noteAmbiguous(totals, 'customers', { line, customerNumber: customer.customerNumber }, 'text_says_no');
    }
    rows.push({ ...customer, line });
  }
  return { rows, rejects, totals, lastLine: records.at(-1)?.line ?? 0 };
}

export function readVehicles(records: readonly FileRecord[], file: OpenedFile): ReadRows<VehicleRow> {
  const totals = emptyTotals();
  const rows: VehicleRow[] = [];
  const rejects: Reject[] = [];
  const context = { today: file.today, dateOrder: file.dateOrder };
  for (const record of records) {
    totals.vehicles.rows += 1;
    if (record.problem !== null) {
      totals.vehicles.rejected += 1;
      rejects.push(recordReject('vehicles', record, record.problem));
      continue;
    }
    const result = readVehicleRow(file.bound.fieldsOf(record.values), context);
    if (!result.ok) {
      totals.vehicles.rejected += 1;
      rejects.push(...valueRejects('vehicles', record.line, result.rejects, file));
      continue;
    }
    noteWarnings(totals, 'vehicles', record.line, result.warnings);
    rows.push({ ...result.vehicle, line: record.line, original: record.original });
  }
  return { rows, rejects, totals, lastLine: records.at(-1)?.line ?? 0 };
}

function recordReject(file: ImportFileKind, record: FileRecord, reason: string): Reject {
  return { file, line: record.line, column: wholeRecord, reason, original: record.original.toWellFormed() };
}

/** Several faults of one value become one line of the report. */
function valueRejects(
  file: ImportFileKind,
  line: number,
  remarks: readonly RowRemark[],
  { bound }: OpenedFile,
): Reject[] {
  const byColumn = new Map<string, Reject>();
  for (const remark of remarks) {
    const column = bound.columnNameOf(remark.column);
    const known = byColumn.get(column);
    const reason = known === undefined ? remark.reason : `${known.reason} ${remark.reason}`;
    byColumn.set(column, { file, line, column, reason, original: known?.original || remark.original });
  }
  return [...byColumn.values()];
}

const wordsOfNo =
  /\b(?:deceased|dec'?d|do not (?:contact|call|phone|ring|text|email|mail|market)|don'?t (?:contact|call|phone|ring|text|email|mail)|no (?:contact|mail|marketing)|gone ?away|moved away|not known at)\b/i;

/** Whether somebody wrote a refusal, a death or a move into the name or the address, as people do. */
function saysNo({ title, forename, surname, companyName, address }: ImportedCustomer): boolean {
  const texts = [title, forename, surname, companyName, address.line1, address.line2, address.line3];
  return texts.some((text) => text !== null && text.length > 4 && wordsOfNo.test(text));
}
