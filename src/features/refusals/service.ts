import { strongerLegacy } from '../../domain/legacy-flags.ts';
import type { LegacyFlag } from '../../domain/vocabulary.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { gatherFacts } from '../facts/service.ts';
import type { LedgerDraft } from '../ledger/service.ts';
import { recordEntriesIn } from '../ledger/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import type { CarriedBy } from './store.ts';
import { findCarriedByOthers, findRemembered, insertNamed, insertRemembered } from './store.ts';

/**
 * Every no that an import carried, whoever wrote the entry for it.
 * Guarantees that a no outlasts the reversal of another import that said the same, and that a no whose customer comes
 * later is waiting for them.
 */
type Transaction = Parameters<typeof recordEntriesIn>[0];

/** A no of an import that was not taken back. */
export type Refused = CarriedBy;

/** What imports before this one refuse for customer numbers of nobody on file, by number in lower case. */
export async function refusedBefore(
  db: Parameters<typeof findRemembered>[0],
  numbers: readonly { readonly key: string; readonly customerId: string | null }[],
  batchId: string,
): Promise<ReadonlyMap<string, readonly Refused[]>> {
  const unknown = numbers.flatMap(({ key, customerId }) => (customerId === null ? [key] : []));
  return findRemembered(db, unknown, batchId);
}

/** What a batch of rows says of customers beside what it writes of them. */
interface SaidOfCustomers {
  readonly batchId: string;
  /** Customers on file, with what their rows refuse. */
  readonly acquaintances: readonly {
    readonly customerId: string;
    readonly ofThisImport: boolean;
    readonly legacy: LegacyFlag | null;
  }[];
  /** Customers who were entered, with what earlier imports refuse for their numbers; `entered` in their order. */
  readonly newcomers: readonly Omit<ComingCustomer, 'customerId'>[];
  readonly entered: readonly { readonly id: string }[];
  /** What is refused for customer numbers, in lower case, of nobody on file. */
  readonly waiting: readonly { readonly key: string; readonly legacy: LegacyFlag }[];
}

/** In the transaction that enters the customers. */
export async function rememberIn(
  transaction: Transaction,
  context: Context,
  { batchId, acquaintances, newcomers, entered, waiting }: SaidOfCustomers,
  policy: PolicyVersion,
): Promise<void> {
  const at = nowOf(context);
  const named = acquaintances.filter(({ ofThisImport }) => !ofThisImport);
  await insertNamed(transaction, batchId, named, at);
  await insertRemembered(transaction, batchId, waiting, at);
  for (const [index, { legacy, remembered }] of newcomers.entries()) {
    if (remembered.length === 0) continue;
    const customerId = entered[index]?.id ?? '';
    await applyRememberedIn(transaction, context, { customerId, legacy, remembered }, policy);
  }
}

interface ComingCustomer {
  readonly customerId: string;
  /** What the entry says that opened their ledger. */
  readonly legacy: LegacyFlag | null;
  readonly remembered: readonly CarriedBy[];
}

/**
 * Somebody on file at last: each import that refused something for their number names them, and its no is entered
 * where it is not theirs already.
 */
async function applyRememberedIn(
  transaction: Transaction,
  context: Context,
  { customerId, legacy, remembered }: ComingCustomer,
  policy: PolicyVersion,
): Promise<void> {
  let onFile = legacy ?? 'none';
  for (const refusal of remembered) {
    await insertNamed(transaction, refusal.batchId, [{ customerId, legacy: refusal.legacy }], nowOf(context));
    const both = strongerLegacy(onFile, refusal.legacy);
    if (both === onFile) continue;
    onFile = both;
    await recordEntriesIn(transaction, context, [refusalDraft(customerId, refusal)], policy);
  }
}

function refusalDraft(customerId: string, { batchId, legacy }: CarriedBy): LedgerDraft {
  return {
    customerId,
    act: { kind: 'imported', legacy, assumed: false },
    occurredAt: null,
    actor: { kind: 'import', id: null },
    method: 'file',
    batchId,
  };
}

/**
 * After entries of an import were made void: what other imports refuse for these customers, and found on file then, is
 * entered for them. It counts from when they said so, so that a consent of since then still stands.
 */
export async function keepRefusalsOfOthersIn(
  transaction: Transaction,
  context: Context,
  batchId: string,
  customerIds: readonly string[],
  policy: PolicyVersion,
): Promise<void> {
  const carried = await findCarriedByOthers(transaction, batchId, customerIds);
  for (const other of new Set(carried.map((one) => one.batchId))) {
    const own = carried.filter((one) => one.batchId === other);
    const ids = own.map(({ customerId }) => customerId);
    const gathered = await gatherFacts(transaction, context, ids, policy.settings, nowOf(context));
    const drafts = own.flatMap(({ customerId, legacy, namedAt, ...by }): LedgerDraft[] => {
      const onFile = gathered.get(customerId)?.state.legacy?.flag ?? 'none';
      if (strongerLegacy(onFile, legacy) === onFile) return [];
      return [{ ...refusalDraft(customerId, { ...by, legacy }), occurredAt: namedAt }];
    });
    await recordEntriesIn(transaction, context, drafts, policy);
  }
}

/**
 * What imports refused for the number of somebody who is entered by hand or by another program. A number that the
 * program made (undefined) is nobody's before.
 */
export async function applyRefusalsOf(
  transaction: Transaction,
  context: Context,
  customerId: string,
  customerNumber: string | undefined,
  policy: PolicyVersion,
): Promise<void> {
  if (customerNumber === undefined) return;
  const found = await findRemembered(transaction, [customerNumber], null);
  const remembered = found.get(customerNumber.toLowerCase()) ?? [];
  await applyRememberedIn(transaction, context, { customerId, legacy: null, remembered }, policy);
}
