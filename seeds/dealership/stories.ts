import { addDays } from '../../src/domain/london.ts';
import type { Method } from '../../src/domain/vocabulary.ts';
import type { Chance } from '../random.ts';
import { pickerOf } from '../random.ts';
import type { Act, Box } from './acts.ts';
import { existingCustomer, notReviewed, reviewed, stoppedAll, withdrawn } from './acts.ts';
import type { Calendar } from './calendar.ts';
import { pickDay, pickMoment } from './calendar.ts';
import type { CustomerRecord } from './files.ts';

/**
 * What happened with the many since the upgrade, in the proportions of a dealer who asks at the counter: four
 * in ten were asked, most said yes to something, a few took it back, and a few want to hear nothing more.
 */
export const pickWish = pickerOf<readonly Box[]>([
  [['sms:service_follow_up', 'email:service_follow_up', 'letter:service_follow_up'], 30],
  [
    [
      'sms:service_follow_up',
      'sms:general_marketing',
      'letter:service_follow_up',
      'letter:general_marketing',
      'live_call:service_follow_up',
      'email:service_follow_up',
      'email:general_marketing',
    ],
    22,
  ],
  [['email:service_follow_up', 'email:general_marketing'], 16],
  [['letter:service_follow_up', 'letter:general_marketing'], 9],
  [['sms:service_follow_up'], 9],
  [
    [
      'sms:service_follow_up',
      'sms:general_marketing',
      'social_dm:service_follow_up',
      'social_dm:general_marketing',
      'social_audience:service_follow_up',
      'social_audience:general_marketing',
    ],
    4,
  ],
  [[], 10],
]);

const pickMethod = pickerOf<Method>([
  ['in_person', 72],
  ['phone', 18],
  ['paper', 10],
]);

const pickWithdrawal = pickerOf<'portal' | 'sms_stop' | 'email'>([
  ['portal', 50],
  ['sms_stop', 30],
  ['email', 20],
]);

const share = {
  reviewed: 0.42,
  overdue: 0.09,
  withdrew: 0.09,
  stoppedAll: 0.025,
  existing: 0.16,
  notReviewed: 0.03,
  bounced: 0.02,
  unconfirmed: 0.01,
  vehicleLeft: 0.015,
  deceased: 0.003,
  restricted: 0.002,
  careNote: 0.003,
} as const;

export interface Setting {
  readonly calendar: Calendar;
  readonly chance: Chance;
  readonly dealerOf: (branch: string) => string;
}

/** How many more are due for review on the day of the first start, besides one of the cast. */
const dueToday = 13;

/** The acts of everybody in the file, by customer. */
export function storiesOf(customers: readonly CustomerRecord[], setting: Setting): Act[] {
  let due = Math.min(dueToday, Math.floor(customers.length / 8));
  return customers.flatMap((customer) => {
    const isDue = due > 0 && customer.surname !== '' && setting.chance.share(0.2);
    if (isDue) due -= 1;
    return storyOf(customer, isDue, setting);
  });
}

function storyOf(customer: CustomerRecord, isDue: boolean, setting: Setting): Act[] {
  const { chance, calendar } = setting;
  const acts = [...sold(customer, setting)];
  const reviewOn = isDue ? calendar.dueTodayOn : reviewDay(setting);
  if (reviewOn !== null) acts.push(...review(customer, reviewOn, setting));
  const later = (): number =>
    pickMoment(chance, pickDay(chance, addDays(reviewOn ?? calendar.upgradeOn, 1), yesterday(calendar)));
  const add = (part: number, what: (at: number) => Act['what']): void => {
    if (!chance.share(part)) return;
    const at = later();
    acts.push({ at, customerNumber: customer.customer_no, what: what(at) });
  };
  add(share.stoppedAll, (at) => ({ kind: 'event', event: stoppedAll(at, pickMethod(chance)) }));
  if (reviewOn === null) {
    add(share.notReviewed, (at) => ({
      kind: 'event',
      event: chance.share(0.5)
        ? notReviewed(at, 'declined_to_answer', null)
        : notReviewed(at, 'did_not_ask', chance.share(0.5) ? 'customer_in_a_hurry' : 'dropped_keys'),
    }));
  }
  if (customer.email.includes('@example')) add(share.bounced, () => ({ kind: 'bounced', contact: 'email' }));
  if (customer.mobile === '') {
    add(share.unconfirmed * 5, () => ({ kind: 'unconfirmed', phone: `07700 900${500 + chance.below(500)}` }));
  }
  add(share.vehicleLeft, () => ({ kind: 'vehicle_left' }));
  if (customer.surname !== '' && customer.company === '') {
    add(share.deceased, () => ({ kind: 'status', status: 'deceased' }));
    add(share.restricted, () => ({ kind: 'status', status: 'restricted' }));
    add(share.careNote, () => ({ kind: 'status', status: 'care_hold' }));
  }
  return acts;
}

/** Whoever bought here and could opt out each time since: the three conditions are on record. */
function sold({ customer_no: customerNumber, created_on }: CustomerRecord, setting: Setting): Act[] {
  if (created_on === '' || !setting.chance.share(share.existing)) return [];
  const at = pickMoment(setting.chance, addDays(setting.calendar.upgradeOn, 1));
  const boughtOn = created_on.split('/').reverse().join('-');
  return [{ at, customerNumber, what: { kind: 'event', event: existingCustomer(at, boughtOn) } }];
}

function reviewDay({ chance, calendar }: Setting): string | null {
  if (!chance.share(share.reviewed)) return null;
  const { upgradeOn, dueTodayOn } = calendar;
  return chance.share(share.overdue)
    ? pickDay(chance, addDays(upgradeOn, 2), addDays(dueTodayOn, -1))
    : pickDay(chance, addDays(dueTodayOn, 1), addDays(yesterday(calendar), -1));
}

function review(customer: CustomerRecord, on: string, { chance, calendar, dealerOf }: Setting): Act[] {
  const at = pickMoment(chance, on);
  const wish = pickWish(chance);
  const customerNumber = customer.customer_no;
  const asked = { at, method: pickMethod(chance), dealer: dealerOf(customer.branch) };
  const acts: Act[] = [
    { at, customerNumber, what: { kind: 'event', event: reviewed(asked, new Set(wish)) } },
  ];
  const [regretted] = wish;
  if (regretted !== undefined && chance.share(share.withdrew)) {
    const later = pickMoment(chance, pickDay(chance, addDays(on, 1), yesterday(calendar)));
    const [channel] = regretted.split(':');
    const boxes = wish.filter((box) => box.startsWith(`${channel}:`));
    const event = withdrawn(later, pickWithdrawal(chance), boxes);
    acts.push({ at: later, customerNumber, what: { kind: 'event', event } });
  }
  return acts;
}

function yesterday({ today }: Calendar): string {
  return addDays(today, -1);
}
