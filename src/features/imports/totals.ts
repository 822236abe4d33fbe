import type { AmbiguityReason } from '../../domain/import-ambiguity.ts';
import type { ImportFileKind, RowRemark } from '../../domain/import-fields.ts';
import type { ImportTotals } from './contract.ts';

/** Of warnings and ambiguous records this many are kept with their line; all of them are counted. */
const listedMax = 200;

export function emptyTotals(): ImportTotals {
  return {
    customers: { rows: 0, created: 0, alreadyHere: 0, repeated: 0, flagsAdded: 0, rejected: 0 },
    byFlag: { none: 0, no_follow_up: 0, no_marketing: 0, both: 0, not_said: 0 },
    vehicles: { rows: 0, created: 0, linked: 0, alreadyLinked: 0, rejected: 0 },
    warnings: {},
    firstWarnings: [],
    ambiguous: {},
    firstAmbiguous: [],
    rejectedWithNo: 0,
    branchesCreated: [],
    sharedContactPoints: 0,
  };
}

/** What was counted so far with what one more batch counted. */
export function addTotals(a: ImportTotals, b: ImportTotals): ImportTotals {
  return {
    ...a,
    customers: addCounts(a.customers, b.customers),
    byFlag: addCounts(a.byFlag, b.byFlag),
    vehicles: addCounts(a.vehicles, b.vehicles),
    warnings: addCounts(a.warnings, b.warnings),
    firstWarnings: [...a.firstWarnings, ...b.firstWarnings].slice(0, listedMax),
    ambiguous: addCounts(a.ambiguous, b.ambiguous),
    firstAmbiguous: [...a.firstAmbiguous, ...b.firstAmbiguous].slice(0, listedMax),
    rejectedWithNo: (a.rejectedWithNo ?? 0) + (b.rejectedWithNo ?? 0),
    branchesCreated: [...new Set([...a.branchesCreated, ...b.branchesCreated])],
    sharedContactPoints: a.sharedContactPoints + b.sharedContactPoints,
  };
}

function addCounts<Counts extends { readonly [name: string]: number }>(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + value;
  return sum as Counts;
}

export function noteWarnings(
  totals: ImportTotals,
  file: ImportFileKind,
  line: number,
  warnings: readonly RowRemark[],
): void {
  for (const { column, reason } of warnings) {
    const name = `${column}: ${reason}`;
    totals.warnings[name] = (totals.warnings[name] ?? 0) + 1;
    // Without the text itself: that is personal data, and the file has it.
    if (totals.firstWarnings.length < listedMax) totals.firstWarnings.push({ file, line, column, reason });
  }
}

export function noteAmbiguous(
  totals: ImportTotals,
  file: ImportFileKind,
  row: { readonly line: number; readonly customerNumber: string },
  reason: AmbiguityReason,
): void {
  totals.ambiguous[reason] = (totals.ambiguous[reason] ?? 0) + 1;
  if (totals.firstAmbiguous.length < listedMax) {
    const { line, customerNumber } = row;
    totals.firstAmbiguous.push({ file, line, customerNumber, reason });
  }
}
