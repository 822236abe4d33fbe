import { z } from 'zod';
import { givenDate, givenInstant } from '../../domain/given-time.ts';

/** What an adviser reads out before recording a yes, at the counter and on the phone: versions of each legal entity. */
export const wordingVersionSchema = z
  .object({
    version: z.int().describe('1, 2, 3 … for each legal entity.'),
    text: z.string().describe('What is read out at the counter, as written, with its placeholders.'),
    phoneText: z.string().describe('What is read out on the phone, as written.'),
    example: z.string().describe('As it is read out at the counter, for a customer with a Ford Focus.'),
    phoneExample: z.string().describe('The same on the phone.'),
    inForceFrom: z.iso.datetime(),
    inForce: z.boolean().describe('The one that is read out now.'),
    legalEntity: z.string(),
    recordedAt: z.iso.datetime(),
    recordedBy: z
      .string()
      .nullable()
      .describe('Who wrote it. Null for the text that the program starts with.'),
    approvedAt: z.iso.datetime().nullable(),
    approvedBy: z.string().nullable().describe('Null for what was read out before wordings were approved.'),
    timesRead: z.int().describe('How often it was read out and what was answered was recorded.'),
    timesReadByPhone: z.int(),
  })
  .meta({ id: 'WordingVersion' });

export const wordingDraftSchema = z
  .object({
    legalEntity: z.string(),
    text: z.string(),
    phoneText: z.string(),
    inForceFrom: z.iso.datetime().nullable().describe('Null: as soon as it is approved.'),
    writtenBy: z.string(),
    writtenAt: z.iso.datetime(),
    version: z.int().describe('Of the draft; send it back as expectedVersion.'),
    approvable: z.boolean().describe('Whether whoever asks may approve it.'),
    whyNot: z.string().nullable().describe('Why they may not, for people.'),
  })
  .meta({ id: 'WordingDraft' });

export const wordingListSchema = z
  .object({
    wordings: z
      .array(wordingVersionSchema)
      .describe('By legal entity, the newest first. None is ever changed.'),
    drafts: z.array(wordingDraftSchema).describe('One a legal entity at most; nobody is read a draft.'),
    askedCompanies: z.array(z.string()).describe('Those that the words go on to ask about, by the policy.'),
    approval: z.string().describe('Who may approve a draft, for people.'),
  })
  .meta({ id: 'WordingList' });

const legalEntity = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('The full name; may be left out where there is only one.');
const words = z.string().trim().min(40).max(2_000);

export const newWordingDraftSchema = z
  .strictObject({
    text: words.describe(
      'What is read out at the counter. {dealer} becomes the name of the legal entity and must be there, or the name ' +
        'itself: a yes is given to somebody. {car} becomes the car of the customer.',
    ),
    phoneText: words.optional().describe('What is read out on the phone; the same when it is left out.'),
    legalEntity,
    inForceFrom: z
      .union([givenInstant, givenDate])
      .nullable()
      .optional()
      .describe(
        'An instant, or a day from its start in London. As soon as it is approved when it is left out, or when that is ' +
          'later.',
      ),
    expectedVersion: z
      .int()
      .min(0)
      .describe('Of the draft that it replaces; 0 where there is none. 409 when somebody else was first.'),
  })
  .meta({
    id: 'NewWordingDraft',
    examples: [
      {
        text: 'May we, {dealer}, remind you when your {car} is due its MOT or service? You can change your mind at any time.',
        expectedVersion: 0,
      },
    ],
  });
export type NewWordingDraft = z.infer<typeof newWordingDraftSchema>;

export const chosenDraftSchema = z
  .strictObject({ legalEntity, expectedVersion: z.int().min(1).describe('Of the draft that was looked at.') })
  .meta({ id: 'ChosenWordingDraft' });
export type ChosenDraft = z.infer<typeof chosenDraftSchema>;
