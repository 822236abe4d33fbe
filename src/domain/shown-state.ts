import type { CellFacts, Facts } from './facts.ts';
import { isFreshConsent } from './facts.ts';
import type { HeldAnswer } from './held-answer.ts';
import { heldAnswer } from './held-answer.ts';
import { refusedSince } from './legacy-flags.ts';
import { startOfLondonDay } from './london.ts';
import { dateWords, legacyFlagWords } from './plain-words.ts';
import type { PolicySettings } from './policy.ts';
import type { Category, Channel } from './vocabulary.ts';

/** The words a box is shown with. They are the same on every screen, and never colour alone. */
export const shownStateWords = {
  consented: 'Consented',
  existing_customer: 'Existing customer',
  legitimate_interest: 'Legitimate interest',
  assumed: 'Assumed at upgrade',
  not_asked: 'Not asked',
  said_no: 'Said no',
  withdrawn: 'Withdrawn',
} as const;
export type ShownState = keyof typeof shownStateWords;
export const shownStates = Object.keys(shownStateWords) as [ShownState, ...ShownState[]];

/** What one box holds, as it is shown. */
export interface ShownAnswer {
  readonly state: ShownState;
  /** Since when, milliseconds. */
  readonly at: number | null;
  /** How it is known, where no entry of the ledger says it better. */
  readonly detail: string | null;
  /** The answer of the customer that it rests on. */
  readonly cell: CellFacts | null;
}

/**
 * What is held today in one box. What stands over an answer is shown in its place: nobody who stopped all
 * marketing, or was marked before the upgrade, is shown as having agreed.
 *
 * @param box `scopeId`: one vehicle, or one named company.
 * @param carriedBySoftOptIn the box is permitted because every condition of the soft opt-in is met.
 */
export function shownAnswer(
  facts: Facts,
  box: { channel: Channel; category: Category; scopeId: string | null },
  policy: PolicySettings,
  carriedBySoftOptIn: boolean,
): ShownAnswer {
  const held = heldAnswer(facts, box.channel, box.category, box.scopeId, policy);
  const over = standingOver(facts, box, held);
  if (over !== null) return over;
  const { cell, at } = held;
  switch (held.state) {
    case 'granted':
      return { state: stateOfBasis(held), at, detail: softOptInDetail(facts, held), cell };
    case 'not_given':
      return { state: 'said_no', at, detail: null, cell };
    case 'withdrawn':
      return { state: 'withdrawn', at, detail: null, cell };
    case 'legacy_no':
    case 'assumed':
    case 'unset':
      return neverAnswered(facts, held, carriedBySoftOptIn);
  }
}

/** A refusal of something wider than the box: of all marketing, of a vehicle, or before the upgrade. */
function standingOver(
  facts: Facts,
  { category, scopeId }: { category: Category; scopeId: string | null },
  { state, cell }: HeldAnswer,
): ShownAnswer | null {
  const refusedInTheBox = state === 'not_given' || state === 'withdrawn';
  const { objectedAt, legacy } = facts;
  if (objectedAt !== null && !isLifted(cell, objectedAt)) {
    const detail = 'stopped all marketing';
    return { state: state === 'granted' ? 'withdrawn' : 'said_no', at: objectedAt, detail, cell: null };
  }
  if (refusedInTheBox) return null;
  const vehicle = facts.vehicles.find(({ id }) => id === scopeId);
  if (category === 'service_follow_up' && vehicle?.optedOut === true) {
    return { state: 'said_no', at: null, detail: 'no reminders about this vehicle', cell: null };
  }
  const refusedAt = legacy === null ? null : refusedSince(legacy, category);
  if (legacy === null || refusedAt === null || isLifted(cell, refusedAt)) return null;
  const detail = `marked ${legacyFlagWords[legacy.flag]} before the upgrade`;
  return { state: 'said_no', at: refusedAt, detail, cell: null };
}

function isLifted(cell: CellFacts | null, refusedAt: number): boolean {
  return cell !== null && isFreshConsent(cell) && cell.at > refusedAt;
}

function stateOfBasis({ basis }: HeldAnswer): ShownState {
  if (basis === 'consent') return 'consented';
  if (basis === 'soft_opt_in') return 'existing_customer';
  return basis === 'migrated' ? 'assumed' : 'legitimate_interest';
}

function neverAnswered(facts: Facts, held: HeldAnswer, carriedBySoftOptIn: boolean): ShownAnswer {
  if (carriedBySoftOptIn) {
    const obtainedOn = facts.softOptIn?.obtainedOn ?? null;
    const at = obtainedOn === null ? held.at : startOfLondonDay(obtainedOn);
    return { state: 'existing_customer', at, detail: describeSoftOptIn(facts), cell: null };
  }
  if (held.state === 'assumed') {
    return { state: 'assumed', at: held.at, detail: 'no opt-out before the upgrade', cell: null };
  }
  return { state: 'not_asked', at: null, detail: null, cell: null };
}

function softOptInDetail(facts: Facts, { basis }: HeldAnswer): string | null {
  return basis === 'soft_opt_in' ? describeSoftOptIn(facts) : null;
}

function describeSoftOptIn({ softOptIn }: Facts): string | null {
  if (softOptIn === null) return null;
  const acts = { sale: 'bought', negotiation: 'enquired', other: 'details taken' } as const;
  const on = softOptIn.obtainedOn === null ? '' : ` ${dateWords(softOptIn.obtainedOn)}`;
  return `${acts[softOptIn.obtainedIn]}${on}, ${softOptIn.optOutOffered ? 'could' : 'could not'} opt out`;
}
