import type { Context } from '../../platform/context.ts';
import { inSnapshot } from '../../platform/database.ts';
import type { ChainVerdict } from '../ledger/service.ts';
import { listChains, verifyChains } from '../ledger/service.ts';
import { findWrongAnswers } from '../standing/service.ts';

/**
 * Proof that the ledger is what it was when it was written, and that the state in use follows from it.
 * Guarantees to read everything and to change nothing.
 */
export type LedgerFaultKind = NonNullable<ChainVerdict['fault']>['kind'] | 'chain_missing' | 'state_differs';

export interface LedgerFault {
  readonly customerId: string;
  /** The first bad entry of this customer; null where no entry is to blame. */
  readonly sequence: number | null;
  readonly kind: LedgerFaultKind;
  readonly sentence: string;
}

export interface LedgerReport {
  readonly customers: number;
  readonly entries: number;
  readonly faults: readonly LedgerFault[];
}

export interface VerifyOptions {
  readonly onProgress?: (progress: { customers: number; entries: number }) => void;
  /** Faults beyond this many are counted as found but not listed; the report would help nobody. */
  readonly faultsMax?: number;
}

const pageSize = 2_000;
const beforeTheFirst = '00000000-0000-0000-0000-000000000000';

/**
 * Recomputes every chain, holds it against its sealed head, folds it, and compares what follows with the
 * stored standing decisions. Somebody with every right in the database, but without the installation's
 * secret, cannot alter, remove, insert, swap or truncate entries without being found here.
 */
export async function verifyLedger(context: Context, options: VerifyOptions = {}): Promise<LedgerReport> {
  const faultsMax = options.faultsMax ?? 1_000;
  const faults: LedgerFault[] = [];
  let customers = 0;
  let entries = 0;
  let after = beforeTheFirst;
  for (;;) {
    const ids = await listChains(context, after, pageSize);
    if (ids.length === 0) return { customers, entries, faults };
    after = ids.at(-1) ?? after;
    const page = await verifyPage(context, ids);
    faults.push(...page.faults.slice(0, faultsMax - faults.length));
    customers += ids.length;
    entries += page.entries;
    options.onProgress?.({ customers, entries });
  }
}

async function verifyPage(
  context: Context,
  ids: readonly string[],
): Promise<{ entries: number; faults: LedgerFault[] }> {
  return inSnapshot(context.database.db, async (snapshot) => {
    const verdicts = await verifyChains(snapshot, context, ids);
    const sound = verdicts.filter((verdict) => verdict.fault === null).map(({ customerId }) => customerId);
    const wrong = await findWrongAnswers(snapshot, context, sound);
    return {
      entries: verdicts.reduce((sum, verdict) => sum + verdict.entries, 0),
      faults: [
        ...verdicts.flatMap((verdict) => chainFault(verdict)),
        ...wrong.map((customerId) => fault(customerId, null, 'state_differs')),
      ],
    };
  });
}

function chainFault({ customerId, entries, fault: found }: ChainVerdict): LedgerFault[] {
  if (found === null) return [];
  // A profile without any entry: its chain was taken away whole, head included.
  if (entries === 0 && found.kind === 'head_missing') return [fault(customerId, null, 'chain_missing')];
  return [fault(customerId, found.sequence, found.kind)];
}

function fault(customerId: string, sequence: number | null, kind: LedgerFaultKind): LedgerFault {
  return { customerId, sequence, kind, sentence: sentences[kind](sequence ?? 0) };
}

const sentences: Readonly<Record<LedgerFaultKind, (sequence: number) => string>> = {
  entry_altered: (sequence) => `Entry ${sequence} is not what was written.`,
  entry_missing: (sequence) => `Entry ${sequence} is missing.`,
  entry_not_chained: (sequence) => `Entry ${sequence} does not follow the entry before it.`,
  newest_entries_missing: (sequence) => `The newest entries, from ${sequence} on, were removed.`,
  entry_beyond_head: (sequence) => `Entry ${sequence} was added outside the program.`,
  head_missing: (sequence) => `The head that seals entry ${sequence} was removed.`,
  head_forged: (sequence) => `The head at entry ${sequence} was not sealed by this installation.`,
  chain_missing: () => 'The customer has a profile, but no ledger: the whole chain was removed.',
  state_differs: () => 'The stored answers are not those that follow from the ledger: run standing rebuild.',
};
