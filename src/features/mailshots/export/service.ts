import { v7 as uuid } from 'uuid';
import { sentenceOf } from '../../../domain/reason.ts';
import type { SelectionAnswer } from '../../../domain/selection-answer.ts';
import { SelectionTally } from '../../../domain/selection-answer.ts';
import { InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import type { CsvRow } from '../../../platform/csv-file.ts';
import { CsvFile } from '../../../platform/csv-file.ts';
import { inTransaction } from '../../../platform/database.ts';
import { recordAccess } from '../../access/service.ts';
import { handOver } from '../../messages/service.ts';
import type { SelectionPlan } from '../answers/service.ts';
import { isAboutVehicles, planSelection } from '../answers/service.ts';
import type { ExportColumn, ExportReport, Selection } from '../contract.ts';
import { vehicleColumns } from '../contract.ts';
import { decidePage, whoDroppedOut } from '../hand-off/service.ts';
import type { PersonRow } from '../store.ts';
import { findNames, nextPeople, openPeople } from '../store.ts';
import { leftOutOf, warningsOf } from '../warnings/service.ts';
import type { ExportRecord } from './store.ts';
import { findExport, findExportRows, insertExport } from './store.ts';

/**
 * Handing a list over, to be printed, sent or called by somebody else.
 * Guarantees that everybody on it passed the gate while it was written, that what left the house is on record
 * before the file has its name, and that whoever dropped out since the counting is reported.
 *
 * What a list cannot decide is left to its sender: contact hours (S8) and the content of each message (S9).
 */
export interface ExportOptions {
  readonly columns: readonly ExportColumn[];
  readonly actor: Actor;
  /** `asOf` of the count this export follows: whoever was permitted then and is refused now dropped out. */
  readonly countedAt?: number;
  readonly onProgress?: (progress: { readonly judged: number }) => void;
}

/** A file that rows are written to. */
export interface ListFile {
  write(rows: readonly CsvRow[]): Promise<void>;
  /** SHA-256 of the whole file, hexadecimal; the rows are safe then. */
  finish(): Promise<string>;
  /** Its id where it is stored in the database. */
  readonly storedId?: string;
}

/** Opens the file of the list, or of those left out; null when nobody wants that one. */
export type OpenListFile = (
  transaction: Transaction,
  file: 'list' | 'left_out',
  header: readonly string[],
) => Promise<ListFile | null>;

type Transaction = Context['database']['db'];

const judgedAtOnce = 1_000;

export interface FileOptions extends ExportOptions {
  /** The file to write; one that is there is replaced. */
  readonly file: string;
  /** A second file with everybody left out and each reason. */
  readonly leftOutFile?: string;
}

/** Writes the list to the disk: see `writeExport`. Throws InvalidError for a file that cannot be written, too. */
export async function exportSelection(
  context: Context,
  selection: Selection,
  options: FileOptions,
): Promise<ExportReport> {
  const files: CsvFile[] = [];
  const open: OpenListFile = async (_transaction, which, header) => {
    const place = which === 'list' ? options.file : options.leftOutFile;
    if (place === undefined) return null;
    const file = await CsvFile.create(place, header);
    files.push(file);
    return file;
  };
  try {
    const report = await writeExport(context, selection, options, open);
    for (const file of files) await file.publish();
    return report;
  } finally {
    for (const file of files) await file.discard();
  }
}

/**
 * Writes the list of everybody who may be written to now. Service follow-up and recalls have a row for each
 * vehicle; each person is handed over once.
 *
 * Throws InvalidError for a column that does not fit the selection, or a count in the future.
 */
export async function writeExport(
  context: Context,
  selection: Selection,
  options: ExportOptions,
  open: OpenListFile,
): Promise<ExportReport> {
  refuseUnfittingColumns(selection, options.columns);
  if ((options.countedAt ?? 0) > nowOf(context)) {
    throw new InvalidError('The count cannot lie in the future.', { field: 'countedAt' });
  }
  await recordAccess(context, options.actor, 'selection exported');
  const { onProgress } = options;
  const plan = await planSelection(context, selection, onProgress === undefined ? {} : { onProgress });
  return inTransaction(context.database.db, async (transaction) => {
    const list = await open(transaction, 'list', [...options.columns, 'basis']);
    if (list === null) throw new Error('An export has nowhere to write its list.');
    const leftOut = await open(transaction, 'left_out', ['customer_number', 'reasons', 'explanation']);
    // One connection for everything: an export that waited for a second would hold up whoever records a no.
    return writeList(transaction, within(context, transaction), plan, options, { list, leftOut });
  });
}

function refuseUnfittingColumns(selection: Selection, columns: readonly ExportColumn[]): void {
  const ofVehicle: readonly string[] = vehicleColumns;
  const ofAddress: readonly string[] = ['address1', 'address2', 'address3', 'town', 'county', 'postcode'];
  for (const column of columns) {
    if (ofVehicle.includes(column) && !isAboutVehicles(selection)) {
      throw new InvalidError(`${column} is only for messages about a vehicle: leave it out.`, {
        field: 'columns',
      });
    }
    if (ofAddress.includes(column) && selection.channel !== 'letter') {
      throw new InvalidError(`${column} is only for letters: leave it out.`, { field: 'columns' });
    }
  }
}

interface ListFiles {
  readonly list: ListFile;
  readonly leftOut: ListFile | null;
}

interface Progress {
  readonly all: SelectionTally;
  readonly droppedOut: SelectionTally;
  rows: number;
  judged: number;
}

async function writeList(
  transaction: Transaction,
  context: Context,
  plan: SelectionPlan,
  options: ExportOptions,
  files: ListFiles,
): Promise<ExportReport> {
  const exportId = uuid();
  const progress: Progress = {
    all: new SelectionTally(),
    droppedOut: new SelectionTally(),
    rows: 0,
    judged: 0,
  };
  await openPeople(transaction, { ...plan.query, changedSince: options.countedAt ?? null });
  for (;;) {
    const people = await nextPeople(transaction, judgedAtOnce);
    if (people.length === 0) break;
    await writePage(transaction, context, plan, { options, files, exportId, progress }, people);
    progress.judged += people.length;
    options.onProgress?.({ judged: progress.judged });
  }
  const sha256 = await files.list.finish();
  await files.leftOut?.finish();
  const { all, droppedOut, rows } = progress;
  const report: ExportReport = {
    exportId,
    exportedAt: nowOf(context),
    rows,
    people: all.permitted,
    matching: all.matching,
    leftOut: leftOutOf(all),
    droppedOut: leftOutOf(droppedOut),
    warnings: warningsOf(plan.selection, all),
    sha256,
    policyVersion: plan.policy.id,
    plainEnglish: plan.plainEnglish,
  };
  await insertExport(transaction, {
    id: exportId,
    exportedAt: report.exportedAt,
    exportedBy: options.actor.id ?? options.actor.kind,
    channel: plan.selection.channel,
    category: plan.selection.category,
    criteria: plan.selection,
    columns: options.columns,
    policyVersionId: plan.policy.id,
    rowCount: rows,
    leftOut: report.leftOut.map(({ reasons, people }) => ({ reasons, people })),
    sha256,
    listFileId: files.list.storedId ?? null,
    leftOutFileId: files.leftOut?.storedId ?? null,
  });
  return report;
}

interface Writing {
  readonly options: ExportOptions;
  readonly files: ListFiles;
  readonly exportId: string;
  readonly progress: Progress;
}

async function writePage(
  transaction: Transaction,
  context: Context,
  plan: SelectionPlan,
  { options, files, exportId, progress }: Writing,
  people: readonly PersonRow[],
): Promise<void> {
  const { permitted, refused } = await decidePage(transaction, context, plan, people);
  const contacts = [...permitted.values()].flat();
  const rows = await findExportRows(
    transaction,
    contacts.map(({ customerId, contactPoint, request }) => ({
      customerId,
      contactPointId: contactPoint.id,
      vehicleId: request.vehicleId ?? null,
    })),
  );
  await files.list.write(
    rows.map((row, index) => [
      ...options.columns.map((column) => row[column]),
      contacts[index]?.decision.basis ?? null,
    ]),
  );
  progress.rows += rows.length;
  const once = [...permitted.values()].flatMap((own) => own.slice(0, 1));
  await handOver(transaction, once, exportId);
  for (const { decision } of once) {
    progress.all.add({ allowed: true, reasons: decision.reasons, warnings: decision.warnings });
  }
  const dropped = await whoDroppedOut(transaction, context, plan, options.countedAt, people, refused);
  for (const [customerId, answer] of refused) {
    progress.all.add(answer);
    if (dropped.has(customerId)) progress.droppedOut.add(answer);
  }
  await writeLeftOut(transaction, files.leftOut, refused);
}

async function writeLeftOut(
  transaction: Transaction,
  file: ListFile | null,
  refused: ReadonlyMap<string, SelectionAnswer>,
): Promise<void> {
  if (file === null || refused.size === 0) return;
  const names = await findNames(transaction, [...refused.keys()]);
  await file.write(
    names.map(({ id, customerNumber }) => {
      const reasons = refused.get(id)?.reasons ?? [];
      return [customerNumber, reasons.join(' '), reasons.map(sentenceOf).join(' ')];
    }),
  );
}

/** Puts a list of people that something else made on record, in the transaction in which it is made. */
export async function recordExportIn(
  transaction: Parameters<typeof insertExport>[0],
  record: ExportRecord,
): Promise<void> {
  await insertExport(transaction, record);
}

/** The record of an export, which stays when its list is forgotten. Throws NotFoundError. */
export async function readExport(context: Context, id: string): Promise<ExportRecord> {
  const record = await findExport(context.database.db, id);
  if (record === undefined) throw new NotFoundError('There is no such export.', { code: 'export-not-found' });
  return record;
}
