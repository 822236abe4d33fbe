import type { CellFacts } from '../../../domain/facts.ts';
import type { LedgerEvent } from '../../../domain/ledger-event.ts';
import { effectiveAt } from '../../../domain/ledger-event.ts';
import { howWords } from '../../../domain/plain-words.ts';
import type { ShownAnswer } from '../../../domain/shown-state.ts';
import type { GatheredFacts } from '../../facts/service.ts';

/** How an answer is known: from the entry of the ledger that gave it, or from what is known of the customer. */
export function detailOf(
  { cell, detail }: ShownAnswer,
  known: GatheredFacts,
  versions: ReadonlyMap<string, number>,
): string | null {
  const entry = cell === null || detail !== null ? undefined : entryBehind(cell, known);
  if (entry === undefined) return detail;
  const { method, actor, wordingHash } = entry;
  const wordingVersion = wordingHash === null ? null : (versions.get(wordingHash) ?? null);
  return howWords({ method, byCustomer: actor.kind === 'customer', wordingVersion });
}

/** Null for an answer given on a record that became part of this one: its entries are in a ledger of their own. */
export function sequenceOf({ cell }: ShownAnswer, known: GatheredFacts): number | null {
  const entry = cell === null ? undefined : entryBehind(cell, known);
  return entry?.customerId === known.profile.id ? entry.sequence : null;
}

function entryBehind(cell: CellFacts, known: GatheredFacts): LedgerEvent | undefined {
  const gave = (entry: LedgerEvent): boolean =>
    entry.sequence === cell.sequence && effectiveAt(entry) === cell.at && entry.cells.length > 0;
  return known.events.find(gave) ?? [...known.absorbed.values()].flat().find(gave);
}
