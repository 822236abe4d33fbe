import { addDays, startOfLondonDay } from '../london.ts';
import type { Situation } from '../situation.ts';
import type { Rule } from './rule.ts';
import { liveCall, marketing } from './rule.ts';

/** A listing begins to bind at once, or 28 days after it under reg 21(3). */
export function isTpsBinding(situation: Situation): boolean {
  const listedOn = situation.contact?.screening?.listedOn ?? null;
  if (listedOn === null) return false;
  const graceDays = situation.policy.tpsGrace === 'statutory_28_days' ? 28 : 0;
  return situation.reached(startOfLondonDay(addDays(listedOn, graceDays)));
}

/** A customer who told this caller that calls on this line are welcome (PECR 21(4)); fresh consent only. */
export function welcomesCalls(situation: Situation): boolean {
  const { cell, contact, policy } = situation;
  if (!situation.fresh || !situation.sameLine || cell === null) return false;
  const listedOn = contact?.screening?.listedOn ?? null;
  return !(policy.laterTpsOverridesConsent && listedOn !== null && cell.at < startOfLondonDay(listedOn));
}

export const registerRules: readonly Rule[] = [
  {
    code: 'TPS_REGISTERED',
    stage: 'S4',
    appliesTo: liveCall,
    blocks: (situation) => isTpsBinding(situation) && !welcomesCalls(situation),
    fact: ({ contact }) =>
      contact?.screening?.listedOn ? `listed since ${contact.screening.listedOn}` : 'not listed',
  },
  {
    code: 'TPS_SCREEN_STALE',
    stage: 'S4',
    appliesTo: liveCall,
    blocks: (situation) => {
      if (welcomesCalls(situation)) return false;
      const screenedOn = situation.contact?.screening?.screenedOn ?? null;
      if (screenedOn === null) return true;
      const { tpsScreeningMaxAgeDays } = situation.policy;
      return situation.reached(startOfLondonDay(addDays(screenedOn, tpsScreeningMaxAgeDays + 1)));
    },
    fact: ({ contact }) =>
      contact?.screening?.screenedOn ? `screened on ${contact.screening.screenedOn}` : 'never screened',
  },
  {
    code: 'MPS_REGISTERED',
    stage: 'S4',
    appliesTo: (judgedAs, channel) => marketing(judgedAs) && channel === 'letter',
    blocks: ({ facts }) => facts.mpsListed && facts.prospect,
    fact: ({ facts }) =>
      `${facts.mpsListed ? 'on MPS' : 'not on MPS'}, ${facts.prospect ? 'prospect' : 'existing customer'}`,
  },
];
