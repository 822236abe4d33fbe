import { strongerLegacy, strongest } from '../../../domain/legacy-flags.ts';
import { searchNamesOf } from '../../../domain/person-name.ts';
import type { LegacyFlag } from '../../../domain/vocabulary.ts';
import { nowOf } from '../../../platform/context.ts';
import type { ReadyRows } from '../../../platform/copying.ts';
import type { FileRecord } from '../../../platform/csv-records.ts';
import { identifiersAt } from '../../../platform/identifiers.ts';
import { branchFor, listBranches } from '../../branches/service.ts';
import { gatherFacts, gatherForNewcomers } from '../../facts/service.ts';
import type { ChainOpening, LedgerDraft } from '../../ledger/service.ts';
import { openChains, readyOpenedChains, recordEntriesIn } from '../../ledger/service.ts';
import type { Refused } from '../../refusals/service.ts';
import { refusedBefore, rememberIn } from '../../refusals/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { ImportTotals } from '../contract.ts';
import type { OpenedFile } from '../opening.ts';
import type { CustomerRow, FileRefusals, ReadCustomers } from '../reading.ts';
import { findRefusals, readCustomers } from '../reading.ts';
import { assumeNothingOfRefusers, openingAct } from '../refusers/service.ts';
import type { ImportRun } from '../run.ts';
import { inBatches } from '../run.ts';
import { advanceBatch, insertRejects } from '../store.ts';
import { addTotals, noteAmbiguous } from '../totals.ts';
import type { NewCustomerRow } from './store.ts';
import { lookUpNumbers, readyCustomers } from './store.ts';

/**
 * The customers of a file: new ones are entered with one ledger entry and one standing row each, those on
 * file keep their details and can only gain a no.
 */
export async function importCustomers(run: ImportRun, file: OpenedFile, doneLine: number): Promise<void> {
  const branches = new Map<string, Branch>();
  const refusals = await findRefusals(file, run.signal);
  let beingWrittenKeys: ReadonlySet<string> = new Set();
  await inBatches(run, 'customers', file, doneLine, {
    prepare: async (records, beingWritten) => {
      const read = await readCustomers(records, file);
      let found = await sortOut(run, read, refusals);
      if (found.newcomers.some(({ key }) => beingWrittenKeys.has(key))) {
        await beingWritten;
        found = await sortOut(run, await readCustomers(records, file), refusals);
      }
      beingWrittenKeys = new Set(found.newcomers.map(({ key }) => key));
      await findBranches(run, found, branches);
      return { records, found, entered: await enter(run, found, branches, refusals) };
    },
    write: (prepared) => writeBatch(run, file, prepared, branches, refusals),
  });
}

/** The customers behind customer numbers, in their order; null where there is none. */
export async function customerIdsBehind(
  { reader }: Pick<ImportRun, 'reader'>,
  numbers: readonly string[],
): Promise<(string | null)[]> {
  return (await lookUpNumbers(reader.db, numbers)).map(({ customerId }) => customerId);
}

type Branch = Awaited<ReturnType<typeof branchFor>>;

/** A row of somebody who is not on file, with the strictest flag of all their rows in the batch. */
export interface Newcomer {
  readonly key: string;
  readonly row: CustomerRow;
  legacy: LegacyFlag | null;
  /** What earlier imports refuse for this number, of nobody on file until now. */
  readonly remembered: readonly Refused[];
  /** False for somebody who said no under another number. */
  assumed: boolean;
}

/** Somebody on file, with the strictest flag of their rows in the batch; `row` is null when all were rejected. */
interface Acquaintance {
  readonly customerId: string;
  readonly row: CustomerRow | null;
  readonly ofThisImport: boolean;
  legacy: LegacyFlag | null;
}

export interface SortedCustomers {
  readonly read: ReadCustomers;
  readonly newcomers: readonly Newcomer[];
  readonly acquaintances: readonly Acquaintance[];
  /** What rejected rows refuse for customer numbers of nobody on file. */
  readonly waiting: readonly { readonly key: string; readonly legacy: LegacyFlag }[];
}

/**
 * Tells new customers from those on file and from further rows of the same customer. What a rejected row
 * refuses is added to the customer of its number, whichever row comes first.
 */
