import type { Rule } from './rule.ts';
import { anyCall, electronicMail, marketing } from './rule.ts';

export const contentRules: readonly Rule[] = [
  {
    code: 'SENDER_IDENTITY_MISSING',
    stage: 'S9',
    appliesTo: marketing,
    blocks: ({ request }) => !request.message.identity,
    fact: ({ request }) => (request.message.identity ? 'sender named' : 'sender not named'),
  },
  {
    code: 'OPT_OUT_MEANS_MISSING',
    stage: 'S9',
    appliesTo: electronicMail,
    blocks: ({ request }) => !request.message.optOutMeans,
    fact: ({ request }) => (request.message.optOutMeans ? 'opt-out included' : 'no opt-out included'),
  },
  {
    code: 'CLI_WITHHELD',
    stage: 'S9',
    appliesTo: anyCall,
    blocks: ({ request }) => !request.message.callerNumber,
    fact: ({ request }) => (request.message.callerNumber ? 'caller number shown' : 'caller number withheld'),
  },
];
