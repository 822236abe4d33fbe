import type { ScreeningFacts } from '../../domain/facts.ts';
import type { Context } from '../../platform/context.ts';
import type { ContactKnowledge, ContactPointInUse } from './contact-use.ts';
import { suppressionHash } from './contact-use.ts';
import { findScreenings, findSuppressions, hasSuppressions } from './store.ts';

/** What the registers and the do-not-contact list say of these contact points. */
export async function gatherKnowledge(
  db: Context['database']['db'],
  context: Context,
  points: readonly ContactPointInUse[],
  at: number,
): Promise<ContactKnowledge> {
  const numbers = new Set<string>();
  for (const { kind, normalised } of points) {
    if (normalised !== null && (kind === 'mobile' || kind === 'landline')) numbers.add(normalised);
  }
  // A keyed hash for each number and address is most of the work; nobody on the list, nothing to compare.
  const hashOf = (await hasSuppressions(db))
    ? hashesOf(context.keys.suppression, points)
    : new Map<string, string>();
  const screenings = await findScreenings(db, ['tps', 'ctps'], [...numbers], at);
  const suppressions = await findSuppressions(
    db,
    [...new Set(hashOf.values())].map((hash) => Buffer.from(hash, 'hex')),
    at,
  );
  const screened = new Map(screenings.map((row) => [`${row.register} ${row.subject}`, row]));
  const suppressed = new Map(suppressions.map((row) => [row.contactHash.toString('hex'), row.suppressedAt]));
  return {
    screening: (number, corporate) => {
      if (screened.size === 0) return null;
      const [tps, ctps] = [screened.get(`tps ${number}`), screened.get(`ctps ${number}`)];
      return screeningOf(corporate ? ctps : tps, corporate ? tps : ctps);
    },
    suppressedAt: (point) =>
      suppressed.size === 0 ? null : (suppressed.get(hashOf.get(keyOfPoint(point)) ?? '') ?? null),
  };
}

/**
 * A number that either register lists is not called, whoever we take its subscriber for; that it is clear, only
 * the register of such subscribers can say.
 */
function screeningOf(
  own: ScreeningFacts | undefined,
  other: ScreeningFacts | undefined,
): ScreeningFacts | null {
  const listings = [own?.listedOn, other?.listedOn].filter((day) => day !== null && day !== undefined);
  if (own === undefined && listings.length === 0) return null;
  return { listedOn: listings.sort()[0] ?? null, screenedOn: own?.screenedOn ?? null };
}

function hashesOf(key: Buffer, points: readonly ContactPointInUse[]): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const point of points) {
    const hash = suppressionHash(key, point);
    if (hash !== null) hashes.set(keyOfPoint(point), hash);
  }
  return hashes;
}

function keyOfPoint({ kind, normalised, line1 }: ContactPointInUse): string {
  return `${kind}|${normalised}|${line1}`;
}
