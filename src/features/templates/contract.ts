import { z } from 'zod';
import {
  bodyLengthMax,
  subjectLengthMax,
  templateChannels,
  templateOccasions,
} from '../../domain/template.ts';
import { purposes } from '../../domain/vocabulary.ts';
import { customerReference } from '../customers/contract.ts';

/** What screens and the API exchange about what messages say. */
const longest = Math.max(...Object.values(bodyLengthMax));

const subject = z
  .string()
  .trim()
  .max(subjectLengthMax)
  .nullable()
  .default(null)
  .describe('An email must have one, a letter may; a text and a script have none.');
const body = z
  .string()
  .trim()
  .min(1)
  .max(longest)
  .describe(
    'With merge fields such as ((first name|there)). Who it is from and how to stop are put in by the program.',
  );

export const draftSchema = z.strictObject({ subject, body }).meta({ id: 'TemplateDraft' });
export type Draft = z.infer<typeof draftSchema>;

export const newTemplateSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).describe('Each once for a channel and language, in any case.'),
    channel: z.enum(templateChannels),
    category: z.enum(purposes).describe('What it is for.'),
    language: z.enum(['en-GB', 'cy-GB']).default('en-GB'),
    subject,
    body,
  })
  .meta({ id: 'NewTemplate' });
export type NewTemplate = z.infer<typeof newTemplateSchema>;

const promotionSchema = z.object({ phrase: z.string(), why: z.string() }).meta({ id: 'PromotionalPhrase' });

const versionSchema = z
  .object({
    number: z.int(),
    subject: z.string().nullable(),
    body: z.string(),
    state: z
      .enum(['draft', 'held', 'in_force', 'replaced'])
      .describe('Held: a service template with words of promotion that nobody has approved.'),
    treatedAs: z.enum(purposes).describe('What a message made of it is judged as.'),
    promotion: z.array(promotionSchema).describe('Words of promotion that nobody has said to be none.'),
    faults: z.array(z.string()).describe('What must be put right before it can be approved.'),
    writtenBy: z.string().nullable().describe('Null for what the program starts with.'),
    writtenAt: z.iso.datetime(),
    approvedBy: z.string().nullable(),
    approvedAt: z.iso.datetime().nullable(),
    acceptedPhrases: z.array(z.string()),
    acceptedBecause: z.string().nullable(),
  })
  .meta({ id: 'TemplateVersion' });

const summary = {
  id: z.uuid(),
  name: z.string(),
  occasion: z.enum(templateOccasions).nullable(),
  channel: z.enum(templateChannels),
  category: z.enum(purposes),
  language: z.string(),
  inForce: z
    .int()
    .nullable()
    .describe('The number of the version that is sent; null where none is approved.'),
  draft: z.enum(['draft', 'held']).nullable(),
  version: z.int().describe('Also the ETag.'),
};

export const templateListSchema = z
  .object({ templates: z.array(z.object(summary).meta({ id: 'TemplateSummary' })) })
  .meta({ id: 'TemplateList' });
/** @public for the browser */
export type TemplateList = z.output<typeof templateListSchema>;

export const templateSchema = z
  .object({ ...summary, versions: z.array(versionSchema).describe('The newest first.') })
  .meta({ id: 'Template' });
/** @public for the browser */
export type TemplateRecord = z.output<typeof templateSchema>;

export const approvalSchema = z
  .strictObject({
    acceptedPhrases: z
      .array(z.string().min(1).max(200))
      .max(50)
      .default([])
      .describe('Words that look like promotion and are none.'),
    acceptedBecause: z.string().trim().min(10).max(500).nullable().default(null),
  })
  .meta({ id: 'TemplateApproval' });
export type Approval = z.infer<typeof approvalSchema>;

export const previewRequestSchema = z
  .strictObject({
    channel: z.enum(templateChannels),
    category: z.enum(purposes),
    language: z.enum(['en-GB', 'cy-GB']).default('en-GB'),
    subject,
    body: z.string().max(longest),
    customer: customerReference.nullable().default(null).describe('Null for somebody made up.'),
  })
  .meta({ id: 'TemplatePreviewRequest' });
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

export const previewSchema = z
  .object({
    faults: z.array(z.string()).describe('Why it is not fit to be sent to them; then the rest is null.'),
    promotion: z.array(promotionSchema),
    treatedAs: z.enum(purposes),
    sender: z.string(),
    subject: z.string().nullable(),
    text: z.string().nullable().describe('As it is read, whatever the channel.'),
    html: z.string().nullable(),
    pdf: z.base64().nullable().describe('A letter, as it is printed.'),
    sms: z
      .object({
        encoding: z.enum(['gsm7', 'ucs2']),
        units: z.int(),
        segments: z.int().describe('Each is paid for.'),
        unitsLeft: z.int(),
        forcedBy: z.array(z.string()).describe('Characters that make each segment less than half as long.'),
      })
      .meta({ id: 'SmsSegments' })
      .nullable(),
    content: z
      .object({
        promotion: z.boolean(),
        identity: z.boolean(),
        optOutMeans: z.boolean(),
        callerNumber: z.boolean(),
      })
      .meta({ id: 'MessageContent' })
      .nullable()
      .describe('What the decision is told of the message.'),
  })
  .meta({ id: 'TemplatePreview' });
/** @public for the browser */
export type TemplatePreview = z.output<typeof previewSchema>;

export const templateParams = z.object({ id: z.uuid().describe('The id of the template.') });
