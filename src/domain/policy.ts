import { z } from 'zod';
import { namesCompany } from './company-name.ts';

/**
 * The dealer's policy: versioned data, applied when a decision is made and never written into history.
 * Statutory blocks (objection, TPS, automated-call consent, erasure, third-party naming) hold under every
 * policy; no setting here can switch them off.
 */
const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write a time as HH:MM.');
const openHours = z.strictObject({ from: timeOfDay, until: timeOfDay });
const wholeNumber = z.int().min(1);

/** More companies than these nobody reads out, and no screen has room for. */
export const askedCompaniesMax = 3;

const companyName = z.string().trim().min(2).max(200).refine(namesCompany, {
  message: "Name the company. 'Selected partners' is not consent.",
});

export const policySettingsSchema = z.strictObject({
  policy: z.enum(['pecr_strict', 'assume_legitimate_interest']),
  /** Calendar months between reviews. A house rule: the ICO sets no number. */
  reviewIntervalMonths: z.int().min(1).max(24),
  reviewOverdueEffect: z.enum(['prompt', 'block']),
  /** Whether the pop-up of a review that is due opens once a sign-in in each place, or whenever the customer is opened. */
  reviewPromptAt: z.enum(['first_access', 'every_access']),
  /** When a new TPS listing begins to bind. Reg 21(3) allows 28 days. */
  tpsGrace: z.enum(['immediate', 'statutory_28_days']),
  tpsScreeningMaxAgeDays: wholeNumber,
  laterTpsOverridesConsent: z.boolean(),
  mps: z.enum(['prospects_only']),
  customAudienceBasis: z.enum(['consent', 'li']),
  mergePolicy: z.enum(['most_restrictive', 'latest_wins']),
  legacyNoMarketingScope: z.enum(['all_marketing', 'mailshots_only']),
  /** `reset_all`: assumptions of the upgrade count as never asked; old opt-outs stay. */
  migrationPolicy: z.enum(['reset_all']).nullable(),
  migratedEmail: z.enum(['not_assumed', 'as_sms']),
  consentMaxAgeMonths: wholeNumber.nullable(),
  softOptInMaxMonths: wholeNumber.nullable(),
  /** Marketing messages a customer may have had in the last 30 days before the next is refused. */
  frequencyCapPer30Days: wholeNumber.nullable(),
  childAge: z.int().min(0).max(25),
  /** A deferred safety advisory may be told once as a service message within 30 days of the job. */
  safetyAdvisoryAsService: z.boolean(),
  /** Local contact hours, half-open, for texts, direct messages and calls. No statute sets hours (DMA 1.4). */
  quietHours: z.strictObject({
    weekday: openHours.nullable(),
    saturday: openHours.nullable(),
    sunday: openHours.nullable(),
    bankHoliday: openHours.nullable(),
  }),
  /** Bank holidays of the dealer's nation, as YYYY-MM-DD. */
  bankHolidays: z.array(z.iso.date()),
  /** Companies with a column of their own in the pop-up: third-party marketing. None: it is not asked about. */
  askedCompanies: z
    .array(companyName)
    .max(askedCompaniesMax, `Name at most ${askedCompaniesMax} companies: nobody listens to more.`)
    .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length, {
      message: 'Name each company once.',
    }),
  /** Who may approve what is read out: somebody other than its author, where anybody else may, or the author too. */
  wordingApproval: z.enum(['second_person', 'author']),
});
export type PolicySettings = z.infer<typeof policySettingsSchema>;

/** Bank holidays of England and Wales as published, with substitute days. */
const bankHolidaysOfEnglandAndWales = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-04',
  '2026-05-25',
  '2026-08-31',
  '2026-12-25',
  '2026-12-28',
  '2027-01-01',
  '2027-03-26',
  '2027-03-29',
  '2027-05-03',
  '2027-05-31',
  '2027-08-30',
  '2027-12-27',
  '2027-12-28',
  '2028-01-03',
  '2028-04-14',
  '2028-04-17',
  '2028-05-01',
  '2028-05-29',
  '2028-08-28',
  '2028-12-25',
  '2028-12-26',
] as const;

/** What a fresh database starts with: the reading that the regulations themselves give. */
export const defaultPolicySettings: PolicySettings = Object.freeze({
  policy: 'pecr_strict',
  reviewIntervalMonths: 6,
  reviewOverdueEffect: 'prompt',
  reviewPromptAt: 'first_access',
  tpsGrace: 'immediate',
  tpsScreeningMaxAgeDays: 28,
  laterTpsOverridesConsent: false,
  mps: 'prospects_only',
  customAudienceBasis: 'consent',
  mergePolicy: 'most_restrictive',
  legacyNoMarketingScope: 'all_marketing',
  migrationPolicy: null,
  migratedEmail: 'not_assumed',
  consentMaxAgeMonths: null,
  softOptInMaxMonths: null,
  frequencyCapPer30Days: null,
  childAge: 18,
  safetyAdvisoryAsService: false,
  quietHours: {
    weekday: { from: '08:00', until: '21:00' },
    saturday: { from: '09:00', until: '21:00' },
    sunday: null,
    bankHoliday: null,
  },
  bankHolidays: [...bankHolidaysOfEnglandAndWales],
  askedCompanies: [],
  wordingApproval: 'second_person',
});
