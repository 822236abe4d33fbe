import type { CellFacts } from './facts.ts';
import { isFreshConsent } from './facts.ts';
import type { PolicySettings } from './policy.ts';

/**
 * How one more answer changes what is known of a cell. Answers arrive in the order in which the customer
 * acted.
 *
 * - A no always counts; at the same instant it wins.
 * - A yes after a no counts only if it is fresh consent: an unevidenced tick, an assumption, a soft opt-in or
 *   a legitimate interest after a no is as if it had not been made (rules, §2 and §8).
 * - A yes on a weaker ground does not take the place of fresh consent.
 */
export function applyAnswer(known: CellFacts | undefined, answer: CellFacts): CellFacts {
  if (known === undefined || answer.state !== 'granted') return answer;
  if (known.state !== 'granted') {
    return isFreshConsent(answer) && answer.at > known.at ? answer : known;
  }
  return isFreshConsent(known) && !isFreshConsent(answer) ? known : answer;
}

/** How two records of one person combine in one cell when they are merged. */
export function combineCells(
  a: CellFacts | undefined,
  b: CellFacts | undefined,
  mergePolicy: PolicySettings['mergePolicy'],
): CellFacts | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const later = a.at >= b.at ? a : b;
  const aIsNo = a.state !== 'granted';
  const bIsNo = b.state !== 'granted';
  if (aIsNo !== bIsNo) {
    const no = aIsNo ? a : b;
    return mergePolicy === 'most_restrictive' || a.at === b.at ? no : later;
  }
  if (aIsNo) return later;
  if (isFreshConsent(a) !== isFreshConsent(b)) return isFreshConsent(a) ? a : b;
  return later;
}
