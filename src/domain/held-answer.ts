import type { CellFacts, Facts } from './facts.ts';
import { cellIndex, scopedCellKey } from './facts.ts';
import type { Basis, Category, CellState, Channel, LegacyFlag } from './vocabulary.ts';

/** What is held of one box today. `assumed` and `unset` were never asked; `legacy_no` is an old opt-out. */
export interface HeldAnswer {
  readonly state: CellState | 'assumed' | 'legacy_no' | 'unset';
  readonly basis: Basis | null;
  /** When it was answered, milliseconds. */
  readonly at: number | null;
  /** The answer itself, where there is one. */
  readonly cell: CellFacts | null;
}

const never: HeldAnswer = { state: 'unset', basis: null, at: null, cell: null };

/** @param scopeId one vehicle, or one named company. */
export function heldAnswer(
  facts: Facts,
  channel: Channel,
  category: Category,
  scopeId: string | null,
): HeldAnswer {
  const index = cellIndex(channel, category);
  const scoped = scopeId === null ? undefined : facts.scopedCells?.get(scopedCellKey(index, scopeId));
  const cell = scoped ?? facts.cells[index];
  if (cell !== undefined) return { state: cell.state, basis: cell.basis, at: cell.at, cell };
  const { legacy } = facts;
  if (legacy === null || category === 'third_party_marketing') return never;
  if (refusedBefore(legacy.flag, category)) {
    return { state: 'legacy_no', basis: null, at: legacy.at, cell: null };
  }
  // What the upgrade assumed is shown as assumed, never as an answer, and only for the channels of the source
  // document (rules, §0.10 and §5).
  const named = channel !== 'email' && channel !== 'automated_call';
  return legacy.assumed && named ? { state: 'assumed', basis: 'migrated', at: legacy.at, cell: null } : never;
}

/** Whether the old flag of a record refuses this category (rules, §5). */
export function refusedBefore(flag: LegacyFlag, category: Category): boolean {
  if (category === 'third_party_marketing') return false;
  return (
    flag === 'both' ||
    flag === 'no_marketing' ||
    (flag === 'no_follow_up' && category === 'service_follow_up')
  );
}
