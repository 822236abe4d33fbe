import { z } from 'zod';
import { policySettingsSchema } from '../../domain/policy.ts';

/**
 * A file of cases: what is given, what is asked, and the decision expected. Cases are written by whoever
 * answers for the rules, and run through the production code.
 */
const instant = z.iso.datetime({ offset: true });

const answerSchema = z.strictObject({
  state: z.enum(['unset', 'granted', 'not_given', 'withdrawn']),
  /** `migrated_li`: nobody answered, and the upgrade assumed it. */
  basis: z.enum(['consent', 'soft_opt_in', 'legitimate_interest', 'migrated_li']).default('consent'),
  at: instant.default('2026-06-01T10:00:00Z'),
  by: z.string().default('customer'),
  evidence: z.enum(['full', 'partial', 'none']).default('full'),
});
export type CaseAnswer = z.infer<typeof answerSchema>;

const eventSchema = z.strictObject({
  at: instant.nullable().default(null),
  recorded: instant.optional(),
  do: z.enum(['grant', 'withdraw', 'refuse', 'not_given']),
  basis: z.enum(['consent', 'soft_opt_in', 'legitimate_interest']).default('consent'),
  by: z.string().default('customer'),
  evidence: z.enum(['full', 'partial', 'none']).default('full'),
});
export type CaseEvent = z.infer<typeof eventSchema>;

const personSchema = z.strictObject({
  erased: z.boolean().default(false),
  deceased: z.boolean().default(false),
  restricted: z.boolean().default(false),
  merge_pending: z.boolean().default(false),
  vulnerable_hold: z.boolean().default(false),
  age: z.int().min(0).max(130).optional(),
});

/** A file may write `none` where a setting is off. */
const settingsSchema = z.preprocess(
  (settings) =>
    typeof settings === 'object' && settings !== null
      ? Object.fromEntries(
          Object.entries(settings).map(([name, value]: [string, unknown]) => [
            name,
            value === 'none' ? null : value,
          ]),
        )
      : settings,
  policySettingsSchema.partial().extend({ seedEmail: z.enum(['not_assumed', 'as_sms']).optional() }),
);

/** The same subscribers by the words of the law. */
const subscribers: Readonly<Record<string, string>> = {
  ordinary_partnership: 'partnership',
  limited_company: 'company',
  government_body: 'government',
  public_body: 'government',
};
const subscriberOf = (word: unknown): unknown =>
  typeof word === 'string' ? (subscribers[word] ?? word) : word;

const givenSchema = z.strictObject({
  subscriber: z
    .preprocess(
      subscriberOf,
      z.enum([
        'individual',
        'sole_trader',
        'partnership',
        'scottish_partnership',
        'llp',
        'company',
        'corporate',
        'government',
        'unknown',
      ]),
    )
    .default('individual'),
  cell: answerSchema.optional(),
  two_list: z.strictObject({ channels: z.array(z.string()), categories: z.array(z.string()) }).optional(),
  events: z.array(eventSchema).optional(),
  merge: z.strictObject({ a: answerSchema, b: answerSchema }).optional(),
  migrated: z.boolean().default(false),
  legacy: z.enum(['none', 'no_follow_up', 'no_marketing', 'both']).default('none'),
  objection: z.strictObject({ scope: z.enum(['all']).default('all'), at: instant }).optional(),
  suppression: z.strictObject({ at: instant, covers: z.string().optional() }).optional(),
  soft: z
    .strictObject({
      obtained: z.string().default('other'),
      offered: z.boolean().default(false),
      similar: z.boolean().default(false),
      same_entity: z.boolean().default(false),
      on: z.iso.date().optional(),
    })
    .optional(),
  lia: z.boolean().default(false),
  tps: z
    .strictObject({
      listed_since: z.iso.date().nullable().default(null),
      screened: z.iso.date().nullable().default(null),
    })
    .optional(),
  mps: z.boolean().default(false),
  prospect: z.boolean().default(false),
  contact: z.enum(['ok', 'missing', 'bounced', 'changed_by_customer', 'changed_unverified']).default('ok'),
  vehicle: z.enum(['owned', 'sold', 'none']).default('owned'),
  vehicle_opt_out: z.boolean().default(false),
  third_party: z.strictObject({ named: z.array(z.string()) }).default({ named: [] }),
  person: personSchema.prefault({}),
  last_review: instant.nullable().optional(),
  sent_last_30_days: z.int().min(0).default(0),
  settings: settingsSchema.prefault({}),
});

const askedSchema = z.strictObject({
  channel: z.string(),
  category: z.string(),
  when: instant.default('2026-11-23T11:00:00Z'),
  message: z
    .strictObject({
      promo: z.boolean().default(false),
      identity: z.boolean().default(true),
      optout: z.boolean().default(true),
      cli: z.boolean().default(true),
    })
    .prefault({}),
  tool: z.enum(['mailshot', 'acm', 'manual']).default('mailshot'),
  third_party: z.string().nullable().default(null),
  recall: z.boolean().default(false),
  claims_management: z.boolean().default(false),
});

export const caseSchema = z.strictObject({
  id: z.string(),
  given: givenSchema,
  asked: askedSchema,
  policy: z.enum(['pecr_strict', 'assume_legitimate_interest']),
  expect: z.enum(['allow', 'deny']),
  reasons: z.array(z.string()),
  note: z.string().optional(),
});
export type Case = z.infer<typeof caseSchema>;

export const caseRoutes = ['engine', 'database', 'selection'] as const;
export type CaseRoute = (typeof caseRoutes)[number];

export interface CaseOutcome {
  readonly id: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly got: string;
}
