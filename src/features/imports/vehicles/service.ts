import { NIL } from 'uuid';
import { BulkTransactions, limitWaiting } from '../../../platform/bulk-transaction.ts';
import type { BulkConnection } from '../../../platform/bulk-writing.ts';
import { nowOf } from '../../../platform/context.ts';
import type { ReadyRows } from '../../../platform/copying.ts';
import type { FileRecord } from '../../../platform/csv-records.ts';
import { judgeAgain, judgeNewKeepers, writeJudgedKeepers } from '../../standing/service.ts';
import type { ImportTotals } from '../contract.ts';
import { customerIdsBehind } from '../customers/service.ts';
import type { FingerprintSet } from '../fingerprint-set.ts';
import type { OpenedFile } from '../opening.ts';
import type { ReadRows, Reject, VehicleRow } from '../reading.ts';
import { readVehicles } from '../reading.ts';
import type { ImportRun } from '../run.ts';
import { inBatches } from '../run.ts';
import { advanceBatch, insertRejects } from '../store.ts';
import { addTotals, noteAmbiguous } from '../totals.ts';
import { LinkedVehicles } from './linking.ts';
import { endKeepers, findKeepersOf, findVehicles, readyVehicles } from './store.ts';

/**
 * The vehicles of a file: recognised by VIN or registration, else entered; linked to their customers, and the
 * customers' service follow-up about them judged in the same transaction.
 *
 * While one batch is written, the customers of the next are locked and judged in a transaction of its own. So somebody
 * who works at both could wait for the next batch while the first waits for them, which the database does not see: no
 * batch waits long, and whatever is not committed is begun anew.
 */
export async function importVehicles(run: ImportRun, file: OpenedFile, doneLine: number): Promise<void> {
  const connections = [run.reader, run.writer] as const;
  for (const connection of connections) await limitWaiting(connection, lockSeconds);
  const done = { line: doneLine };
  for (let attempt = 1; ; attempt += 1) {
    const desks = [new BulkTransactions(run.reader), new BulkTransactions(run.writer)] as const;
    const { line } = done;
    try {
      await importRows(run, file, done, desks);
      break;
    } catch (error) {
      for (const desk of desks) await desk.leave();
      if (done.line > line) attempt = 1;
      if (!isTriedAgain(error) || attempt === attemptsMax) throw error;
    }
  }
  for (const connection of connections) await limitWaiting(connection, 0);
}

const lockSeconds = 10;
/** Together more than two minutes, which is longer than any request holds a lock. */
const attemptsMax = 15;

/** Somebody linked one of these vehicles to the same customer meanwhile, held a lock for long, or waited in a circle. */
function isTriedAgain(error: unknown): boolean {
  return ['23505', '55P03', '40P01'].includes((error as { code?: string }).code ?? '');
}

async function importRows(
  run: ImportRun,
  file: OpenedFile,
  done: { line: number },
  [one, two]: readonly [BulkTransactions, BulkTransactions],
): Promise<void> {
  let [own, other] = [one, two];
  let before: LinkedVehicles | null = null;
  await inBatches(run, 'vehicles', file, done.line, {
    prepare: async (records, beingWritten) => {
      [own, other] = [other, own];
      const prepared = await prepareBatch(run, file, records, own, async (owned) => {
        // What was linked a moment ago is found on file only when it is written.
        if (before !== null && owned.some(({ row }) => before?.knows(row))) await beingWritten;
      });
      before = prepared.links;
      return prepared;
    },
    write: async (prepared) => {
      run.totals = await commitBatch(run, prepared);
      done.line = prepared.read.lastLine;
    },
  });
}

type Transaction = Parameters<typeof judgeNewKeepers>[0];

interface PreparedBatch {
  readonly desk: BulkTransactions;
  readonly transaction: Transaction;
  readonly read: ReadRows<VehicleRow>;
  readonly links: LinkedVehicles;
  readonly judged: Awaited<ReturnType<typeof judgeNewKeepers>>;
  readonly ready: readonly ReadyRows[];
}

/** Reads, recognises, links and judges, in the transaction that is to write it. */
async function prepareBatch(
  run: ImportRun,
  file: OpenedFile,
  records: readonly FileRecord[],
  desk: BulkTransactions,
  beforeLookingUp: (owned: readonly OwnedRow[]) => Promise<void>,
): Promise<PreparedBatch> {
  const { context, batchId } = run;
  const read = await readVehicles(records, file);
  const owned = await findOwners(desk.connection, read);
  await beforeLookingUp(owned);
  const at = nowOf(context);
  const { db } = desk.connection;
  const links = new LinkedVehicles(batchId, at);
  links.knowVehicles(await findVehicles(db, identitiesOf(owned)));
  links.knowKeepers(await findKeepersOf(db, links.knownIds()));
  for (const { row, customerId } of owned) links.link(row, customerId, read);
  const { newVehicles, newKeepers } = links;
  const transaction = await desk.begin();
  const judged = await judgeNewKeepers(transaction, context, newKeepers);
  const ready = [...readyVehicles(newVehicles, newKeepers, { batchId, at }), judged.ready];
  return { desk, transaction, read, links, judged, ready };
}

