import { reachesAgeAt } from '../london.ts';
import type { Situation } from '../situation.ts';
import type { Rule } from './rule.ts';
import { day, describeCell, marketing } from './rule.ts';

/** "No Marketing" read narrowly keeps a record out of mailshots, and lets the ACM send its one-off reminder. */
function noMarketingConcerns({ policy, request, category }: Situation): boolean {
  return !(
    policy.legacyNoMarketingScope === 'mailshots_only' &&
    request.tool === 'acm' &&
    category === 'service_follow_up'
  );
}

export const refusalRules: readonly Rule[] = [
  {
    code: 'OBJECTION_ALL_MARKETING',
    stage: 'S2',
    appliesTo: marketing,
    blocks: (situation) => {
      const { objectedAt } = situation.facts;
      return objectedAt !== null && !situation.liftedSince(objectedAt);
    },
    fact: ({ facts }) =>
      facts.objectedAt === null ? 'no objection' : `objected on ${day(facts.objectedAt)}`,
  },
  {
    code: 'SUPPRESSION_LIST_MATCH',
    stage: 'S2',
    appliesTo: marketing,
    blocks: (situation) => {
      const suppressedAt = situation.contact?.suppressedAt ?? null;
      return suppressedAt !== null && !situation.liftedSince(suppressedAt);
    },
    fact: ({ contact }) =>
      contact === null || contact.suppressedAt === null
        ? 'not on the do-not-contact list'
        : `on the do-not-contact list since ${day(contact.suppressedAt)}`,
  },
  {
    code: 'LEGACY_NO_FOLLOW_UP',
    stage: 'S2',
    appliesTo: (judgedAs) => judgedAs === 'service_follow_up',
    blocks: (situation) => {
      const refusedAt = situation.facts.legacy?.noFollowUpAt ?? null;
      return refusedAt !== null && !situation.liftedSince(refusedAt);
    },
    fact: ({ facts }) => `old flag: ${facts.legacy?.flag ?? 'no old record'}`,
  },
  {
    code: 'LEGACY_NO_MARKETING',
    stage: 'S2',
    appliesTo: marketing,
    blocks: (situation) => {
      const refusedAt = situation.facts.legacy?.noMarketingAt ?? null;
      return refusedAt !== null && noMarketingConcerns(situation) && !situation.liftedSince(refusedAt);
    },
    fact: ({ facts }) => `old flag: ${facts.legacy?.flag ?? 'no old record'}`,
  },
  {
    code: 'VEHICLE_OPT_OUT',
    stage: 'S2',
    appliesTo: (judgedAs) => judgedAs === 'service_follow_up',
    blocks: ({ vehicle }) => vehicle?.optedOut === true,
    fact: ({ vehicle }) =>
      vehicle?.optedOut === true ? 'no reminders about this vehicle' : 'no vehicle opt-out',
  },
  {
    code: 'PERMISSION_WITHDRAWN',
    stage: 'S2',
    appliesTo: marketing,
    blocks: ({ cell }) => cell?.state === 'withdrawn',
    fact: describeCell,
  },
  {
    // Asked and not given is a refusal: it never falls back to soft opt-in or legitimate interest (5(1)(a)).
    code: 'PERMISSION_REFUSED',
    stage: 'S2',
    appliesTo: marketing,
    blocks: ({ cell }) => cell?.state === 'not_given',
    fact: describeCell,
  },
  {
    code: 'CHILD_MARKETING_BLOCK',
    stage: 'S2',
    appliesTo: marketing,
    blocks: (situation) => {
      const { birthOn } = situation.facts.person;
      return birthOn !== null && !situation.reached(reachesAgeAt(birthOn, situation.policy.childAge));
    },
    fact: ({ facts, policy }) =>
      facts.person.birthOn === null ? 'age not known' : `age limit ${policy.childAge}`,
  },
  {
    code: 'VULNERABLE_HOLD',
    stage: 'S2',
    appliesTo: marketing,
    blocks: ({ facts }) => facts.person.careHold,
    fact: ({ facts }) => (facts.person.careHold ? 'care note on the record' : 'no care note'),
  },
];
