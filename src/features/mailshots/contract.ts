import { z } from 'zod';
import type { ReasonCode, Warning } from '../../domain/reason.ts';
import { everybody, selectionCriteriaSchema } from '../../domain/selection-criteria.ts';
import { channels, purposes } from '../../domain/vocabulary.ts';

/**
 * What screens, the API and the command line exchange about selections. A selection says its channel and its
 * category before anything else: who may be written to depends on both.
 */
export const selectionSchema = z
  .strictObject({
    channel: z.enum(channels).describe('The inner channel; Telephone on screen is live_call.'),
    category: z
      .enum(purposes)
      .describe('An MOT or service reminder is service_follow_up. A permission_request is itself marketing.'),
    company: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .optional()
      .describe('Third-party marketing: the full name of the company. "Selected partners" is not consent.'),
    recall: z.boolean().default(false).describe('A safety recall, told as a service message.'),
    promotion: z
      .boolean()
      .default(false)
      .describe('The message contains promotion: a service message is then judged as general marketing.'),
    claimsManagement: z.boolean().default(false).describe('Calls about compensation claims (PECR 21A).'),
    criteria: selectionCriteriaSchema.default(everybody),
  })
  .superRefine((selection, issues) => {
    const thirdParty = selection.category === 'third_party_marketing';
    if (thirdParty !== (selection.company !== undefined)) {
      issues.addIssue({
        code: 'custom',
        path: ['company'],
        message: thirdParty
          ? "Name the company. 'Selected partners' is not consent."
          : 'Only third_party_marketing names a company.',
      });
    }
    if (selection.recall && selection.category !== 'service_message') {
      issues.addIssue({
        code: 'custom',
        path: ['recall'],
        message: 'A recall is a service_message: choose that category.',
      });
    }
    if (selection.category === 'service_message' && selection.channel === 'social_audience') {
      issues.addIssue({
        code: 'custom',
        path: ['channel'],
        message: 'An audience upload is advertising, never a service message.',
      });
    }
  })
  .meta({ id: 'Selection' });
export type Selection = z.infer<typeof selectionSchema>;
/** A selection as it is written down; what is left out takes its default. */
export type GivenSelection = z.input<typeof selectionSchema>;

/** People left out for the same reasons, in the order of the reasons. */
export interface LeftOut {
  readonly reasons: readonly ReasonCode[];
  readonly sentences: readonly string[];
  readonly people: number;
}

export interface SelectionWarning {
  /** Stable, for programs. */
  readonly code: Warning | SelectionWarningCode;
  readonly sentence: string;
  /** How many of the permitted people it is about; null: it is about the selection as a whole. */
  readonly people: number | null;
}

export const selectionWarningCodes = [
  'ASSUMED_AT_UPGRADE',
  'PERMISSION_REQUEST_IS_MARKETING',
  'REMINDER_IS_MARKETING',
  'PROMOTION_MAKES_MARKETING',
  'AUDIENCE_UPLOAD',
  'DORMANT_CUSTOMERS',
  'SOLE_TRADERS_ARE_PEOPLE',
  'CONTACT_HOURS_AT_SENDING',
  'CONTENT_AT_SENDING',
] as const;
export type SelectionWarningCode = (typeof selectionWarningCodes)[number];

/** `matching` is always `permitted` and everybody in `leftOut` together. Every figure counts people. */
export interface SelectionCount {
  readonly matching: number;
  readonly permitted: number;
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly SelectionWarning[];
  readonly plainEnglish: string;
  readonly policyVersion: number;
  /** The instant the answer is for, milliseconds since 1970. */
  readonly asOf: number;
}

/** Which part of a selection is opened: those permitted, or those left out for exactly these reasons. */
export type SelectionPart = 'permitted' | { readonly leftOutFor: readonly ReasonCode[] };

export interface SelectedPerson {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly name: string;
  readonly branch: string;
  readonly reasons: readonly ReasonCode[];
  readonly sentences: readonly string[];
  readonly warnings: readonly Warning[];
}

export interface SelectedPage {
  readonly people: readonly SelectedPerson[];
  /** Hand it back as `after` for the next page; null: there is none. */
  readonly next: string | null;
}

/** Columns a list may carry. Choose only those the sender needs (UK GDPR 5(1)(c)). */
const personColumns = [
  'customer_number',
  'title',
  'forename',
  'surname',
  'company',
  'name',
  'branch',
  'contact',
  'address1',
  'address2',
  'address3',
  'town',
  'county',
  'postcode',
] as const;
/** Only for selections about a vehicle, which have one row for each vehicle. */
export const vehicleColumns = [
  'registration',
  'vin',
  'make',
  'model',
  'first_registered_on',
  'mot_due_on',
  'service_due_on',
  'last_service_on',
] as const;
export const exportColumns = [...personColumns, ...vehicleColumns] as const;
export type ExportColumn = (typeof exportColumns)[number];

export const exportColumnsSchema = z
  .array(z.enum(exportColumns))
  .min(1)
  .max(exportColumns.length)
  .refine((columns) => new Set(columns).size === columns.length, 'A column is named twice.');

/** What left the house: the record of an export, and who dropped out. */
export interface ExportReport {
  readonly exportId: string;
  readonly exportedAt: number;
  /** Rows of the file: one a person, or one a vehicle. */
  readonly rows: number;
  readonly people: number;
  readonly matching: number;
  readonly leftOut: readonly LeftOut[];
  /** People permitted when they were counted and refused now; they are among those left out. */
  readonly droppedOut: readonly LeftOut[];
  readonly warnings: readonly SelectionWarning[];
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  readonly policyVersion: number;
  readonly plainEnglish: string;
}
