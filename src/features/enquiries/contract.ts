import { z } from 'zod';
import {
  enquirySources,
  enquiryStages,
  enteredSources,
  financeInterests,
  lostReasons,
} from '../../domain/enquiry.ts';
import { customerReference, givenVehicleSchema } from '../customers/contract.ts';
import { shownLeadSchema } from './leads/contract.ts';

/** What screens and the API exchange about sales enquiries. Money is in pence. */
const text = (most: number) => z.string().trim().min(1).max(most);

const nextActionSchema = z
  .strictObject({ what: text(200), on: z.iso.date().describe('The day, in London, by which it is done.') })
  .meta({ id: 'NextAction' });

const detailFields = {
  vehicleOfInterest: text(200).nullable().optional().describe('In words, such as `Ford Puma, automatic`.'),
  stockNumber: text(40).nullable().optional(),
  partExchange: text(200).nullable().optional().describe('In words, such as `Fiesta, 42,000 miles`.'),
  partExchangeRegistration: text(20).nullable().optional(),
  budgetPence: z.int().min(0).max(100_000_000_000).nullable().optional(),
  financeInterest: z.enum(financeInterests).optional(),
  ownerId: z.uuid().toLowerCase().nullable().optional().describe('Who answers for it; null: nobody yet.'),
  nextAction: nextActionSchema.nullable().optional(),
};

export const enteredEnquirySchema = z
  .strictObject({
    source: z.enum(enteredSources),
    customer: customerReference,
    branch: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Code or name; default the branch of the customer.'),
    ...detailFields,
    note: text(4_000).optional(),
  })
  .meta({
    id: 'EnteredEnquiry',
    examples: [
      {
        source: 'walk_in',
        customer: 'no:12345',
        vehicleOfInterest: 'Ford Puma, automatic',
        budgetPence: 1_800_000,
        nextAction: { what: 'Ring back with a price', on: '2026-11-25' },
      },
    ],
  });
export type EnteredEnquiry = z.input<typeof enteredEnquirySchema>;

const saleSchema = z
  .strictObject({
    vehicle: givenVehicleSchema.describe('The vehicle that was sold, by registration or VIN.'),
    soldOn: z.iso.date().optional().describe('Default today.'),
    partExchangeTaken: z
      .boolean()
      .default(false)
      .describe('The vehicle with the registration of the part-exchange is no longer theirs from that day.'),
  })
  .meta({ id: 'EnquirySale' });

export const enquiryChangesSchema = z
  .strictObject({
    ...detailFields,
    stage: z.enum(enquiryStages).optional(),
    lostReason: z.enum(lostReasons).optional().describe('With the stage lost, which needs one.'),
    lostNote: text(500).optional(),
    sale: saleSchema.optional().describe('With the stage sold, which needs it: the vehicle becomes theirs.'),
  })
  .meta({ id: 'EnquiryChanges', examples: [{ stage: 'lost', lostReason: 'price' }] });
export type EnquiryChanges = z.input<typeof enquiryChangesSchema>;

export const newNoteSchema = z.strictObject({ text: text(4_000) }).meta({ id: 'NewEnquiryNote' });

export const newReplySchema = z
  .strictObject({
    channel: z.enum(['sms', 'letter', 'live_call', 'email']),
    text: text(4_000).nullable().default(null).describe('What was answered; free text, which can be erased.'),
  })
  .meta({ id: 'NewEnquiryReply' });

const summaryFields = {
  id: z.uuid(),
  customerId: z.uuid(),
  customerNumber: z.string(),
  displayName: z.string().describe('Such as `Mrs Jane Holroyd`.'),
  branch: z.string().describe('The code of the branch.'),
  branchName: z.string(),
  source: z.enum(enquirySources),
  stage: z.enum(enquiryStages),
  open: z.boolean(),
  vehicleOfInterest: z.string().nullable(),
  stockNumber: z.string().nullable(),
  budgetPence: z.int().nullable(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  nextAction: z.object({ what: z.string(), on: z.iso.date() }).meta({ id: 'DueAction' }).nullable(),
  overdueDays: z.int().describe('Days since the next action was due; 0: not overdue.'),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  version: z.int().describe('Also the ETag.'),
};

export const enquirySummarySchema = z.object(summaryFields).meta({ id: 'EnquirySummary' });

const answerSchema = z
  .object({
    channel: z.enum(['sms', 'letter', 'live_call', 'email']),
    label: z.string().describe('Such as `SMS`.'),
    allowed: z.boolean(),
    sentences: z.array(z.string()).describe('Why, in words.'),
  })
  .meta({ id: 'EnquiryAnswerChannel' });

export const enquirySchema = z
  .object({
    ...summaryFields,
    partExchange: z.string().nullable(),
    partExchangeRegistration: z.string().nullable(),
    financeInterest: z.enum(financeInterests),
    lostReason: z.enum(lostReasons).nullable(),
    lostNote: z.string().nullable(),
    soldVehicleId: z.uuid().nullable(),
    soldOn: z.iso.date().nullable(),
    openedBy: z.string(),
    updatedAt: z.iso.datetime(),
    notes: z.array(
      z
        .object({
          id: z.uuid(),
          text: z.string(),
          writtenAt: z.iso.datetime(),
          writtenBy: z.string(),
        })
        .meta({ id: 'EnquiryNote' }),
    ),
    stages: z
      .array(
        z
          .object({ stage: z.enum(enquiryStages), changedAt: z.iso.datetime(), changedBy: z.string() })
          .meta({ id: 'EnquiryStageChange' }),
      )
      .describe('The newest first.'),
    replies: z
      .array(
        z
          .object({
            id: z.uuid(),
            label: z.string().describe('By which way, such as `SMS`.'),
            text: z.string().nullable(),
            repliedAt: z.iso.datetime(),
            repliedBy: z.string(),
          })
          .meta({ id: 'EnquiryReply' }),
      )
      .describe('What the customer was answered, the latest first.'),
    web: shownLeadSchema.nullable().describe('What came in from a website; null where it did not.'),
    answers: z
      .array(answerSchema)
      .describe('By which way the customer may be answered now, one to one, and why.'),
  })
  .meta({ id: 'Enquiry' });

export const enquiryParams = z.object({ id: z.uuid().toLowerCase().describe('The id of the enquiry.') });
