import { NIL, v7 as uuid } from 'uuid';
import type { CellFacts } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { countWords } from '../../domain/plain-words.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { BulkConnection } from '../../platform/bulk-writing.ts';
import { lockBulkWork, sayAtWork, withBulkConnection } from '../../platform/bulk-writing.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { gatherFacts } from '../facts/service.ts';
import { recordEntriesIn, unvoidedEntries, voidEntriesIn } from '../ledger/service.ts';
import { policyAt } from '../settings/service.ts';
import type { ResetRow } from './store.ts';
import {
  addProgress,
  findCandidates,
  findOpenReset,
  findReset,
  insertReset,
  setResetStatus,
} from './store.ts';

/**
 * Resets: every record goes back to "no permission was given".
 * Guarantees that no no is ever touched, that a customer with nothing to reset gets no entry, and that the
 * whole of it can be undone by further entries.
 */
export type Reset = ResetRow;

/** What a reset would change. A customer may count under several. */
export interface ResetPlan {
  readonly keepConsent: boolean;
  /** Customers who would be reset: the n of "RESET n RECORDS". */
  readonly records: number;
  /** Customers whose assumption of the upgrade would end. */
  readonly assumed: number;
  /** Permissions that would end, by ground. */
  readonly permissions: {
    readonly consent: number;
    readonly soft_opt_in: number;
    readonly legitimate_interest: number;
  };
  /** Permissions by consent that would stay. */
  readonly consentsKept: number;
}

export interface ResetProgress {
  readonly phase: 'counting' | 'resetting' | 'undoing';
  /** Customers dealt with so far in this run. */
  readonly customers: number;
}

type OnProgress = (progress: ResetProgress) => void;

export interface ResetOptions {
  readonly actor: Actor;
  readonly onProgress?: OnProgress;
  /** Told once it is on record and customers are about to be changed. */
  readonly onBegun?: (reset: Reset) => void;
  /** Stops it after the page it is at; run again, it goes on. */
  readonly signal?: AbortSignal;
}

const pageSize = 1_000;
const beforeTheFirst: string = NIL;

/** Counts what a reset would change, by the fold itself; changes nothing. */
export async function planReset(
  context: Context,
  options: { readonly keepConsent: boolean; readonly onProgress?: OnProgress },
): Promise<ResetPlan> {
  return withBulkConnection(context.database, (connection) => countReset(context, connection, options));
}

async function countReset(
  context: Context,
  connection: BulkConnection,
  { keepConsent, onProgress }: { readonly keepConsent: boolean; readonly onProgress?: OnProgress },
): Promise<ResetPlan> {
  const permissions = { consent: 0, soft_opt_in: 0, legitimate_interest: 0 };
  const plan = { keepConsent, records: 0, assumed: 0, permissions, consentsKept: 0 };
  let customers = 0;
  for await (const page of candidatePages(connection)) {
    for (const state of (await statesOf(context, connection, page)).values()) {
      if (hasSomethingToReset(state, keepConsent)) plan.records += 1;
      if (state.legacy?.assumed === true) plan.assumed += 1;
      for (const { basis } of grantsOf(state)) {
        if (keepConsent && basis === 'consent') plan.consentsKept += 1;
        else if (basis !== null && basis !== 'migrated') permissions[basis] += 1;
      }
    }
    customers += page.length;
    onProgress?.({ phase: 'counting', customers });
  }
  return plan;
}

export interface ResetRequest extends ResetOptions {
  /** Whether explicit opt-ins stay. Assumptions never do. */
  readonly keepConsent: boolean;
  readonly reason: string;
  /** "RESET n RECORDS", with the number that the plan gives. */
  readonly confirmation: string;
}

/**
 * Resets every record that has a permission or an assumption. Run again after a crash it goes on with the
 * same reset, whose confirmation it takes again.
 *
 * Throws InvalidError for a wrong confirmation or no reason, ConflictError when another reset was begun and
 * not finished or other bulk work is running.
 */
export async function runReset(context: Context, request: ResetRequest): Promise<Reset> {
  const reason = request.reason.trim();
  if (reason === '') throw new InvalidError('Say why the records are reset.', { field: 'reason' });
  return withBulkConnection(context.database, async (connection) => {
    await lockBulkWork(connection);
    const open = await findOpenReset(connection.db);
    if (open !== undefined && (open.status !== 'running' || open.keepConsent !== request.keepConsent)) {
      throw unfinished(open);
    }
    const records = open?.records ?? (await countReset(context, connection, request)).records;
    requireConfirmation(request.confirmation, records);
    const id = open?.id ?? uuid();
    if (open === undefined) {
      await insertReset(connection.db, {
        id,
        keepConsent: request.keepConsent,
        reason,
        requestedBy: request.actor.id ?? request.actor.kind,
        requestedAt: nowOf(context),
        records,
      });
    }
    await begun(connection, id, request);
    let customers = 0;
    for await (const page of candidatePages(connection)) {
      customers += await resetPage(context, connection, page, { ...request, id });
      request.onProgress?.({ phase: 'resetting', customers });
      request.signal?.throwIfAborted();
    }
    await setResetStatus(connection.db, id, 'finished', nowOf(context));
    return known(connection, id);
  });
}

