import type { Rule } from './rule.ts';
import { always, marketing } from './rule.ts';

export const existenceRules: readonly Rule[] = [
  {
    code: 'PERSON_ERASED',
    stage: 'S1',
    appliesTo: always,
    blocks: ({ facts }) => facts.person.erased,
    fact: ({ facts }) => (facts.person.erased ? 'erased' : 'not erased'),
  },
  {
    code: 'PERSON_DECEASED',
    stage: 'S1',
    appliesTo: always,
    blocks: ({ facts }) => facts.person.deceased,
    fact: ({ facts }) => (facts.person.deceased ? 'reported deceased' : 'not reported deceased'),
  },
  {
    // A restriction does not stop a safety recall (rules, §8).
    code: 'PROCESSING_RESTRICTED',
    stage: 'S1',
    appliesTo: (judgedAs) => judgedAs !== 'safety_recall',
    blocks: ({ facts }) => facts.person.restricted,
    fact: ({ facts }) => (facts.person.restricted ? 'restricted' : 'not restricted'),
  },
  {
    code: 'IDENTITY_UNRESOLVED',
    stage: 'S1',
    appliesTo: marketing,
    blocks: ({ facts }) => facts.person.identityUnresolved,
    fact: ({ facts }) => (facts.person.identityUnresolved ? 'a merge is unresolved' : 'identity resolved'),
  },
];
