import { NIL } from 'uuid';
import type { Context } from '../../platform/context.ts';
import { inSnapshot } from '../../platform/database.ts';
import { findAlteredEvidence } from '../evidence/service.ts';
import type { ChainVerdict } from '../ledger/service.ts';
import { listChains, verifyChains } from '../ledger/service.ts';
import { findWrongAnswers } from '../standing/service.ts';
import { findAlteredWordings, findMissingWordings } from '../wordings/service.ts';

/**
 * Proof that the ledger is what it was when it was written, and that the state in use follows from it.
 * Guarantees to read everything and to change nothing.
 */
export type LedgerFaultKind =
  | NonNullable<ChainVerdict['fault']>['kind']
  | 'chain_missing'
  | 'state_differs'
  | 'wording_altered'
  | 'wording_missing'
  | 'evidence_altered';

export interface LedgerFault {
  /** Null for a wording: it may be that of many customers. */
  readonly customerId: string | null;
  /** The first bad entry of this customer; null where no entry is to blame. */
  readonly sequence: number | null;
  /** The hash of the wording whose text is another, hexadecimal; null for every other fault. */
  readonly wordingHash: string | null;
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
const beforeTheFirst: string = NIL;

/**
 * Recomputes every chain, holds it against its sealed head, folds it, and compares what follows with the
 * stored standing decisions; then recomputes what the entries name: wordings by hash, evidence by commitment.
 * Somebody with every right in the database, but without the installation's secret, cannot alter, insert or
 * swap entries without being found here. What is not found, because nothing in the database tells it from the
 * truth: a customer put back, whole, to an earlier state whose sealed head was copied then, evidence that was
 * removed, which an erasure does, too, and facts beside the ledger changed together with what was judged by them.
 */
export async function verifyLedger(context: Context, options: VerifyOptions = {}): Promise<LedgerReport> {
  const faultsMax = options.faultsMax ?? 1_000;
  const faults: LedgerFault[] = [];
  let customers = 0;
  let entries = 0;
  let after = beforeTheFirst;
  for (;;) {
    const ids = await listChains(context, after, pageSize);
    if (ids.length === 0) break;
    after = ids.at(-1) ?? after;
    const page = await verifyPage(context, ids);
    faults.push(...page.faults.slice(0, faultsMax - faults.length));
    customers += ids.length;
    entries += page.entries;
    options.onProgress?.({ customers, entries });
  }
  const wordings = (await findAlteredWordings(context)).map(wordingFault);
  faults.push(...wordings.slice(0, faultsMax - faults.length));
  return { customers, entries, faults };
}

async function verifyPage(
  context: Context,
  ids: readonly string[],
): Promise<{ entries: number; faults: LedgerFault[] }> {
  return inSnapshot(context.database.db, async (snapshot) => {
    const verdicts = await verifyChains(snapshot, context, ids);
    const sound = verdicts.filter((verdict) => verdict.fault === null).map(({ customerId }) => customerId);
    const wrong = await findWrongAnswers(snapshot, context, sound);
    const unworded = await findMissingWordings(snapshot, ids);
    const altered = await findAlteredEvidence(snapshot, ids);
    return {
      entries: verdicts.reduce((sum, verdict) => sum + verdict.entries, 0),
      faults: [
        ...verdicts.flatMap((verdict) => chainFault(verdict)),
        ...wrong.map((customerId) => fault(customerId, null, 'state_differs')),
        ...unworded.map(({ customerId, sequence }) => fault(customerId, sequence, 'wording_missing')),
        ...altered.map(({ customerId, sequence }) => fault(customerId, sequence, 'evidence_altered')),
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

function fault(customerId: string, sequence: number | null, kind: keyof typeof sentences): LedgerFault {
  const sentence =
    kind === 'evidence_altered' && sequence === null
      ? 'Evidence is kept that no entry speaks of: it was altered or added.'
      : sentences[kind](sequence ?? 0);
  return { customerId, sequence, wordingHash: null, kind, sentence };
}

function wordingFault(wordingHash: string): LedgerFault {
  const sentence = `The text of wording ${wordingHash} is not what was shown or read out.`;
  return { customerId: null, sequence: null, wordingHash, kind: 'wording_altered', sentence };
}

const sentences: Readonly<Record<Exclude<LedgerFaultKind, 'wording_altered'>, (sequence: number) => string>> =
  {
    entry_altered: (sequence) => `Entry ${sequence} is not what was written.`,
    entry_missing: (sequence) => `Entry ${sequence} is missing.`,
    entry_not_chained: (sequence) => `Entry ${sequence} does not follow the entry before it.`,
    newest_entries_missing: (sequence) => `The newest entries, from ${sequence} on, were removed.`,
    entry_beyond_head: (sequence) => `Entry ${sequence} was added outside the program.`,
    head_missing: (sequence) => `The head that seals entry ${sequence} was removed.`,
    head_forged: (sequence) => `The head at entry ${sequence} was not sealed by this installation.`,
    chain_missing: () => 'The customer has a profile, but no ledger: the whole chain was removed.',
    state_differs: () =>
      'The stored answers are not those that follow from the ledger: run standing rebuild.',
    wording_missing: (sequence) => `The wording that entry ${sequence} names was removed.`,
    evidence_altered: (sequence) => `The evidence of entry ${sequence} is not what was written.`,
  };
