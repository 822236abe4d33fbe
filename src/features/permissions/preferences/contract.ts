import { z } from 'zod';
import { givenInstant } from '../../../domain/given-time.ts';
import { askedCompaniesMax } from '../../../domain/policy.ts';
import { screenCategories, screenChannels } from '../../../domain/screen-channels.ts';
import { shownStates } from '../../../domain/shown-state.ts';
import { categories, customerKinds, methods } from '../../../domain/vocabulary.ts';

/** What the pop-up and the panel of preferences show, and what the pop-up saves. */
const reviewStatuses = ['never', 'in_date', 'due', 'overdue'] as const;

const reasonSchema = z
  .object({
    code: z.string(),
    sentence: z.string().describe('For people.'),
    law: z.string().describe('The article or regulation it implements.'),
  })
  .meta({ id: 'PreferenceReason' });

const warningSchema = z.object({ code: z.string(), sentence: z.string() }).meta({ id: 'PreferenceWarning' });

const cellSchema = z
  .object({
    category: z.enum(categories),
    company: z
      .string()
      .nullable()
      .describe('Third-party marketing: the full name of the company; null for the other categories.'),
    state: z
      .enum(shownStates)
      .describe('What is held today; shown beside the box in words and colour, never as a tick.'),
    stateWords: z.string(),
    at: z.iso.datetime().nullable().describe('Since when it is so; null for what nobody was asked.'),
    detail: z
      .string()
      .nullable()
      .describe('How it is known, such as `in person, wording 3` or `no opt-out before the upgrade`.'),
    verdict: z
      .enum(['allow', 'deny'])
      .describe('May we? Contact hours and what one message says are left to the moment of sending.'),
    reasons: z.array(reasonSchema),
    warnings: z.array(warningSchema),
    sequence: z.int().nullable().describe('The ledger entry of this customer on which the state rests.'),
    split: z
      .boolean()
      .describe(
        'The answers behind this box differ: direct messages and audience, or several vehicles. The strictest is shown.',
      ),
  })
  .meta({ id: 'PreferenceCell' });

const contactSchema = z
  .object({
    display: z.string(),
    status: z.enum(['ok', 'bounced', 'unverified']),
    remarks: z.array(z.string()).describe('Such as `on TPS since 2024` or `shared with another customer`.'),
  })
  .meta({ id: 'PreferenceContact' });

const channelSchema = z
  .object({
    channel: z.enum(screenChannels),
    label: z.string(),
    contact: contactSchema.nullable().describe('Null: nothing is recorded for this channel.'),
    cells: z.array(cellSchema),
  })
  .meta({ id: 'PreferenceChannel' });

const customerSchema = z
  .object({
    id: z.uuid(),
    number: z.string(),
    displayName: z.string().describe('Such as `Mrs Jane Holroyd`.'),
    shortName: z.string().describe('Such as `Mrs Holroyd`.'),
    kind: z.enum(customerKinds),
    prospect: z.boolean(),
    memberSince: z.iso.date(),
  })
  .meta({ id: 'PreferenceCustomer' });

const spoken = {
  hash: z.string().describe('Of the text as it stands here; send it back as wordingHash.'),
  text: z.string().describe('What is read out to this customer.'),
  withoutCompanies: z.string().describe('The same where third parties are not asked about.'),
};

const wordingSchema = z
  .object({
    ...spoken,
    phone: z
      .object(spoken)
      .meta({ id: 'PreferencePhoneWording' })
      .describe('What is read out on the phone in its place, with a hash of its own.'),
    version: z.int(),
    inForceFrom: z.iso.datetime(),
    legalEntity: z.string(),
  })
  .meta({ id: 'PreferenceWording' });

const reviewSchema = z
  .object({
    status: z.enum(reviewStatuses),
    dueOn: z.iso.date().nullable(),
    lastReviewAt: z.iso.datetime().nullable(),
    lastMethod: z.enum(methods).nullable(),
    lastBy: z.string().nullable().describe('Who went through them; `the customer` for themselves.'),
  })
  .meta({ id: 'PreferenceReview' });

