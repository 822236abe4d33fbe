import type { CellFacts } from './facts.ts';
import { isFreshConsent } from './facts.ts';
import type { PolicySettings } from './policy.ts';

/**
 * How one more answer changes what is known of a cell. Answers arrive in the order in which the customer
 * acted.
 *
 * - A no always counts; at the same instant it wins, and a withdrawal wins over an unticked box.
 * - A yes after a no counts only if it is fresh consent: an unevidenced tick, an assumption, a soft opt-in or
 *   a legitimate interest after a no is as if it had not been made (rules, §2 and §8).
 * - A yes on a weaker ground does not take the place of fresh consent.
 */
export function applyAnswer(known: CellFacts | undefined, answer: CellFacts): CellFacts {
  if (known === undefined) return answer;
  if (answer.state !== 'granted') {
    return known.state === 'withdrawn' && known.at === answer.at ? known : answer;
  }
  if (known.state !== 'granted') {
    return isFreshConsent(answer) && answer.at > known.at ? answer : known;
  }
  return isFreshConsent(known) && !isFreshConsent(answer) ? known : answer;
}

/**
 * How two records of one person combine in one cell when they are merged.
 *
 * `latest_wins` chooses between two answers; it does not make an unevidenced tick or an interest lift a no.
 */
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
    const [no, yes] = aIsNo ? [a, b] : [b, a];
    return mergePolicy === 'latest_wins' && yes.at > no.at && isFreshConsent(yes) ? yes : no;
  }
  if (aIsNo) {
    const undecided = mergePolicy === 'most_restrictive' || a.at === b.at;
    if (undecided && a.state !== b.state) return a.state === 'withdrawn' ? a : b;
    return later;
  }
  if (isFreshConsent(a) !== isFreshConsent(b)) return isFreshConsent(a) ? a : b;
  return later;
}
