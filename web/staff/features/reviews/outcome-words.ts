import type { z } from 'zod';
import type { outcomePageSchema } from '../../../../src/features/reviews/outcomes/contract.ts';

export type OutcomePage = z.infer<typeof outcomePageSchema>;
export type Outcome = OutcomePage['outcomes'][number];

export const outcomeWords: Readonly<Record<Outcome['outcome'], string>> = {
  saved: 'Saved',
  confirmed: 'Confirmed as they stood',
  customers_own: 'By the customer',
  declined_to_answer: 'Would not answer',
  did_not_ask: 'Did not ask',
  sent_to_phone: 'Sent to their phone',
};

const reasonWords: Readonly<Record<string, string>> = {
  customer_not_present: 'customer not present',
  dropped_keys: 'dropped the keys',
  customer_in_a_hurry: 'in a hurry',
  not_suitable: 'not the moment',
  other: 'another reason',
};

/** "Did not ask: dropped the keys". */
export function sayOutcome({ outcome, reason }: Pick<Outcome, 'outcome' | 'reason'>): string {
  return reason === null ? outcomeWords[outcome] : `${outcomeWords[outcome]}: ${sayReason(reason)}`;
}

function sayReason(reason: string): string {
  return reasonWords[reason] ?? reasonWords['other'] ?? reason;
}

/** Of how many times nobody was asked, and why. */
export function sayNotAsked({ tallies, reasons }: Pick<OutcomePage, 'tallies' | 'reasons'>): string {
  const sum = { asked: 0, notAsked: 0 };
  for (const { saved, confirmed, declined, didNotAsk, sentToPhone } of tallies ?? []) {
    sum.asked += saved + confirmed + declined + sentToPhone;
    sum.notAsked += didNotAsk;
  }
  const all = sum.asked + sum.notAsked;
  if (all === 0) return 'The question did not come up at the desk.';
  const share = sayShare(Math.round((1000 * sum.notAsked) / all) / 10);
  const why = (reasons ?? []).map(({ reason, times }) => `${sayReason(reason)} ${times}`).join(', ');
  return `Nobody was asked ${sum.notAsked} of ${all} times (${share})${why === '' ? '.' : `: ${why}.`}`;
}

export function sayShare(percent: number | null): string {
  return percent === null ? '–' : `${percent}%`;
}