const promptSchema = z
  .object({
    askable: z
      .boolean()
      .describe(
        'False for the erased and the dead, and while use of their data is on hold: `holds` says why.',
      ),
    open: z.boolean().describe('The pop-up opens by itself: a review is due and does not rest.'),
    reason: z.enum(['never', 'due', 'overdue']).nullable(),
    at: z
      .enum(['first_access', 'every_access'])
      .describe(
        'first_access: it opens by itself once a sign-in in each of record, appointment and enquiry; every_access: ' +
          'whenever the customer is opened.',
      ),
    restingUntil: z.iso
      .datetime()
      .nullable()
      .describe('It was tried at this branch today, and comes back at this instant.'),
  })
  .meta({ id: 'PreferencePrompt' });

const vehicleSchema = z
  .object({
    id: z.uuid(),
    registration: z.string().nullable().describe('As the plate shows it.'),
    make: z.string().nullable(),
    model: z.string().nullable(),
    current: z.boolean(),
    serviceContact: z
      .boolean()
      .describe(
        'False: no reminders about this one, whatever the boxes say; see the event `vehicle_contact`.',
      ),
  })
  .meta({ id: 'PreferenceVehicle' });

export const preferencesSchema = z
  .object({
    customer: customerSchema,
    sequence: z.int().describe('The ledger position; send it as expectedSequence.'),
    wording: wordingSchema,
    answeringFor: z
      .object({ legalEntity: z.string(), several: z.boolean().describe('The group has other companies.') })
      .meta({ id: 'AnsweringFor' })
      .describe('The company of the branch that asks: whose permission this is.'),
    elsewhere: z
      .array(
        z.object({ legalEntity: z.string(), given: z.array(z.string()) }).meta({ id: 'PermissionElsewhere' }),
      )
      .describe(
        'What was given to other companies of the group, in words. It is no permission for this one.',
      ),
    review: reviewSchema,
    prompt: promptSchema,
    objectedAt: z.iso.datetime().nullable().describe('When all marketing was stopped.'),
    holds: z.array(z.string()).describe('Sentences: what stops contact whatever the boxes say.'),
    vehicles: z.array(vehicleSchema).describe('Those they have now first.'),
    channels: z.array(channelSchema).describe('In the order of the screen.'),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof preferencesSchema>;

export const preferencesQuery = z.strictObject({
  branch: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Code or name of the branch that asks: whose company is answered for, and whether the review rests there. Default ' +
        'the one of the customer.',
    ),
});

const answerSchema = z
  .strictObject({
    channel: z.enum(screenChannels),
    category: z.enum(categories),
    company: z
      .string()
      .optional()
      .describe('Third-party marketing: the full name of the company, as it was shown.'),
    ticked: z.boolean(),
  })
  .meta({ id: 'PreferenceAnswer' });

export const savedPreferencesSchema = z
  .strictObject({
    expectedSequence: z.int().min(0).describe('As it was read; 409 when somebody else was first.'),
    branch: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Code or name of the branch that asked, as when it was read: the answers are for its company alone.',
      ),
    wordingHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .optional()
      .describe('Of the wording that was read out; a yes needs it.'),
    method: z
      .enum(['in_person', 'phone', 'paper', 'portal'])
      .nullable()
      .optional()
      .describe('How the customer told us; a yes needs it. portal: on their own phone.'),
    answers: z
      .array(answerSchema)
      .min(1)
      .max(screenChannels.length * (screenCategories.length + askedCompaniesMax))
      .describe('Every box that was shown. One left unticked is recorded as asked and not given.'),
    occurredAt: givenInstant.optional().describe('Now, when it is left out.'),
  })
  .meta({
    id: 'SavedPreferences',
    examples: [
      {
        expectedSequence: 5,
        wordingHash: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
        method: 'in_person',
        answers: [
          { channel: 'sms', category: 'service_follow_up', ticked: true },
          { channel: 'sms', category: 'general_marketing', ticked: false },
        ],
      },
    ],
  });
export type SavedPreferences = z.infer<typeof savedPreferencesSchema>;

export const savedEffectsSchema = z
  .object({
    sequence: z.int(),
    effects: z
      .object({
        may: z.array(z.string()).describe("Such as `We may now text about AB12 CDE's MOT and service.`"),
        mayNot: z.array(z.string()).describe('Such as `We will not phone.`'),
      })
      .meta({ id: 'PreferenceEffects' }),
    nextReviewOn: z.iso.date().nullable(),
  })
  .meta({ id: 'SavedPreferenceEffects' });