export interface OwnedRow {
  readonly row: VehicleRow;
  readonly customerId: string;
}

/** Every customer of the file is on file by now; a row of anybody else is rejected. */
async function findOwners(reader: BulkConnection, read: ReadRows<VehicleRow>): Promise<OwnedRow[]> {
  const customerIds = await customerIdsBehind(
    { reader },
    read.rows.map((row) => row.customerNumber),
  );
  return read.rows.flatMap((row, index) => {
    const customerId = customerIds[index] ?? null;
    if (customerId !== null) return [{ row, customerId }];
    read.totals.vehicles.rejected += 1;
    read.rejects.push(unknownOwner(row));
    return [];
  });
}

/** Why a vehicle of nobody is not imported. */
export function unknownOwner({ line, customerNumber }: VehicleRow): Reject {
  const reason = 'There is no customer with this number, neither in the customer file nor on file.';
  return { file: 'vehicles', line, column: 'customer_no', reason, original: customerNumber };
}

/**
 * For a dry run: which of these vehicles would be entered and which links made.
 *
 * @param seen vehicles and links that earlier rows of the file would have made.
 */
export async function countVehicles(
  db: ImportRun['reader']['db'],
  owned: readonly OwnedRow[],
  seen: FingerprintSet,
  totals: ImportTotals,
): Promise<void> {
  const { vehicles: count } = totals;
  const links = new LinkedVehicles(noBatch, 0);
  links.knowVehicles(await findVehicles(db, identitiesOf(owned)));
  links.knowKeepers(await findKeepersOf(db, links.knownIds()));
  for (const { row, customerId } of owned) {
    const known = links.recognise(row);
    const { vin, registration } = row;
    const came =
      vin === null
        ? seen.has(`registration ${registration}`)
        : seen.has(`vin ${vin}`) || seen.has(`registration alone ${registration}`);
    if (known === undefined && !came) count.created += 1;
    if (vin !== null) seen.add(`vin ${vin}`);
    if (registration !== null) {
      seen.add(`registration ${registration}`);
      if (vin === null) seen.add(`registration alone ${registration}`);
    }
    const isLinked = known !== undefined && links.isKeptBy(known.id, customerId);
    if (noteSeen(seen, `link ${customerId}`, row, known?.id) || isLinked) {
      count.alreadyLinked += 1;
      continue;
    }
    count.linked += 1;
    if (row.soldOn !== null) continue;
    const wasKept = noteSeen(seen, 'kept', row, known?.id);
    if (wasKept || (known !== undefined && links.isKept(known.id))) {
      noteAmbiguous(totals, 'vehicles', row, 'several_keepers');
    }
  }
}

/** Whether something was said of this vehicle before, by whichever of its identities; it is from now on. */
function noteSeen(
  seen: FingerprintSet,
  what: string,
  { vin, registration }: VehicleRow,
  knownId: string | undefined,
): boolean {
  if (knownId !== undefined) return !seen.add(`${what} ${knownId}`);
  const was =
    vin === null
      ? seen.has(`${what} registration ${registration}`)
      : seen.has(`${what} vin ${vin}`) || seen.has(`${what} alone ${registration}`);
  if (vin !== null) seen.add(`${what} vin ${vin}`);
  if (registration !== null) {
    seen.add(`${what} registration ${registration}`);
    if (vin === null) seen.add(`${what} alone ${registration}`);
  }
  return was;
}

const noBatch = NIL;

function identitiesOf(owned: readonly OwnedRow[]): { registrations: string[]; vins: string[] } {
  return {
    registrations: owned.flatMap(({ row }) => row.registration ?? []),
    vins: owned.flatMap(({ row }) => row.vin ?? []),
  };
}

/** One transaction: the vehicles, their links and answers, the rejects, and the line up to which it is done. */
async function commitBatch(run: ImportRun, prepared: PreparedBatch): Promise<ImportTotals> {
  const { desk, transaction, read, links, judged, ready } = prepared;
  const { context, batchId, totals } = run;
  const sum = addTotals(totals, read.totals);
  try {
    await desk.connection.copyReady(ready);
    await writeJudgedKeepers(transaction, judged);
    await endKeepers(transaction, batchId, links.ends, nowOf(context));
    await judgeAgain(transaction, context, [...new Set(links.ends.map((end) => end.customerId))]);
    await insertRejects(transaction, batchId, [...read.rejects, ...read.leftOut]);
    await advanceBatch(transaction, batchId, { totals: sum, vehiclesLine: read.lastLine });
    await desk.commit();
  } catch (error) {
    await desk.leave();
    throw error;
  }
  return sum;
}
