import { londonDateOf } from './london.ts';
import type { Category, Channel, LegacyFlag, Method } from './vocabulary.ts';

/** The words of codes, for sentences that people read. */
export const methodWords: Readonly<Record<Method, string>> = {
  in_person: 'in person',
  phone: 'by phone',
  paper: 'on paper',
  portal: 'on the portal',
  web_form: 'on the website',
  sms_stop: 'by text (STOP)',
  letter: 'by letter',
  email: 'by email',
  call_outcome: 'during a call',
  file: 'from a file',
};

export const categoryWords: Readonly<Record<Category, string>> = {
  service_follow_up: 'Service follow-up',
  general_marketing: 'General dealer marketing',
  third_party_marketing: 'Third-party marketing',
};

export const channelWords: Readonly<Record<Channel, string>> = {
  sms: 'SMS',
  letter: 'Letter',
  live_call: 'Telephone',
  automated_call: 'Recorded calls',
  social_dm: 'Social media messages',
  social_audience: 'Social media audience',
  email: 'Email',
};

/** The flags of an old record, as its screen called them. */
export const legacyFlagWords: Readonly<Record<LegacyFlag, string>> = {
  none: 'no opt-out',
  no_follow_up: 'No Follow-Up',
  no_marketing: 'No Marketing',
  both: 'No Follow-Up and No Marketing',
};

/** The words of a code within a sentence; an abbreviation such as SMS keeps its capitals. */
export function midSentence(words: string): string {
  return /^[A-Z]{2}/.test(words) ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A date for people: `9 August 2026`. */
export function dateWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** The day of an instant in London, for people. */
export function dayWords(instant: number): string {
  return dateWords(londonDateOf(instant));
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], joined = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joined} ${last}`;
}

/** What a category is about, after `about`. */
export function topicWords(category: Category, cars: readonly string[], company: string | null): string {
  if (category === 'general_marketing') return 'offers and events';
  if (category === 'third_party_marketing') return `offers of ${company ?? 'other companies'}`;
  return cars.length === 0
    ? 'MOT and service'
    : `${listWords(cars.map((car) => `${car}'s`))} MOT and service`;
}

/** How an answer reached the dealer: `in person, wording 3`, `by the customer on the portal`. */
export function howWords(act: {
  readonly method: Method | null;
  readonly byCustomer: boolean;
  readonly wordingVersion: number | null;
}): string {
  const how = act.method === null ? null : methodWords[act.method];
  const way = act.byCustomer ? ['by the customer', how].flatMap((word) => word ?? []).join(' ') : how;
  const wording = act.wordingVersion === null ? null : `wording ${act.wordingVersion}`;
  return [way ?? 'not recorded how', wording].flatMap((word) => word ?? []).join(', ');
}

/** `1 row`, `2 rows`, `12,000 rows`. */
export function countWords(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`;
}