/** One transaction. What was reset already has nothing left to reset, so that a page may be done twice. */
async function resetPage(
  context: Context,
  connection: BulkConnection,
  page: readonly string[],
  { id, keepConsent, actor }: Pick<ResetRequest, 'keepConsent' | 'actor'> & { readonly id: string },
): Promise<number> {
  const policy = await policyAt(context);
  return connection.db.transaction().execute(async (transaction) => {
    const states = await statesOf(context, { db: transaction }, page);
    const drafts = [...states]
      .filter(([, state]) => hasSomethingToReset(state, keepConsent))
      .map(([customerId]) => ({
        customerId,
        act: { kind: 'reset', keepConsent } as const,
        occurredAt: null,
        actor,
        batchId: id,
      }));
    await recordEntriesIn(transaction, context, drafts, policy);
    await addProgress(transaction, id, 'recordsReset', drafts.length);
    return drafts.length;
  });
}

/**
 * Undoes a reset, finished or not: its entries are made void by others. Answers and objections since then
 * count as if it had never been. Run again after a crash it goes on; an undone reset stays as it is.
 *
 * Throws NotFoundError, and ConflictError while other bulk work is running.
 */
export async function undoReset(context: Context, id: string, options: ResetOptions): Promise<Reset> {
  return withBulkConnection(context.database, async (connection) => {
    await lockBulkWork(connection);
    const reset = await known(connection, id);
    if (reset.status === 'undone') return reset;
    // why: as the database writes it, because entries of the ledger are hashed with it.
    const resetId = reset.id;
    await setResetStatus(connection.db, resetId, 'undoing', nowOf(context));
    await begun(connection, resetId, options);
    let customers = 0;
    for await (const entries of unvoidedEntries(connection, resetId, ['reset'])) {
      const policy = await policyAt(context);
      await connection.db.transaction().execute(async (transaction) => {
        const ids = entries.map(({ customerId }) => customerId);
        const onFile = await statesOf(context, { db: transaction }, ids);
        await voidEntriesIn(
          transaction,
          context,
          entries.filter(({ customerId }) => onFile.has(customerId)),
          {
            act: { kind: 'corrected', reason: 'reset_undone' },
            occurredAt: null,
            actor: options.actor,
            batchId: resetId,
          },
          policy,
        );
        await addProgress(transaction, resetId, 'recordsRestored', entries.length);
      });
      customers += entries.length;
      options.onProgress?.({ phase: 'undoing', customers });
      options.signal?.throwIfAborted();
    }
    await setResetStatus(connection.db, resetId, 'undone', nowOf(context));
    return known(connection, resetId);
  });
}

/** It is on record and being worked at from here on. */
async function begun(
  connection: BulkConnection,
  id: string,
  { onBegun }: Pick<ResetOptions, 'onBegun'>,
): Promise<void> {
  await sayAtWork(connection, id);
  onBegun?.(await known(connection, id));
}

/** What has to be typed so that a reset of so many records begins. */
export function resetConfirmation(records: number): string {
  return `RESET ${records} RECORDS`;
}

function requireConfirmation(given: string, records: number): void {
  if (given === resetConfirmation(records)) return;
  throw new InvalidError(
    `This would reset ${countWords(records, 'record')}: confirm it with exactly "${resetConfirmation(records)}".`,
    { field: 'confirmation', code: 'confirmation-needed' },
  );
}

async function known({ db }: BulkConnection, id: string): Promise<Reset> {
  const reset = await findReset(db, id);
  if (reset === undefined) throw new NotFoundError('There is no such reset.', { code: 'reset-not-found' });
  return reset;
}

function unfinished({ id, status, keepConsent }: Reset): ConflictError {
  const how = keepConsent ? 'keeping consent' : 'clearing consent';
  const what = status === 'running' ? `begun ${how}` : 'being undone';
  return new ConflictError(`The reset ${id} was ${what} and is not finished: finish it first.`, {
    code: 'reset-unfinished',
  });
}

async function* candidatePages({ db }: Pick<BulkConnection, 'db'>): AsyncGenerator<string[]> {
  let after = beforeTheFirst;
  for (;;) {
    const page = await findCandidates(db, after, pageSize);
    if (page.length === 0) return;
    yield page;
    after = page.at(-1) ?? after;
  }
}

async function statesOf(
  context: Context,
  { db }: Pick<BulkConnection, 'db'>,
  ids: readonly string[],
): Promise<Map<string, PermissionState>> {
  const { settings } = await policyAt(context);
  const gathered = await gatherFacts(db, context, ids, settings, nowOf(context));
  return new Map([...gathered].map(([id, { state }]) => [id, state]));
}

function grantsOf({ cells, scopedCells }: PermissionState): CellFacts[] {
  const all = [...cells, ...(scopedCells?.values() ?? [])];
  return all.filter((cell): cell is CellFacts => cell?.state === 'granted');
}

/** An assumption always goes; of the grants, consent stays where it is to be kept. A no is nothing to reset. */
function hasSomethingToReset(state: PermissionState, keepConsent: boolean): boolean {
  if (state.legacy?.assumed === true) return true;
  return grantsOf(state).some(({ basis }) => !(keepConsent && basis === 'consent'));
}
