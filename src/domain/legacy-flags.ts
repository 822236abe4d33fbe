import type { LegacyFacts } from './facts.ts';
import type { Category, LegacyFlag } from './vocabulary.ts';

export type FlagResult =
  /** `set` is null where the text is blank: nobody said anything. */
  { readonly ok: true; readonly set: boolean | null } | { readonly ok: false; readonly sentence: string };

const flagWords: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 'true', 't', '1'].map((word) => [word, true] as const),
  ...['n', 'no', 'false', 'f', '0'].map((word) => [word, false] as const),
]);

/** Reads one old data-protection flag. Anything but the words listed is an error: guessing could lose a no. */
export function parseFlag(text: string): FlagResult {
  const known = flagWords.get(text);
  if (known !== undefined) return { ok: true, set: known };
  const word = text.trim().toLowerCase();
  if (word === '') return { ok: true, set: null };
  const set = flagWords.get(word);
  if (set !== undefined) return { ok: true, set };
  return {
    ok: false,
    sentence:
      'This flag cannot be read; write Y or N, yes or no, true or false, T or F, 1 or 0, or leave it blank.',
  };
}

/** The one value that the two flags of a Navigator 2.0 record make. */
export function legacyFromFlags(noFollowUp: boolean, noMarketing: boolean): LegacyFlag {
  if (noFollowUp && noMarketing) return 'both';
  if (noFollowUp) return 'no_follow_up';
  return noMarketing ? 'no_marketing' : 'none';
}

/** What two records of one customer refuse together. A no is never lost (rules §5: an import can only add one). */
export function strongerLegacy(a: LegacyFlag, b: LegacyFlag): LegacyFlag {
  return legacyFromFlags(
    refusesFollowUp(a) || refusesFollowUp(b),
    refusesMarketing(a) || refusesMarketing(b),
  );
}

/** The same where nothing may be known of one of them: null is not `none`. */
export function strongest(a: LegacyFlag | null, b: LegacyFlag | null): LegacyFlag | null {
  return a === null || b === null ? (a ?? b) : strongerLegacy(a, b);
}

export function refusesFollowUp(legacy: LegacyFlag): boolean {
  return legacy === 'no_follow_up' || legacy === 'both';
}

export function refusesMarketing(legacy: LegacyFlag): boolean {
  return legacy === 'no_marketing' || legacy === 'both';
}

/** What one reading of an old record says. */
export function legacyFacts(flag: LegacyFlag, at: number, assumed: boolean): LegacyFacts {
  return {
    flag,
    noFollowUpAt: refusesFollowUp(flag) ? at : null,
    noMarketingAt: refusesMarketing(flag) ? at : null,
    at,
    assumed,
  };
}

/**
 * An old record read again. A mark that is known already is the same mark, and counts from when it was first
 * known; a new one counts from now. Nothing is assumed that was not assumed before.
 */
export function readAgain(known: LegacyFacts, read: LegacyFacts): LegacyFacts {
  return {
    ...known,
    flag: strongerLegacy(known.flag, read.flag),
    noFollowUpAt: known.noFollowUpAt ?? read.noFollowUpAt,
    noMarketingAt: known.noMarketingAt ?? read.noMarketingAt,
  };
}

/** The old records of one person together: every mark of either, each since the later of its own instants. */
export function combinedLegacy(a: LegacyFacts | null, b: LegacyFacts | null): LegacyFacts | null {
  if (a === null || b === null) return a ?? b;
  return {
    flag: strongerLegacy(a.flag, b.flag),
    noFollowUpAt: latest(a.noFollowUpAt, b.noFollowUpAt),
    noMarketingAt: latest(a.noMarketingAt, b.noMarketingAt),
    at: Math.max(a.at, b.at),
    assumed: a.assumed && b.assumed,
  };
}

/** Since when the old record refuses this category; null where it does not (rules, §5). */
export function refusedSince(legacy: LegacyFacts, category: Category): number | null {
  if (category !== 'service_follow_up') return legacy.noMarketingAt;
  return latest(legacy.noFollowUpAt, legacy.noMarketingAt);
}

function latest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
