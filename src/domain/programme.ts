import type { Category, Channel } from './vocabulary.ts';

/**
 * What the Automatic Contact Manager reminds customers of, in which steps, by which methods. A programme counts from a
 * date of the customer's own: the day an MOT runs out, a birthday, the day a car was collected.
 */
export const programmeKinds = [
  'mot_due',
  'service_due',
  'deferred_work',
  'after_service',
  'after_sale',
  'birthday',
  'lapsed_customer',
  'open_enquiry',
] as const;
export type ProgrammeKind = (typeof programmeKinds)[number];

/** The ways of a step. Recorded calls and messages on social media are written by hand or not at all. */
export const contactMethods = ['letter', 'sms', 'email', 'live_call', 'social_audience'] as const;
export type ContactMethod = Extract<Channel, (typeof contactMethods)[number]>;

export interface ProgrammeStep {
  /** Stays the same when the step is moved, so that nobody is contacted for it a second time. */
  readonly id: string;
  /** Days from the date that counts: -30 is thirty days before it, 3 is three days after it. */
  readonly days: number;
  /** The way that is wanted, then those that serve where it is not permitted. */
  readonly methods: readonly ContactMethod[];
}

export interface Programme {
  readonly kind: ProgrammeKind;
  readonly isOn: boolean;
  readonly steps: readonly ProgrammeStep[];
}

/** How far from its date a step can lie, days. */
export const stepDaysMax = 365;
const stepsMax = 12;

interface ProgrammeRules {
  /** What the contact is about; every programme is marketing, an MOT reminder too (rules, section 0). */
  readonly category: Category;
  /** Whether a step may come before the date that counts: a birthday is known, a collected car is not. */
  readonly isForeseen: boolean;
  readonly usual: readonly (readonly [days: number, ...methods: ContactMethod[]])[];
}

const rulesByKind: Readonly<Record<ProgrammeKind, ProgrammeRules>> = {
  mot_due: {
    category: 'service_follow_up',
    isForeseen: true,
    usual: [
      [-30, 'letter', 'email'],
      [-14, 'sms', 'email'],
      [-7, 'email', 'sms'],
      [-5, 'live_call'],
    ],
  },
  service_due: {
    category: 'service_follow_up',
    isForeseen: true,
    usual: [
      [-28, 'email', 'letter'],
      [-14, 'sms', 'email'],
      [-7, 'live_call'],
    ],
  },
  deferred_work: {
    category: 'service_follow_up',
    isForeseen: true,
    usual: [
      [-14, 'email', 'letter'],
      [-3, 'sms', 'live_call'],
    ],
  },
  after_service: { category: 'service_follow_up', isForeseen: false, usual: [[3, 'email', 'sms']] },
  after_sale: {
    category: 'service_follow_up',
    isForeseen: false,
    usual: [
      [7, 'live_call', 'email'],
      [30, 'email', 'letter'],
    ],
  },
  birthday: { category: 'general_marketing', isForeseen: true, usual: [[0, 'email', 'sms']] },
  lapsed_customer: { category: 'general_marketing', isForeseen: false, usual: [[0, 'letter', 'email']] },
  open_enquiry: {
    category: 'general_marketing',
    isForeseen: false,
    usual: [
      [3, 'live_call', 'email'],
      [14, 'email', 'sms'],
    ],
  },
};

export const programmeWords: Readonly<Record<ProgrammeKind, string>> = {
  mot_due: 'MOT due',
  service_due: 'Service due',
  deferred_work: 'Deferred VHC work',
  after_service: 'After a service',
  after_sale: 'After a sale',
  birthday: 'Birthday',
  lapsed_customer: 'Lapsed customer',
  open_enquiry: 'Open enquiry',
};

/** What the days of a step count from, after `30 days before`. */
export const countedFromWords: Readonly<Record<ProgrammeKind, string>> = {
  mot_due: 'the MOT runs out',
  service_due: 'the service is due',
  deferred_work: 'the follow-up date of the work',
  after_service: 'the car was collected',
  after_sale: 'the sale',
  birthday: 'the birthday',
  lapsed_customer: 'the customer counts as lapsed',
  open_enquiry: 'the enquiry was opened',
};

/** A person who has not been seen for so many months counts as lapsed; and for so many more nobody expects to hear. */
export const lapsedAfterMonths = 18;
export const forgottenAfterMonths = 36;

export function categoryOf(kind: ProgrammeKind): Category {
  return rulesByKind[kind].category;
}

/** The ladder that a dealer starts with. Birthday and lapsed customers are off until somebody wants them. */
export function usualProgramme(kind: ProgrammeKind): Programme {
  return {
    kind,
    isOn: kind !== 'birthday' && kind !== 'lapsed_customer',
    steps: rulesByKind[kind].usual.map(([days, ...methods]) => ({
      id: `${kind}${days < 0 ? '_before_' : '_after_'}${Math.abs(days)}`,
      days,
      methods,
    })),
  };
}

/** What is wrong with the steps of a programme, as a sentence for each; none: nothing. */
export function stepFaults(kind: ProgrammeKind, steps: readonly Omit<ProgrammeStep, 'id'>[]): string[] {
  const { isForeseen } = rulesByKind[kind];
  const faults = steps.flatMap(({ days, methods }): string[] => {
    const which = `The step ${stepWords(kind, days)}`;
    return [
      ...(Number.isInteger(days) && Math.abs(days) <= stepDaysMax
        ? []
        : [`${which} lies too far from its date: choose up to ${stepDaysMax} days.`]),
      ...(days < 0 && !isForeseen
        ? [`${which} lies before a date that nobody can foresee: choose a day after it.`]
        : []),
      ...(methods.length === 0 ? [`${which} has no method: choose at least one.`] : []),
      ...(new Set(methods).size < methods.length ? [`${which} names a method twice.`] : []),
    ];
  });
  const days = steps.map((step) => step.days);
  const twice = days.find((day, index) => days.indexOf(day) !== index);
  if (twice !== undefined) faults.push(`Two steps lie ${stepWords(kind, twice)}: move one of them.`);
  if (steps.length > stepsMax) faults.push(`There are ${steps.length} steps: keep ${stepsMax} at most.`);
  return faults;
}

/** Where a step lies: `30 days before the MOT runs out`, `on the birthday`. */
function stepWords(kind: ProgrammeKind, days: number): string {
  if (days === 0) return `on the day of: ${countedFromWords[kind]}`;
  const count = Math.abs(days);
  return `${count} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} ${countedFromWords[kind]}`;
}