export async function sortOut(
  { reader, batchId }: Pick<ImportRun, 'reader' | 'batchId'>,
  read: ReadCustomers,
  refusals: FileRefusals,
): Promise<SortedCustomers> {
  const lookups = await lookUpNumbers(
    reader.db,
    [...read.rows, ...read.refusals].map((row) => row.customerNumber),
  );
  const waited = await refusedBefore(reader.db, lookups, batchId);
  const waiting: { key: string; legacy: LegacyFlag }[] = [];
  const newcomers = new Map<string, Newcomer>();
  const acquaintances = new Map<string, Acquaintance>();
  const { totals } = read;
  for (const [index, row] of read.rows.entries()) {
    const { key = '', customerId = null, createdBatchId = null } = lookups[index] ?? {};
    const known = customerId === null ? newcomers.get(key) : acquaintances.get(customerId);
    const ofThisImport = createdBatchId === batchId;
    if (known !== undefined || ofThisImport) {
      totals.customers.repeated += 1;
      noteAmbiguous(totals, 'customers', row, 'repeated_number');
    } else if (customerId === null) totals.customers.created += 1;
    else totals.customers.alreadyHere += 1;
    const legacy = strongest(row.legacy, refusals.rejected.get(row.customerNumber.toLowerCase()) ?? null);
    if (known !== undefined) {
      if (known.legacy !== legacy) noteAmbiguous(totals, 'customers', row, 'different_flags');
      known.legacy = strongest(known.legacy, legacy);
    } else if (customerId === null)
      newcomers.set(key, { key, row, legacy, remembered: waited.get(key) ?? [], assumed: true });
    else acquaintances.set(customerId, { customerId, row, ofThisImport, legacy });
  }
  for (const [index, { legacy }] of read.refusals.entries()) {
    const { key = '', customerId = null, createdBatchId = null } = lookups[read.rows.length + index] ?? {};
    if (customerId === null) waiting.push({ key, legacy });
    if (customerId === null) continue;
    const known = acquaintances.get(customerId);
    const ofThisImport = createdBatchId === batchId;
    if (known !== undefined) known.legacy = strongest(known.legacy, legacy);
    else acquaintances.set(customerId, { customerId, row: null, ofThisImport, legacy });
  }
  return { read, newcomers: [...newcomers.values()], acquaintances: [...acquaintances.values()], waiting };
}

/** A blank branch is the first; one that is not on file is added, since a customer without one is lost. */
async function findBranches(
  { context }: ImportRun,
  { newcomers, read }: SortedCustomers,
  branches: Map<string, Branch>,
): Promise<void> {
  for (const { row } of newcomers) {
    const text = row.branch ?? '';
    if (branches.has(text)) continue;
    const before = await listBranches(context);
    const branch = text === '' ? before[0] : await branchFor(context, text);
    if (branch === undefined) throw new Error('There is no branch to enter customers under.');
    if (!before.some(({ id }) => id === branch.id)) read.totals.branchesCreated.push(branch.code);
    branches.set(text, branch);
  }
}

interface EnteredCustomers {
  /** In the order of the newcomers. */
  readonly customers: readonly { readonly id: string }[];
  readonly ready: readonly ReadyRows[];
}

/** Makes everything that is written of new customers: profile, contact points, ledger entry, standing row. */
async function enter(
  run: ImportRun,
  { newcomers, read }: SortedCustomers,
  branches: ReadonlyMap<string, Branch>,
  { refusers }: FileRefusals,
): Promise<EnteredCustomers> {
  const at = nowOf(run.context);
  await assumeNothingOfRefusers(run, newcomers, refusers, read.totals);
  const { rows, openings } = await openingsOf(run, newcomers, branches, at);
  const profiles = readyCustomers(rows, { batchId: run.batchId, at });
  const chains = await openChains(run.context, openings, await policyAt(run.context), at);
  return { customers: rows, ready: [...profiles, ...readyOpenedChains(chains)] };
}

