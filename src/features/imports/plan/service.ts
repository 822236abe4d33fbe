import { NIL } from 'uuid';
import { strongest } from '../../../domain/legacy-flags.ts';
import { firstAllowCode } from '../../../domain/standing.ts';
import type { Category, Channel, LegacyFlag } from '../../../domain/vocabulary.ts';
import { categories, channels } from '../../../domain/vocabulary.ts';
import type { BulkConnection } from '../../../platform/bulk-writing.ts';
import { withBulkConnection } from '../../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { readRecords } from '../../../platform/csv-reading.ts';
import type { Branch } from '../../branches/service.ts';
import { listBranches } from '../../branches/service.ts';
import { openChains } from '../../ledger/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { ImportPlan, ImportRemark, ImportTotals } from '../contract.ts';
import type { Newcomer, SortedCustomers } from '../customers/service.ts';
import { addedFlags, customerIdsBehind, openingsOf, sortOut } from '../customers/service.ts';
import { FingerprintSet } from '../fingerprint-set.ts';
import type { ImportRequest, OpenedFile } from '../opening.ts';
import { filesOf, openImport } from '../opening.ts';
import type { Reject } from '../reading.ts';
import { findRefusals, readCustomers, readVehicles } from '../reading.ts';
import { assumeNothingOfRefusers } from '../refusers/service.ts';
import type { ImportProgress } from '../run.ts';
import { inBatches } from '../run.ts';
import { findBatchesOfFile } from '../store.ts';
import { addTotals, emptyTotals, noteAmbiguous } from '../totals.ts';
import { countVehicles, unknownOwner } from '../vehicles/service.ts';

const firstRejectsMax = 50;
const policies = ['pecr_strict', 'assume_legitimate_interest'] as const;
type PermittedTable = Record<Channel, Record<Category, number>>;

/** A dry run at work. `batchId` is that of no batch, so that everything on file counts as on file before. */
interface Planning {
  readonly context: Context;
  readonly reader: BulkConnection;
  readonly batchId: string;
  readonly actor: Actor;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  readonly branches: readonly Branch[];
  /** Customer numbers of the file, each alone and each with its flag. */
  readonly seen: FingerprintSet;
  /** Customer numbers with a vehicle in the vehicle file that was not sold; null without such a file. */
  readonly owners: FingerprintSet | null;
  readonly permitted: Record<(typeof policies)[number], PermittedTable>;
  withVehicle: number;
  totals: ImportTotals;
  readonly rejects: ImportRemark[];
}

export interface PlanOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Gives up between two batches. */
  readonly signal?: AbortSignal;
}

/**
 * What an import would do, without doing any of it: the same reading, the same look into the database, and
 * the same engine, asked once under each policy.
 *
 * Service follow-up is about a vehicle: it is judged for customers who have one in the vehicle file, and
 * without such a file for everybody, as if they had.
 *
 * Throws InvalidError with a sentence for a file that cannot be imported.
 */
export async function planImport(
  context: Context,
  request: ImportRequest,
  options: PlanOptions = {},
): Promise<ImportPlan> {
  const opened = await openImport(context, request);
  return withBulkConnection(context.database, async (reader) => {
    const batches = await findBatchesOfFile(reader.db, filesOf(opened));
    const planning: Planning = {
      context,
      reader,
      batchId: noBatch,
      actor: { kind: 'import', id: null },
      onProgress: options.onProgress ?? (() => undefined),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      branches: await listBranches(context),
      seen: new FingerprintSet(),
      owners: opened.vehicles === null ? null : await findOwners(opened.vehicles),
      permitted: { pecr_strict: emptyTable(), assume_legitimate_interest: emptyTable() },
      withVehicle: 0,
      totals: emptyTotals(),
      rejects: [],
    };
    await planCustomers(planning, opened.customers);
    if (opened.vehicles !== null) await planVehicles(planning, opened.vehicles);
    const { totals, permitted, withVehicle, rejects } = planning;
    return {
      totals,
      firstRejects: rejects,
      carriesOldFlags: opened.carriesOldFlags,
      policyChosen: (await policyAt(context)).chosenExplicitly,
      alreadyImported: batches.some(({ same, status }) => same && status === 'finished'),
      permitted: { customers: totals.customers.created, withVehicle, ...permitted },
    };
  });
}

const noBatch = NIL;

function emptyTable(): PermittedTable {
  const none = () => Object.fromEntries(categories.map((category) => [category, 0]));
  return Object.fromEntries(channels.map((channel) => [channel, none()])) as PermittedTable;
}

async function findOwners(file: OpenedFile): Promise<FingerprintSet> {
  const owners = new FingerprintSet();
  for await (const { records } of readRecords(file.table)) {
    for (const { customerNumber, soldOn } of (await readVehicles(records, file)).rows) {
      if (soldOn === null) owners.add(customerNumber.toLowerCase());
    }
  }
  return owners;
}

