import type { Purpose } from './vocabulary.ts';

/** What a template is: by which channel it goes, what it is for, and how long it may be. */
export const templateChannels = ['sms', 'letter', 'live_call', 'email'] as const;
export type TemplateChannel = (typeof templateChannels)[number];

export const templateOccasions = [
  'mot_due',
  'service_due',
  'mot_and_service_due',
  'deferred_work',
  'after_service',
  'after_sale',
  'finance_end',
  'birthday',
  'lapsed_customer',
  'open_enquiry',
] as const;
export type TemplateOccasion = (typeof templateOccasions)[number];

export const occasionWords: Readonly<Record<TemplateOccasion, string>> = {
  mot_due: 'MOT due',
  service_due: 'Service due',
  mot_and_service_due: 'MOT and service due',
  deferred_work: 'Work put off',
  after_service: 'After a service',
  after_sale: 'After a sale',
  finance_end: 'Finance ends',
  birthday: 'Birthday',
  lapsed_customer: 'Not seen for a while',
  open_enquiry: 'Open enquiry',
};

/** Whether it has a subject: an email must, a letter may. */
export const subjectOf: Readonly<Record<TemplateChannel, 'required' | 'optional' | 'none'>> = {
  sms: 'none',
  letter: 'optional',
  live_call: 'none',
  email: 'required',
};

/** Characters; a text of more than this would be six messages. */
export const bodyLengthMax: Readonly<Record<TemplateChannel, number>> = {
  sms: 800,
  letter: 6_000,
  live_call: 3_000,
  email: 8_000,
};

export const subjectLengthMax = 150;

/** Templates that promise to hold no promotion: words of it have them held until somebody has looked. */
export function promisesNoPromotion(category: Purpose): boolean {
  return category === 'service_message' || category === 'service_follow_up';
}

/** What a message of this category is judged as, with the promotion that nobody has said to be none. */
export function treatedAs(category: Purpose, hasPromotion: boolean): Purpose {
  return promisesNoPromotion(category) && hasPromotion ? 'general_marketing' : category;
}
