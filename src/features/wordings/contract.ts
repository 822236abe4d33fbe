import { z } from 'zod';
import { givenInstant } from '../../domain/given-time.ts';

/** The counter wording: what an adviser reads out before recording a yes. One text a legal entity, in versions. */
export const wordingVersionSchema = z
  .object({
    version: z.int().describe('1, 2, 3 … for each legal entity.'),
    text: z.string().describe('As written, with its placeholders.'),
    example: z.string().describe('As it is read out, for a customer with a Ford Focus.'),
    inForceFrom: z.iso.datetime(),
    inForce: z.boolean().describe('The one that is read out now.'),
    legalEntity: z.string(),
    recordedAt: z.iso.datetime(),
    recordedBy: z.string().nullable().describe('Null for the text that the program starts with.'),
  })
  .meta({ id: 'WordingVersion' });

export const wordingListSchema = z
  .object({
    wordings: z
      .array(wordingVersionSchema)
      .describe('By legal entity, the newest first. None is ever changed.'),
  })
  .meta({ id: 'WordingList' });

export const newWordingSchema = z
  .strictObject({
    text: z
      .string()
      .trim()
      .min(40)
      .max(2_000)
      .describe(
        'What is read out. {dealer} becomes the name of the legal entity and must be there, or the name itself: ' +
          'a yes is given to somebody. {car} becomes the car of the customer.',
      ),
    legalEntity: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('The full name; may be left out where there is only one.'),
    inForceFrom: givenInstant.optional().describe('Now, when it is left out.'),
  })
  .meta({
    id: 'NewWording',
    examples: [
      {
        text: 'May we, {dealer}, remind you when your {car} is due its MOT or service? You can change your mind at any time.',
      },
    ],
  });
export type NewWording = z.infer<typeof newWordingSchema>;
