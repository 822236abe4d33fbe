import { z } from 'zod';

import { namesCompany } from '../../domain/company-name.ts';
import { givenDate, givenInstant } from '../../domain/given-time.ts';
import { bases, categories, channels, methods, purposes, tools } from '../../domain/vocabulary.ts';

/** What screens, the API and the command line exchange about permissions. */
// why: as the database writes it; a no about a vehicle must be found however its id was written.
const vehicleId = z.uuid().toLowerCase();

const recordedCellSchema = z
  .strictObject({
    channel: z.enum(channels).describe('The inner channel; Telephone on screen is live_call.'),
    category: z.enum(categories),
    vehicleId: vehicleId.optional().describe('Service follow-up about one vehicle only.'),
    thirdPartyName: z
      .string()
      .min(2)
      .max(200)
      .refine(namesCompany, {
        message: "Name the company. 'Selected partners' is not consent; a no to all of them leaves this out.",
      })
      .optional()
      .describe('Third-party marketing: the full name of the company the customer was shown.'),
    answer: z
      .enum(['granted', 'not_given', 'withdrawn'])
      .describe('not_given: asked, and not ticked. withdrawn: a permission taken back.'),
    basis: z
      .enum(bases.filter((basis) => basis !== 'migrated'))
      .default('consent')
      .describe('The ground of a grant; ignored for a no.'),
  })
  .meta({ id: 'RecordedCell' });

const wordingSchema = z
  .strictObject({
    text: z
      .string()
      .min(10)
      .max(10_000)
      .refine((text) => text.trim().length >= 10, 'Give the words that were shown or read out.')
      .describe('The exact wording shown or read to the customer.'),
    language: z.string().min(2).max(20).default('en-GB'),
  })
  .meta({ id: 'Wording' });

const evidenceFields = {
  occurredAt: givenInstant
    .nullable()
    .optional()
    .describe(
      'When the customer acted; null or left out when nobody knows, then the recording counts. A yes needs it: null is ' +
        'refused; left out it was just now, in person, by phone or in the portal, and is refused for any ' +
        'other method. A clock may be five minutes ahead: that counts as now.',
    ),
  method: z.enum(methods).nullable().optional().describe('How the answer reached the dealer.'),
  wording: wordingSchema.nullable().optional(),
  givenBy: z
    .enum(['customer', 'staff'])
    .default('staff')
    .describe(
      'customer: the customer acted themselves (portal, form); staff: a member of staff wrote it down.',
    ),
  note: z
    .string()
    .max(2000)
    .nullable()
    .optional()
    .describe(
      'Free text, kept apart from the ledger and erasable; the ledger holds a salted commitment to it.',
    ),
  branch: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Code or name of the branch where it happened, default the one of the customer. A yes is one for the company of ' +
        'that branch and for no sister of it; a review that was tried there is not asked for again there that day.',
    ),
  expectedSequence: z
    .int()
    .min(0)
    .optional()
    .describe('The ledger position this was based on; 409 when somebody else was first.'),
};

export const permissionEventSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('record'),
      cells: z.array(recordedCellSchema).min(1).max(200),
      review: z
        .boolean()
        .default(false)
        .describe(
          'All preferences were gone through with the customer: the review clock restarts. A STOP or a single answer ' +
            'is none.',
        ),
      previousSystem: z
        .boolean()
        .default(false)
        .describe('Taken over from another system: a yes may lack evidence and is judged accordingly.'),
      ...evidenceFields,
    }),
    z.strictObject({ kind: z.literal('confirm_review'), ...evidenceFields }),
    z.strictObject({
      kind: z.literal('review_not_done'),
      outcome: z.enum(['declined_to_answer', 'did_not_ask', 'sent_to_phone']),
      reason: z
        .enum(['customer_not_present', 'dropped_keys', 'customer_in_a_hurry', 'not_suitable', 'other'])
        .nullable()
        .default(null),
      ...evidenceFields,
    }),
    z.strictObject({ kind: z.literal('stop_all_marketing'), ...evidenceFields }),
    z.strictObject({
      kind: z.literal('vehicle_contact'),
      vehicleId,
      permitted: z
        .boolean()
        .describe(
          'False: no reminders about this vehicle. True takes that back: it needs `method` and `wording`, is refused ' +
            'with a null `occurredAt`, and counts as said just now without one.',
        ),
      ...evidenceFields,
    }),
    z.strictObject({
      kind: z.literal('existing_customer'),
      obtainedIn: z.enum(['sale', 'negotiation', 'other']),
      optOutOffered: z.boolean(),
      similarProducts: z.boolean(),
      obtainedOn: givenDate.nullable().default(null),
      ...evidenceFields,
    }),
    z.strictObject({
      kind: z.literal('correct'),
      corrects: z
        .int()
        .min(1)
        .describe(
          'The ledger position that was recorded wrongly: preferences, a review, an objection, a no about a vehicle ' +
            'or the facts of an existing customer. Merges, imports, resets and what is known of the person are not ' +
            'corrected here.',
        ),
      ...evidenceFields,
    }),
  ])
  .meta({ id: 'NewPermissionEvent' });
export type NewPermissionEvent = z.infer<typeof permissionEventSchema>;

/** A question to the engine. Unknown channels and purposes are answered REQUEST_INVALID, not refused. */
export const decisionRequestSchema = z
  .strictObject({
    channel: z.enum(channels),
    category: z.enum(purposes),
    vehicleId: vehicleId.nullable().optional(),
    thirdPartyName: z.string().max(200).nullable().optional(),
    recall: z.boolean().optional(),
    claimsManagement: z.boolean().optional(),
    safetyAdvisoryOn: givenDate.nullable().optional(),
    enquiryId: z
      .uuid()
      .toLowerCase()
      .nullable()
      .optional()
      .describe('The enquiry that a service message answers; it is one for as long as the enquiry is open.'),
    tool: z.enum(tools).optional(),
    branch: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Code or name of the branch that asks, default the one of the customer: a permission given to its company counts, ' +
          'one given to a sister does not.',
      ),
    message: z
      .strictObject({
        promotion: z.boolean().optional(),
        identity: z.boolean().optional(),
        optOutMeans: z.boolean().optional(),
        callerNumber: z.boolean().optional(),
        recipients: z.int().min(1).optional().describe('How many people are sent it; default 1.'),
      })
      .optional(),
  })
  .meta({ id: 'DecisionRequest' });
export type DecisionQuestion = z.infer<typeof decisionRequestSchema>;
