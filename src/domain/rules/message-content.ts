import type { ContentDuty } from '../reason.ts';
import type { JudgedAs, MessageFacts, Situation } from '../situation.ts';
import type { Channel } from '../vocabulary.ts';
import type { Rule } from './rule.ts';
import { anyCall, electronicMail, marketing } from './rule.ts';

/** When a message must carry something, and how its presence is told. */
interface Duty {
  readonly code: ContentDuty;
  readonly appliesTo: (judgedAs: JudgedAs, channel: Channel) => boolean;
  readonly part: keyof MessageFacts;
  readonly words: readonly [present: string, missing: string];
}

const duties: readonly Duty[] = [
  {
    code: 'SENDER_IDENTITY_MISSING',
    appliesTo: marketing,
    part: 'identity',
    words: ['sender named', 'sender not named'],
  },
  {
    code: 'OPT_OUT_MEANS_MISSING',
    appliesTo: electronicMail,
    part: 'optOutMeans',
    words: ['opt-out included', 'no opt-out included'],
  },
  {
    code: 'CLI_WITHHELD',
    appliesTo: anyCall,
    part: 'callerNumber',
    words: ['caller number shown', 'caller number withheld'],
  },
];

/** A message that is known to lack something is refused; of what is not written yet, see `outstandingContent`. */
export const contentRules: readonly Rule[] = duties.map(({ code, appliesTo, part, words }) => ({
  code,
  stage: 'S9',
  appliesTo,
  blocks: ({ request }) => request.message[part] === false,
  fact: ({ request }) => {
    const known = request.message[part];
    return known === null ? 'the message is not known yet' : known ? words[0] : words[1];
  },
}));

/** What the question did not say of the message, and the message will have to carry. */
export function outstandingContent({ request }: Situation): ContentDuty[] {
  return duties
    .filter(
      ({ appliesTo, part }) => appliesTo(request.judgedAs, request.channel) && request.message[part] === null,
    )
    .map(({ code }) => code);
}
