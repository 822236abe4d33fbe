import type { Policy } from '../../shared/policy/policy.ts';

/** The settings of a policy, in the words of a person and in the order of how often they are asked about. */
export type PolicySettings = Policy['settings'];

interface Named<Kind extends string> {
  readonly key: keyof PolicySettings;
  readonly kind: Kind;
  readonly label: string;
  readonly explains: string;
}

export interface NumberSetting extends Named<'number'> {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** May be left empty, which means that there is no such limit. */
  readonly optional: boolean;
}

export interface ChoiceSetting extends Named<'choice'> {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export interface SwitchSetting extends Named<'switch'> {}

/** Names, one a line. */
export interface NamesSetting extends Named<'names'> {}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting | NamesSetting;

export const settings: readonly Setting[] = [
  {
    key: 'reviewIntervalMonths',
    kind: 'number',
    label: 'Preferences are reviewed every',
    explains: 'Calendar months after the last review, they are due again.',
    unit: 'months',
    min: 1,
    max: 24,
    optional: false,
  },
  {
    key: 'reviewOverdueEffect',
    kind: 'choice',
    label: 'An overdue review',
    explains: 'Whether marketing waits until the customer was asked again.',
    choices: [
      { value: 'prompt', label: 'is asked for, and blocks nothing' },
      { value: 'block', label: 'blocks marketing until it is done' },
    ],
  },
  {
    key: 'reviewPromptAt',
    kind: 'choice',
    label: 'While a review is due, the pop-up opens',
    explains:
      'In the customer record, an appointment and an enquiry. After Did not ask it rests for the day.',
    choices: [
      { value: 'first_access', label: 'at first access in each of them' },
      { value: 'every_access', label: 'at every access' },
    ],
  },
  {
    key: 'askedCompanies',
    kind: 'names',
    label: 'Companies asked about in the pop-up',
    explains: 'Third-party marketing has a column for each. One full name a line; none switches it off.',
  },
  {
    key: 'wordingApproval',
    kind: 'choice',
    label: 'What is read out is approved by',
    explains: 'A wording counts as proof: a second pair of eyes sees what its author does not.',
    choices: [
      { value: 'second_person', label: 'somebody other than its author, where there is one' },
      { value: 'author', label: 'anybody who may, its author too' },
    ],
  },
  {
    key: 'legacyNoMarketingScope',
    kind: 'choice',
    label: 'An old No Marketing',
    explains: 'An opt-out of marketing is an objection, whatever the tool.',
    choices: [
      { value: 'all_marketing', label: 'stops all marketing' },
      { value: 'mailshots_only', label: 'stops mailshots, not the contact manager’s reminders' },
    ],
  },
  {
    key: 'migratedEmail',
    kind: 'choice',
    label: 'Email of somebody assumed at the upgrade',
    explains: 'Under the assumption only: the old system assumed nothing about email.',
    choices: [
      { value: 'not_assumed', label: 'is not assumed' },
      { value: 'as_sms', label: 'is assumed like a text' },
    ],
  },
  {
    key: 'tpsGrace',
    kind: 'choice',
    label: 'A new TPS listing binds',
    explains: 'Regulation 21 allows 28 days.',
    choices: [
      { value: 'immediate', label: 'at once' },
      { value: 'statutory_28_days', label: 'after 28 days' },
    ],
  },
  {
    key: 'tpsScreeningMaxAgeDays',
    kind: 'number',
    label: 'Telephone numbers are screened every',
    explains: 'An older screening counts as none.',
    unit: 'days',
    min: 1,
    max: 365,
    optional: false,
  },
  {
    key: 'laterTpsOverridesConsent',
    kind: 'switch',
    label: 'A TPS listing later than a consent ends it',
    explains: 'Otherwise the consent stands, with a warning.',
  },
  {
    key: 'customAudienceBasis',
    kind: 'choice',
    label: 'Adverts to a list on social media need',
    explains: 'The platform is given customers’ details for it.',
    choices: [
      { value: 'consent', label: 'consent' },
      { value: 'li', label: 'a legitimate interest' },
    ],
  },
  {
    key: 'mergePolicy',
    kind: 'choice',
    label: 'When two records are merged',
    explains: 'Which answer counts where they differ.',
    choices: [
      { value: 'most_restrictive', label: 'the no counts' },
      { value: 'latest_wins', label: 'the later answer counts; at the same instant, the no' },
    ],
  },
  {
    key: 'consentMaxAgeMonths',
    kind: 'number',
    label: 'A consent ends after',
    explains: 'Empty: it does not end by itself.',
    unit: 'months',
    min: 1,
    max: 240,
    optional: true,
  },
  {
    key: 'softOptInMaxMonths',
    kind: 'number',
    label: 'The existing-customer rule ends after',
    explains: 'Empty: it does not end by itself.',
    unit: 'months',
    min: 1,
    max: 240,
    optional: true,
  },
  {
    key: 'frequencyCapPer30Days',
    kind: 'number',
    label: 'Marketing messages in 30 days, at most',
    explains: 'Empty: there is no such limit.',
    unit: 'messages',
    min: 1,
    max: 100,
    optional: true,
  },
  {
    key: 'childAge',
    kind: 'number',
    label: 'No marketing to anybody younger than',
    explains: 'By the date of birth, where it is known.',
    unit: 'years',
    min: 0,
    max: 25,
    optional: false,
  },
  {
    key: 'safetyAdvisoryAsService',
    kind: 'switch',
    label: 'A deferred safety advisory may be told once as a service message',
    explains: 'Within 30 days of the job.',
  },
];

/** What a setting stands at, as a person reads it. */
export function valueWords(setting: Setting, values: PolicySettings): string {
  const value = values[setting.key];
  switch (setting.kind) {
    case 'number':
      return value === null ? 'no limit' : `${String(value)} ${setting.unit}`;
    case 'choice':
      return setting.choices.find((choice) => choice.value === value)?.label ?? String(value);
    case 'switch':
      return value === true ? 'yes' : 'no';
    case 'names':
      return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
  }
}