async function planCustomers(planning: Planning, file: OpenedFile): Promise<void> {
  const refusals = await findRefusals(file, planning.signal);
  await inBatches(planning, 'customers', file, 0, {
    prepare: async (records) => sortOut(planning, await readCustomers(records, file), refusals),
    write: async (found) => {
      const { totals, rejects } = found.read;
      const newcomers = notSeenBefore(planning, found);
      const added = await addedFlags(planning.reader.db, found.acquaintances, { ...planning, totals });
      // An import finds on file what an earlier batch added; here nothing was written.
      totals.customers.flagsAdded += added.filter(({ customerId, act }) =>
        planning.seen.add(`${customerId} ${JSON.stringify(act)}`),
      ).length;
      await assumeNothingOfRefusers(planning, newcomers, refusals.refusers, totals);
      await judgeBoth(planning, newcomers, totals);
      planning.totals = addTotals(planning.totals, totals);
      keepFirst(planning, rejects);
    },
  });
}

/** Without the further rows of customers who came in an earlier batch; an import finds those on file. */
function notSeenBefore({ seen }: Planning, { newcomers, read: { totals } }: SortedCustomers): Newcomer[] {
  return newcomers.filter(({ key, row, legacy }) => {
    const isFirst = seen.add(key);
    const isFirstWithFlag = seen.add(`${key} ${legacy}`);
    if (isFirst) return true;
    totals.customers.created -= 1;
    totals.customers.repeated += 1;
    noteAmbiguous(totals, 'customers', row, 'repeated_number');
    if (isFirstWithFlag) noteAmbiguous(totals, 'customers', row, 'different_flags');
    return false;
  });
}

async function judgeBoth(
  planning: Planning,
  newcomers: readonly Newcomer[],
  totals: ImportTotals,
): Promise<void> {
  const { context, owners, permitted } = planning;
  const at = nowOf(context);
  const waitedFor = newcomers.map((newcomer) => ({
    ...newcomer,
    legacy: newcomer.remembered.reduce<LegacyFlag | null>(
      (legacy, { legacy: refused }) => strongest(legacy, refused),
      newcomer.legacy,
    ),
  }));
  const { openings } = await openingsOf(planning, waitedFor, branchesFor(planning, newcomers, totals), at);
  const owned = [{ id: noBatch, ownedUntil: null, optedOut: false }];
  const withVehicles = openings.map((opening, index) => {
    const hasVehicle = owners === null || owners.has(newcomers[index]?.key ?? '');
    if (hasVehicle) planning.withVehicle += 1;
    return { ...opening, vehicles: hasVehicle ? owned : [] };
  });
  const current = await policyAt(context);
  for (const policy of policies) {
    const judgedBy = { ...current, settings: { ...current.settings, policy } };
    for (const { standing } of await openChains(context, withVehicles, judgedBy, at)) {
      countAllowed(permitted[policy], standing.codes, standing.vehicles[0]?.codes ?? []);
    }
  }
}

function countAllowed(
  table: PermittedTable,
  codes: readonly number[],
  vehicleCodes: readonly number[],
): void {
  for (const [row, channel] of channels.entries()) {
    for (const [column, category] of categories.entries()) {
      const code =
        category === 'service_follow_up' ? vehicleCodes[row] : codes[row * categories.length + column];
      if (code !== undefined && code >= firstAllowCode) table[channel][category] += 1;
    }
  }
}

/** The branch of each row; one that an import would add is judged as what it will be, a branch of the first entity. */
function branchesFor(
  { branches }: Planning,
  newcomers: readonly Newcomer[],
  totals: ImportTotals,
): Map<string, Pick<Branch, 'id' | 'legalEntityId'>> {
  const found = new Map<string, Pick<Branch, 'id' | 'legalEntityId'>>();
  const [first] = branches;
  const comparable = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  for (const { row } of newcomers) {
    const text = row.branch ?? '';
    if (found.has(text)) continue;
    const known = branches.find(({ code, name }) =>
      [code, name].some((word) => comparable(word) === comparable(text)),
    );
    if (known === undefined && text !== '') totals.branchesCreated.push(text);
    found.set(text, known ?? { id: 0, legalEntityId: first?.legalEntityId ?? 0 });
  }
  return found;
}

async function planVehicles(planning: Planning, file: OpenedFile): Promise<void> {
  const seen = new FingerprintSet();
  await inBatches(planning, 'vehicles', file, 0, {
    prepare: async (records) => readVehicles(records, file),
    write: async (read) => {
      const numbers = read.rows.map((row) => row.customerNumber);
      const ids = await customerIdsBehind(planning, numbers);
      const owned = read.rows.flatMap((row, index) => {
        const number = row.customerNumber.toLowerCase();
        const customerId = ids[index] ?? (planning.seen.has(number) ? number : null);
        if (customerId !== null) return [{ row, customerId }];
        read.totals.vehicles.rejected += 1;
        read.rejects.push(unknownOwner(row));
        return [];
      });
      await countVehicles(planning.reader.db, owned, seen, read.totals);
      planning.totals = addTotals(planning.totals, read.totals);
      keepFirst(planning, read.rejects);
    },
  });
}

function keepFirst({ rejects }: Planning, more: readonly Reject[]): void {
  rejects.push(...more.slice(0, firstRejectsMax - rejects.length));
}