/** New customers as they are written, and what the engine has to know to judge them. */
export async function openingsOf(
  { context, reader, batchId, actor }: Pick<ImportRun, 'context' | 'reader' | 'batchId' | 'actor'>,
  newcomers: readonly Newcomer[],
  branches: ReadonlyMap<string, Pick<Branch, 'id' | 'legalEntityId'>>,
  at: number,
): Promise<{ rows: NewCustomerRow[]; openings: ChainOpening[] }> {
  const identifier = identifiersAt(at);
  const rows = newcomers.map(
    ({ row }): NewCustomerRow => ({
      ...row,
      ...searchNamesOf(row),
      id: identifier(),
      branchId: branches.get(row.branch ?? '')?.id ?? 0,
      contactPoints: row.contactPoints.map((point) => ({ ...point, id: identifier() })),
    }),
  );
  const points = rows.map((row) =>
    row.contactPoints.map(({ kind, normalised }) => ({
      kind,
      normalised,
      line1: kind === 'postal' ? row.address.line1 : null,
      inUseSince: at,
      status: 'ok' as const,
    })),
  );
  const knowledge = await gatherForNewcomers(reader.db, context, points.flat(), at);
  const openings = newcomers.map(({ row, legacy, assumed }, index): ChainOpening => {
    const customerId = rows[index]?.id ?? '';
    const { id: branchId = 0, legalEntityId = 0 } = branches.get(row.branch ?? '') ?? {};
    const { kind } = row;
    const act = openingAct(legacy, assumed);
    return {
      draft: { customerId, act, occurredAt: null, actor, method: 'file', batchId },
      profile: {
        id: customerId,
        kind,
        birthOn: null,
        prospect: false,
        branchId,
        legalEntityId,
        mergedIntoId: null,
      },
      contacts: knowledge.contacts(points[index] ?? [], kind),
      assessments: knowledge.assessments(legalEntityId),
    };
  });
  return { rows, openings };
}

interface PreparedBatch {
  readonly records: readonly FileRecord[];
  readonly found: SortedCustomers;
  readonly entered: EnteredCustomers;
}

const attemptsMax = 3;

/** One transaction: the customers, their chains, the rejects, and the line up to which all of it is done. */
async function writeBatch(
  run: ImportRun,
  file: OpenedFile,
  prepared: PreparedBatch,
  branches: ReadonlyMap<string, Branch>,
  refusals: FileRefusals,
): Promise<void> {
  let batch = prepared;
  for (let attempt = 1; ; attempt += 1) {
    try {
      run.totals = await commitBatch(run, batch);
      return;
    } catch (error) {
      // Somebody entered a customer with one of these numbers meanwhile: they are on file now.
      if ((error as { code?: string }).code !== '23505' || attempt === attemptsMax) throw error;
      const found = await sortOut(run, await readCustomers(batch.records, file), refusals);
      batch = { ...batch, found, entered: await enter(run, found, branches, refusals) };
    }
  }
}

async function commitBatch(run: ImportRun, { found, entered }: PreparedBatch): Promise<ImportTotals> {
  const { context, writer, batchId, totals } = run;
  const { read, acquaintances } = found;
  return writer.db.transaction().execute(async (transaction) => {
    await writer.copyReady(entered.ready);
    const drafts = await addedFlags(transaction, acquaintances, { ...run, totals: read.totals });
    const policy = await policyAt(context);
    await recordEntriesIn(transaction, context, drafts, policy);
    await rememberIn(transaction, context, { ...found, batchId, entered: entered.customers }, policy);
    await insertRejects(transaction, batchId, [...read.rejects, ...read.leftOut]);
    const counted = structuredClone(read.totals);
    counted.customers.flagsAdded += drafts.length;
    const sum = addTotals(totals, counted);
    await advanceBatch(transaction, batchId, { totals: sum, customersLine: read.lastLine });
    return sum;
  });
}

/**
 * What the file adds to customers on file: a no that they do not have yet. It never assumes anything about
 * them, and what it does not say takes nothing away.
 */
export async function addedFlags(
  db: ImportRun['reader']['db'],
  acquaintances: readonly Acquaintance[],
  { context, batchId, actor, totals }: Pick<ImportRun, 'context' | 'batchId' | 'actor' | 'totals'>,
): Promise<LedgerDraft[]> {
  const flagged = acquaintances.filter(({ legacy }) => legacy !== null);
  if (flagged.length === 0) return [];
  const policy = await policyAt(context);
  const ids = flagged.map(({ customerId }) => customerId);
  const gathered = await gatherFacts(db, context, ids, policy.settings, nowOf(context));
  const drafts: LedgerDraft[] = [];
  for (const { customerId, row, legacy, ofThisImport } of flagged) {
    const onFile = gathered.get(customerId)?.state.legacy?.flag ?? 'none';
    const both = strongerLegacy(onFile, legacy ?? 'none');
    if (row === null) {
      // Nothing is known of the customer but the no.
    } else if (ofThisImport && onFile !== legacy) noteAmbiguous(totals, 'customers', row, 'different_flags');
    else if (onFile !== 'none' && both !== legacy) {
      noteAmbiguous(totals, 'customers', row, 'stricter_on_file');
    }
    if (both === onFile) continue;
    const act = { kind: 'imported', legacy: legacy ?? 'none', assumed: false } as const;
    drafts.push({ customerId, act, occurredAt: null, actor, method: 'file', batchId });
  }
  return drafts;
}
