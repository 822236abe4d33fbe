import type { CellFacts, Facts } from './facts.ts';
import { cellIndex, scopedCellKey } from './facts.ts';
import { refusedSince } from './legacy-flags.ts';
import type { PolicySettings } from './policy.ts';
import type { Basis, Category, CellState, Channel } from './vocabulary.ts';

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

/**
 * What stands in one cell: the answer about this very vehicle or company, else the one about the category,
 * else what the upgrade assumed of it. The engine judges it, and the screens show it.
 *
 * @param scopedKey where an answer about one vehicle or company would stand; null for none.
 */
export function heldCell(
  facts: Facts,
  channel: Channel,
  category: Category,
  scopedKey: string | null,
  policy: PolicySettings,
): CellFacts | null {
  const scoped = scopedKey === null ? undefined : facts.scopedCells?.get(scopedKey);
  return scoped ?? facts.cells[cellIndex(channel, category)] ?? assumedCell(facts, channel, category, policy);
}

/**
 * What the upgrade assumed for a cell that nobody has answered since: the source document's channels, and
 * email and recorded calls only where counting them as assumed gives the law's own reason for refusing.
 */
function assumedCell(
  facts: Facts,
  channel: Channel,
  category: Category,
  policy: PolicySettings,
): CellFacts | null {
  const { legacy } = facts;
  if (legacy === null || !legacy.assumed || policy.migrationPolicy === 'reset_all') return null;
  if (category === 'third_party_marketing') return null;
  if (channel === 'email' && policy.policy !== 'pecr_strict' && policy.migratedEmail !== 'as_sms')
    return null;
  return {
    state: 'granted',
    basis: 'migrated',
    at: legacy.at,
    by: 'import',
    evidence: 'none',
    line: null,
    sequence: null,
  };
}

/** @param scopeId one vehicle, or one named company. */
export function heldAnswer(
  facts: Facts,
  channel: Channel,
  category: Category,
  scopeId: string | null,
  policy: PolicySettings,
): HeldAnswer {
  const scopedKey = scopeId === null ? null : scopedCellKey(cellIndex(channel, category), scopeId);
  const cell = heldCell(facts, channel, category, scopedKey, policy);
  if (cell !== null && cell.basis !== 'migrated') {
    return { state: cell.state, basis: cell.basis, at: cell.at, cell };
  }
  const refusedAt = facts.legacy === null ? null : refusedSince(facts.legacy, category);
  if (refusedAt !== null) return { state: 'legacy_no', basis: null, at: refusedAt, cell: null };
  // What the upgrade assumed is shown as assumed, never as an answer. What the engine counts as assumed only
  // to refuse it for the reason of the law was assumed by nobody (rules, §0.10 and §5).
  return cell !== null && isAssumedOf(channel, policy)
    ? { state: 'assumed', basis: 'migrated', at: cell.at, cell: null }
    : never;
}

/** Whether the dealer takes the upgrade to have assumed anything of this channel. */
function isAssumedOf(channel: Channel, { migratedEmail }: PolicySettings): boolean {
  return channel === 'email' ? migratedEmail === 'as_sms' : channel !== 'automated_call';
}
