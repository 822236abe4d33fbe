import type { PolicySettings } from './policy.ts';
import type { ReasonCode, Warning } from './reason.ts';
import { isCapReached } from './rules/time-and-frequency.ts';
import { codeOfAnswer, firstAllowCode, standingAnswer } from './standing.ts';

/** What bulk work knows of one person: may they be sent this, and why (not). */
export interface SelectionAnswer {
  readonly allowed: boolean;
  readonly reasons: readonly ReasonCode[];
  readonly warnings: readonly Warning[];
}

const hadEnough: SelectionAnswer = Object.freeze({
  allowed: false,
  reasons: ['FREQUENCY_CAP'] as const,
  warnings: [],
});

/**
 * The answer behind a stored code, carried on through what stored codes leave out and a list can know: a
 * reclassified message, and the frequency cap (stage S8).
 *
 * @param sentLately marketing messages handed over in the last 30 days.
 */
export function answerOfCode(
  code: number,
  sentLately: number,
  reclassified: boolean,
  policy: PolicySettings,
): SelectionAnswer {
  const answer = standingAnswer(code);
  if (!answer.allowed) return answer;
  if (isCapReached(sentLately, policy)) return hadEnough;
  if (!reclassified) return answer;
  const [basis, ...information] = answer.reasons;
  return {
    ...answer,
    reasons: basis === undefined ? [] : [basis, 'RECLASSIFIED_AS_MARKETING', ...information],
  };
}

/** The codes behind which an answer with these reasons can lie, from the first to the last. */
export function codesOfReasons(reasons: readonly ReasonCode[]): { from: number; to: number } | null {
  if (reasons.includes('FREQUENCY_CAP')) return allowedCodes;
  try {
    const code = codeOfAnswer(reasons, []);
    return code >= firstAllowCode ? null : { from: code, to: code };
  } catch (error) {
    // A refusal that only the facts can give lies behind no code at all.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export const allowedCodes = Object.freeze({ from: firstAllowCode, to: 2 * firstAllowCode - 1 });

/**
 * Of the answers about several vehicles, the one that stands for the person: a yes where there is one, else
 * the refusal of the latest stage, which is nearest to a yes. The same order as that of stored codes.
 */
export function nearestToYes(answers: readonly SelectionAnswer[]): SelectionAnswer | undefined {
  let nearest: SelectionAnswer | undefined;
  for (const answer of answers) {
    if (nearest === undefined || nearnessOf(answer) > nearnessOf(nearest)) nearest = answer;
  }
  return nearest;
}

function nearnessOf(answer: SelectionAnswer): number {
  if (answer.reasons.includes('REQUEST_INVALID')) return 0;
  if (answer.reasons.includes('FREQUENCY_CAP')) return firstAllowCode - 1;
  return codeOfAnswer(answer.reasons, answer.warnings);
}

/** People counted by answer: what is counted always adds up to the people counted. */
export class SelectionTally {
  permitted = 0;
  readonly leftOut = new Map<string, { readonly reasons: readonly ReasonCode[]; people: number }>();
  readonly warned = new Map<Warning, number>();
  assumed = 0;

  add(answer: SelectionAnswer, people = 1): void {
    if (people === 0) return;
    if (!answer.allowed) {
      const key = answer.reasons.join(' ');
      const known = this.leftOut.get(key);
      if (known === undefined) this.leftOut.set(key, { reasons: answer.reasons, people });
      else known.people += people;
      return;
    }
    this.permitted += people;
    if (answer.reasons[0] === 'MIGRATED_LI_ASSUMED') this.assumed += people;
    for (const warning of answer.warnings) this.warned.set(warning, (this.warned.get(warning) ?? 0) + people);
  }

  get matching(): number {
    let people = this.permitted;
    for (const group of this.leftOut.values()) people += group.people;
    return people;
  }
}
