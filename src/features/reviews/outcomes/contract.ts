import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { branchQuery } from '../contract.ts';

export const reviewOutcomes = [
  'saved',
  'confirmed',
  'customers_own',
  'declined_to_answer',
  'did_not_ask',
  'sent_to_phone',
] as const;

export const outcomeQuery = z.strictObject({
  from: z.iso.date().optional().describe('The first day; default four weeks ago.'),
  to: z.iso.date().optional().describe('The last day; default today.'),
  branch: branchQuery,
  adviser: z.string().min(1).max(200).optional().describe('Who went through them, by id.'),
  ...pageQuery,
});

const count = z.int();

export const outcomePageSchema = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    tallies: z
      .array(
        z
          .object({
            branch: z.string().nullable(),
            branchName: z.string().nullable(),
            adviserId: z.string().nullable().describe('Null: the customer themselves.'),
            adviser: z.string(),
            saved: count,
            confirmed: count,
            customersOwn: count,
            declined: count,
            didNotAsk: count,
            sentToPhone: count,
            didNotAskPercent: z
              .number()
              .nullable()
              .describe('Of the times the question came up at the desk; null where it never did.'),
          })
          .meta({ id: 'ReviewOutcomeTally' }),
      )
      .nullable()
      .describe('By branch and adviser; on the first page only.'),
    reasons: z
      .array(z.object({ reason: z.string(), times: count }).meta({ id: 'ReviewNotAskedReason' }))
      .nullable()
      .describe('Why nobody was asked; on the first page only.'),
    outcomes: z.array(
      z
        .object({
          customerId: z.uuid(),
          customerNumber: z.string(),
          displayName: z.string(),
          branchName: z.string().nullable(),
          adviser: z.string(),
          at: z.iso.datetime(),
          outcome: z.enum(reviewOutcomes),
          reason: z.string().nullable(),
        })
        .meta({ id: 'ReviewOutcome' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'ReviewOutcomePage' });
