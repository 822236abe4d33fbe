import { hasContactHours } from '../../../domain/quiet-hours.ts';
import type { Warning } from '../../../domain/reason.ts';
import { sentenceOf } from '../../../domain/reason.ts';
import type { SelectionTally } from '../../../domain/selection-answer.ts';
import type { SelectionItem } from '../../../domain/selection-criteria.ts';
import { isElectronicMail } from '../../../domain/vocabulary.ts';
import type { LeftOut, Selection, SelectionWarning, SelectionWarningCode } from '../contract.ts';

/**
 * What a screen says beside the figures of a selection (rules, §7).
 * Guarantees that a warning appears only where it applies, with the number of people it is about.
 */

/** The reasons with the most people first. */
export function leftOutOf(tally: SelectionTally): LeftOut[] {
  return [...tally.leftOut.values()]
    .map(({ reasons, people }) => ({ reasons, sentences: reasons.map(sentenceOf), people }))
    .sort((a, b) => b.people - a.people || (a.reasons.join() < b.reasons.join() ? -1 : 1));
}

export function warningsOf(selection: Selection, tally: SelectionTally): SelectionWarning[] {
  const { assumed } = tally;
  const ofPeople = [...tally.warned].map(
    ([code, people]): SelectionWarning => ({ code, sentence: sentencesAbout[code](people), people }),
  );
  const assumedAtUpgrade: SelectionWarning[] =
    assumed === 0
      ? []
      : [
          {
            code: 'ASSUMED_AT_UPGRADE',
            sentence: assumedSentence(assumed),
            people: assumed,
          },
        ];
  return [
    ...selectionWarnings
      .filter(({ applies }) => applies(selection))
      .map(({ code, sentence }) => ({ code, sentence, people: null })),
    ...assumedAtUpgrade,
    ...ofPeople,
  ];
}

/** What one customer's warning says of one person or of many, so that it reads as a sentence either way. */
const sentencesAbout: Readonly<Record<Warning, (people: number) => string>> = {
  WARN_PECR_BASIS_WEAK: (people) =>
    `${countWords(people)} did not opt out, and that is all that is known. Texts, emails and social messages to people need consent or the existing-customer rule.`,
  WARN_NO_CONSENT_EVIDENCE: (people) =>
    `How and when ${countWords(people)} agreed is not recorded. If they complain, we must prove what they agreed to.`,
  WARN_REVIEW_DUE: (people) => `The preferences of ${countWords(people)} are due for review.`,
  WARN_REVIEW_OVERDUE: (people) => `The review of the preferences of ${countWords(people)} is overdue.`,
  WARN_TPS_LISTED_AFTER_CONSENT: (people) =>
    `${countWords(people)} joined TPS after agreeing to calls. You may call, but check that calls are still wanted.`,
};

function assumedSentence(people: number): string {
  return people === 1
    ? '1 of these people never agreed, but was assumed at upgrade. Strict rules leave them out unless another ground can be shown.'
    : `${people.toLocaleString('en-GB')} of these people never agreed; they were assumed at upgrade. Strict rules leave them out unless another ground can be shown.`;
}

function countWords(people: number): string {
  return people === 1 ? '1 person' : `${people.toLocaleString('en-GB')} people`;
}

const selectionWarnings: readonly {
  readonly code: SelectionWarningCode;
  readonly applies: (selection: Selection) => boolean;
  readonly sentence: string;
}[] = [
  {
    code: 'PERMISSION_REQUEST_IS_MARKETING',
    applies: ({ category, channel }) => category === 'permission_request' && channel !== 'letter',
    sentence:
      'Asking for permission to market is marketing. Honda and Flybe were fined for this. Ask in person, in the portal or by letter.',
  },
  {
    code: 'REMINDER_IS_MARKETING',
    applies: ({ category, recall, promotion }) => category === 'service_message' && !recall && !promotion,
    sentence: 'An MOT or service reminder is marketing. Choose Service follow-up.',
  },
  {
    code: 'PROMOTION_MAKES_MARKETING',
    applies: ({ category, promotion }) => category === 'service_message' && promotion,
    sentence: 'This offer makes the message marketing. Remove it, or send only to people who agreed.',
  },
  {
    code: 'AUDIENCE_UPLOAD',
    applies: ({ channel }) => channel === 'social_audience',
    sentence:
      'You are giving customer details to the platform for advertising. Only people told and agreed; objectors are removed.',
  },
  {
    code: 'DORMANT_CUSTOMERS',
    applies: ({ category, criteria }) => category !== 'service_message' && asksForDormant(criteria),
    sentence:
      'Long-silent people may not expect you. Sports Direct was fined £70,000 for a re-engagement mailing.',
  },
  {
    code: 'SOLE_TRADERS_ARE_PEOPLE',
    applies: ({ channel, criteria }) => isElectronicMail(channel) && asksForSoleTraders(criteria),
    sentence: 'Sole traders and partnerships are treated as people, not companies, for texts and emails.',
  },
  {
    code: 'CONTACT_HOURS_AT_SENDING',
    applies: ({ channel, category }) => category !== 'service_message' && hasContactHours(channel),
    sentence: 'Contact hours apply when the messages are sent: whoever sends this list keeps to them.',
  },
  {
    code: 'CONTENT_AT_SENDING',
    applies: ({ category }) => category !== 'service_message',
    sentence:
      'Each message must say who it is from and carry a way to opt out; a marketing call must show its number.',
  },
];

function conditionsIn(item: SelectionItem): Extract<SelectionItem, { field: unknown }>[] {
  if ('field' in item) return [item];
  const items = 'all' in item ? item.all : 'any' in item ? item.any : item.none;
  return items.flatMap(conditionsIn);
}

function asksForDormant(criteria: SelectionItem): boolean {
  return conditionsIn(criteria).some(
    ({ field, before, more_than_days_ago }) =>
      field === 'last_contact_on' && (before !== undefined || (more_than_days_ago ?? 0) > 365),
  );
}

function asksForSoleTraders(criteria: SelectionItem): boolean {
  return conditionsIn(criteria).some(
    ({ field, is, one_of }) =>
      field === 'kind' &&
      [is, ...(one_of ?? [])].some((kind) => kind === 'sole_trader' || kind === 'partnership'),
  );
}
