import type { Rule } from './rule.ts';
import { always, marketing } from './rule.ts';

export const contactPointRules: readonly Rule[] = [
  {
    code: 'CONTACT_POINT_MISSING',
    stage: 'S3',
    appliesTo: always,
    blocks: ({ contact }) => contact === null,
    fact: ({ contact }) => (contact === null ? 'no contact point' : 'contact point held'),
  },
  {
    code: 'CONTACT_POINT_INVALID',
    stage: 'S3',
    appliesTo: always,
    blocks: ({ contact }) => contact?.status === 'bounced',
    fact: ({ contact }) => `contact point ${contact?.status ?? 'missing'}`,
  },
  {
    code: 'CONTACT_POINT_UNVERIFIED',
    stage: 'S3',
    appliesTo: marketing,
    blocks: ({ contact }) => contact?.status === 'unverified',
    fact: ({ contact }) => `contact point ${contact?.status ?? 'missing'}`,
  },
];
