import type { ImportFileKind, RowRemark } from '../../domain/import-fields.ts';
import type { CarriedRefusal } from '../../domain/import-refusal.ts';
import {
  readRefusalOfBrokenRecord,
  readRefusalOfRejectedRow,
  readRefuser,
} from '../../domain/import-refusal.ts';
import type {
  CustomerRowResult,
  ImportedCustomer,
  ImportedVehicle,
  RowContext,
} from '../../domain/import-row.ts';
import { readCustomerRow, readVehicleRow } from '../../domain/import-row.ts';
import { strongerLegacy } from '../../domain/legacy-flags.ts';
import type { LegacyFlag } from '../../domain/vocabulary.ts';
import { readRecords } from '../../platform/csv-reading.ts';
import type { FileRecord } from '../../platform/csv-records.ts';
import { takeTurns } from '../../platform/turns.ts';
import type { ImportTotals } from './contract.ts';
import type { OpenedFile } from './opening.ts';
import { FileRefusers } from './refusers/in-file.ts';
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
  /** Values without which their rows were read, with the same particulars. */
  readonly leftOut: readonly Reject[];
  /** What this batch alone adds to the totals. */
  readonly totals: ImportTotals;
  readonly lastLine: number;
}

export type CustomerRow = ImportedCustomer & { readonly line: number };
export type VehicleRow = ImportedVehicle & { readonly line: number; readonly original: string };

/** Where a whole record, not one value of it, is at fault. */
const wholeRecord = '(record)';

/** A batch of a customer file, with every no that its rejected rows carry. */
export interface ReadCustomers extends ReadRows<CustomerRow> {
  readonly refusals: readonly CarriedRefusal[];
}

export async function readCustomers(
  records: readonly FileRecord[],
  file: OpenedFile,
): Promise<ReadCustomers> {
  const totals = emptyTotals();
  const leftOut: Reject[] = [];
  const refusals: CarriedRefusal[] = [];
  const rows: CustomerRow[] = [];
  const rejects: Reject[] = [];
  const context = { today: file.today, dateOrder: file.dateOrder };
  for (const record of records) {
    totals.customers.rows += 1;
    await takeTurns(totals.customers.rows);
    const { line } = record;
    const result = readCustomerRecord(record, file, context);
    if (!result.ok) {
      totals.customers.rejected += 1;
      rejects.push(...result.rejects);
      if (result.refusal !== null) refusals.push(result.refusal);
      continue;
    }
    const { customer } = result;
    leftOut.push(...leftOutOf('customers', line, result.warnings, file));
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
  totals.rejectedWithNo = refusals.length;
  return { rows, rejects, leftOut, refusals, totals, lastLine: records.at(-1)?.line ?? 0 };
}

type CustomerRecordResult =
  | Extract<CustomerRowResult, { ok: true }>
  | { readonly ok: false; readonly rejects: readonly Reject[]; readonly refusal: CarriedRefusal | null };

function readCustomerRecord(record: FileRecord, file: OpenedFile, context: RowContext): CustomerRecordResult {
  const fields = file.bound.fieldsOf(record.values);
  if (record.problem !== null) {
    const rejects = [recordReject('customers', record, record.problem)];
    return { ok: false, rejects, refusal: readRefusalOfBrokenRecord(fields) };
  }
  const result = readCustomerRow(fields, context);
  if (result.ok) return result;
  return { ...result, rejects: valueRejects('customers', record.line, result.rejects, file) };
}

/** What the rows of a customer file refuse, wherever in the file. */
export interface FileRefusals {
  /** What rejected rows refuse, by customer number in lower case. */
  readonly rejected: ReadonlyMap<string, LegacyFlag>;
  /** Whoever says no in any row. */
  readonly refusers: FileRefusers;
}

/**
 * Every no of a file. It is known before the first customer is entered, so that nobody can be contacted until an
 * import comes to the row that refuses it.
 */
export async function findRefusals(file: OpenedFile, signal?: AbortSignal): Promise<FileRefusals> {
  const rejected = new Map<string, LegacyFlag>();
  const refusers = new FileRefusers();
  for await (const { records } of readRecords(file.table)) {
    signal?.throwIfAborted();
    for (const [index, { problem, values }] of records.entries()) {
      await takeTurns(index);
      const fields = file.bound.fieldsOf(values);
      const refuser = problem === null ? readRefuser(fields) : null;
      if (refuser !== null) refusers.add(refuser);
      else if (problem === null) continue;
      const refusal = problem === null ? readRefusalOfRejectedRow(fields) : readRefusalOfBrokenRecord(fields);
      if (refusal === null) continue;
      const key = refusal.customerNumber.toLowerCase();
      refusers.addNumber(key);
      rejected.set(key, strongerLegacy(rejected.get(key) ?? 'none', refusal.legacy));
    }
  }
  return { rejected, refusers };
}

export async function readVehicles(
  records: readonly FileRecord[],
  file: OpenedFile,
): Promise<ReadRows<VehicleRow>> {
  const totals = emptyTotals();
  const leftOut: Reject[] = [];
  const rows: VehicleRow[] = [];
  const rejects: Reject[] = [];
  const context = { today: file.today, dateOrder: file.dateOrder };
  for (const record of records) {
    totals.vehicles.rows += 1;
    await takeTurns(totals.vehicles.rows);
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
    leftOut.push(...leftOutOf('vehicles', record.line, result.warnings, file));
    noteWarnings(totals, 'vehicles', record.line, result.warnings);
    rows.push({ ...result.vehicle, line: record.line, original: record.original });
  }
  return { rows, rejects, leftOut, totals, lastLine: records.at(-1)?.line ?? 0 };
}

function recordReject(file: ImportFileKind, record: FileRecord, reason: string): Reject {
  return { file, line: record.line, column: wholeRecord, reason, original: record.original.toWellFormed() };
}

/** Told with the rejected values, since the totals do not hold the text: it is personal data. */
function leftOutOf(
  kind: ImportFileKind,
  line: number,
  warnings: readonly RowRemark[],
  file: OpenedFile,
): Reject[] {
  if (warnings.length === 0) return [];
  const remarks = warnings.filter((warning) => warning.leftOut === true);
  return valueRejects(kind, line, remarks, file).map((reject) => ({
    ...reject,
    reason: `${reject.reason} The rest of the row is imported.`,
  }));
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
