import { z } from 'zod';
import { givenDate } from '../../../domain/given-time.ts';

/** What the API exchanges about screening against the preference services. Never a number or address back. */
export const registers = ['tps', 'ctps', 'mps'] as const;
export type Register = (typeof registers)[number];

const registerSchema = z
  .enum(registers)
  .describe(
    'tps: numbers of people, sole traders and partnerships. ctps: numbers of companies, LLPs, Scottish partnerships and ' +
      'public bodies. mps: postal addresses.',
  )
  .meta({ id: 'Register' });

const screeningResultSchema = z
  .strictObject({
    number: z.string().max(60).optional().describe('tps and ctps: the telephone number.'),
    postcode: z.string().max(20).optional().describe('mps: the postcode.'),
    line1: z.string().max(200).optional().describe('mps: the first line of the address.'),
    surname: z
      .string()
      .max(200)
      .optional()
      .describe('mps: of whom at that address; else of everybody there.'),
    listed: z.boolean(),
    listedOn: givenDate
      .nullable()
      .optional()
      .describe('Since when it is listed, where the register says so; else since it was screened.'),
  })
  .meta({ id: 'ScreeningResult' });
export type GivenResult = z.infer<typeof screeningResultSchema>;

export const screeningsSchema = z
  .strictObject({
    register: registerSchema,
    screenedOn: givenDate
      .optional()
      .describe('The London day on which the register was asked; default today.'),
    results: z.array(screeningResultSchema).min(1).max(5_000),
  })
  .meta({
    id: 'Screenings',
    examples: [
      { register: 'tps', screenedOn: '2026-11-20', results: [{ number: '07700 900123', listed: false }] },
    ],
  });

export const screeningReportSchema = z
  .object({
    register: registerSchema,
    screenedOn: z.iso.date(),
    rows: z.int(),
    listed: z.int().describe('Results that were recorded as listed.'),
    clear: z.int().describe('Results that were recorded as not listed.'),
    refused: z.int().describe('Rows that could not be read, or name nobody: nothing was recorded of them.'),
    firstRefused: z
      .array(
        z
          .object({
            row: z.int().describe('The line of the file, or the place in the request from 1.'),
            field: z.string(),
            sentence: z.string(),
          })
          .meta({ id: 'RefusedScreening' }),
      )
      .describe('The first 200 of them, without what they say.'),
    people: z.int().describe('Customers who were judged again.'),
  })
  .meta({ id: 'ScreeningReport' });
export type ScreeningReport = z.infer<typeof screeningReportSchema>;

export const screeningStateSchema = z
  .object({
    maxAgeDays: z.int().describe('How long a clear screening of a number holds, the last day included.'),
    registers: z.array(
      z
        .object({
          register: registerSchema,
          screened: z.int().describe('Numbers, or people at addresses, with a result.'),
          listed: z.int(),
          lastScreenedOn: z.iso.date().nullable(),
          toScreen: z
            .int()
            .nullable()
            .describe('Numbers on file whose screening is missing or no longer holds; null for mps.'),
        })
        .meta({ id: 'RegisterState' }),
    ),
  })
  .meta({ id: 'ScreeningState' });
export type ScreeningState = z.infer<typeof screeningStateSchema>;
