import type { LineFacts } from '../../domain/facts.ts';
import type { Context } from '../../platform/context.ts';
import type { EventRow, LineRow } from './store.ts';
import { findLines } from './store.ts';

/**
 * Says of the contact point that serves a channel of calls which line it is; null where nobody knows. Consent to
 * calls belongs to the line it was given for (PECR 19, 21(4)), so what serves today is held against what was in
 * use then.
 */
export type LineOf = (point: {
  readonly id?: string;
  readonly normalised: string | null;
}) => LineFacts | null;

export const noLines: LineOf = () => null;

interface MergedRow {
  readonly id: string;
  readonly mergedIntoId: string;
}

/**
 * The lines of those customers who ever agreed to calls, those of the records that became part of theirs
 * included; nobody else's matter.
 */
export async function gatherLines(
  db: Context['database']['db'],
  ids: readonly string[],
  absorbed: readonly MergedRow[],
  events: readonly EventRow[],
  at: number,
): Promise<(customerId: string) => LineOf> {
  const agreed = new Set(events.filter(permitsCalls).map(({ customerId }) => customerId));
  if (agreed.size === 0) return () => aloneOf;
  const families = new Map(ids.map((id) => [id, familyOf(id, absorbed)]));
  const concerned = [...families.values()].filter((family) => family.some((id) => agreed.has(id)));
  const rows = await findLines(db, [...new Set(concerned.flat())], at);
  return (customerId) => {
    const family = new Set(families.get(customerId) ?? [customerId]);
    const lines = rows.filter((row) => family.has(row.customerId));
    return (point) => lineFacts(point, lines);
  };
}

/** Of somebody who never agreed to calls: the line itself, and nothing to hold it against. */
const aloneOf: LineOf = (point) => lineFacts(point, []);

function permitsCalls({ cells }: EventRow): boolean {
  return cells.some(
    ({ channel, after }) => after === 'granted' && (channel === 'live_call' || channel === 'automated_call'),
  );
}

/** A record with every record that became part of it, directly or through another. */
function familyOf(id: string, absorbed: readonly MergedRow[]): string[] {
  const family = [id];
  for (const member of family) {
    for (const row of absorbed) {
      if (row.mergedIntoId === member && !family.includes(row.id)) family.push(row.id);
    }
  }
  return family;
}

function lineFacts(
  { id, normalised }: { readonly id?: string; readonly normalised: string | null },
  lines: readonly LineRow[],
): LineFacts | null {
  if (id === undefined || normalised === null) return null;
  const isSame = (line: LineRow): boolean => line.id === id || line.normalised === normalised;
  return {
    id,
    sameNumber: lines.filter((line) => isSame(line) && line.id !== id).map((line) => line.id),
    others: lines
      .filter((line) => !isSame(line))
      .map(({ inUseSince, removedAt }) => ({ from: inUseSince, until: removedAt })),
  };
}
