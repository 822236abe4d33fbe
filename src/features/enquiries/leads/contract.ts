import { z } from 'zod';
import { financeInterests } from '../../../domain/enquiry.ts';
import { screenCategories, screenChannels } from '../../../domain/screen-channels.ts';

/** What a website hands over: who, what they want, and the very words and ticks that they saw. */
const text = (most: number) => z.string().trim().min(1).max(most);
const name = text(200).nullable().optional();

const tickSchema = z
  .strictObject({
    channel: z.enum(screenChannels),
    category: z.enum(screenCategories),
    ticked: z.boolean().describe('As the visitor left it. One left unticked is recorded as a no.'),
  })
  .meta({ id: 'WebTick' });

export const webWordingTextSchema = z
  .strictObject({
    text: z.string().min(10).max(10_000).describe('The exact wording that the visitor saw beside the boxes.'),
    language: z.string().min(2).max(20).default('en-GB'),
  })
  .meta({ id: 'WebWordingText' });

export const webLeadSchema = z
  .strictObject({
    source: z.literal('web_form'),
    branch: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Code or name; may be left out where there is only one.'),
    submittedAt: z.iso.datetime({ offset: true }).optional().describe('Now, when it is left out.'),
    visitor: z
      .strictObject({
        title: name,
        forename: name,
        surname: name,
        companyName: name,
        phone: text(60).nullable().optional(),
        email: text(300).nullable().optional(),
      })
      .describe('A name, and a telephone number or an email address, as the visitor typed them.'),
    vehicleOfInterest: text(200).nullable().optional(),
    stockNumber: text(40).nullable().optional(),
    partExchange: text(200).nullable().optional(),
    partExchangeRegistration: text(20).nullable().optional(),
    budgetPence: z.int().min(0).max(100_000_000_000).nullable().optional(),
    financeInterest: z.enum(financeInterests).default('not_asked'),
    message: text(4_000).nullable().optional(),
    wording: webWordingTextSchema.optional().describe('Needed with ticks: a yes without it is no yes.'),
    ticks: z
      .array(tickSchema)
      .max(screenChannels.length * screenCategories.length)
      .default([])
      .describe('Every box that was shown, ticked or not.'),
  })
  .meta({
    id: 'WebLead',
    examples: [
      {
        source: 'web_form',
        visitor: { forename: 'Jane', surname: 'Holroyd', email: 'jane@example.com' },
        vehicleOfInterest: 'Ford Puma, automatic',
        wording: {
          text: 'May Hallam Motors email you about our offers? You can change your mind at any time.',
        },
        ticks: [{ channel: 'email', category: 'general_marketing', ticked: true }],
      },
    ],
  });
export type WebLead = z.input<typeof webLeadSchema>;

export const receivedLeadSchema = z.object({ received: z.literal(true), reference: z.uuid() }).meta({
  id: 'ReceivedLead',
  description: 'The same for everybody: it says nothing of whether the visitor is on file.',
});

const tickOutcomes = [
  'recorded_yes',
  'recorded_no',
  'no_stands',
  'other_contact',
  'wording_unknown',
  'wording_refused',
] as const;

export const shownLeadSchema = z
  .object({
    submittedAt: z.iso.datetime(),
    visitor: z.object({
      title: z.string().nullable(),
      forename: z.string().nullable(),
      surname: z.string().nullable(),
      companyName: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
    }),
    matchedOn: z.array(z.string()).describe('By what the visitor was found on file; empty: entered as new.'),
    lookalikes: z
      .array(
        z.object({ customerId: z.uuid(), customerNumber: z.string(), displayName: z.string() }).meta({
          id: 'LeadLookalike',
        }),
      )
      .describe('Others with the same number, address or vehicle, who may be the same person.'),
    wording: z.object({ text: z.string(), state: z.enum(['unknown', 'accepted', 'refused']) }).nullable(),
    ticks: z.array(
      z
        .object({
          label: z.string().describe('Such as `SMS, General dealer marketing`.'),
          ticked: z.boolean(),
          outcome: z.enum(tickOutcomes),
          sentence: z.string(),
        })
        .meta({ id: 'ShownTick' }),
    ),
  })
  .meta({ id: 'ShownLead' });

/** The wordings beside the boxes of websites: which of them a yes may rest on. */
export const webWordingSchema = z
  .object({
    hash: z.string().describe('SHA-256 of the text, hexadecimal.'),
    text: z.string(),
    language: z.string(),
    state: z.enum(['unknown', 'accepted', 'refused']),
    firstSeenAt: z.iso.datetime(),
    judgedAt: z.iso.datetime().nullable(),
    judgedBy: z.string().nullable(),
    enquiries: z.int().describe('How many enquiries came in with it.'),
  })
  .meta({ id: 'WebWording' });

export const webWordingListSchema = z
  .object({ wordings: z.array(webWordingSchema).describe('Those nobody has judged yet first.') })
  .meta({ id: 'WebWordingList' });

export const webWordingParams = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the text, hexadecimal.'),
});
