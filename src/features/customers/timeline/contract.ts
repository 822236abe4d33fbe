import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';

/** What happened with a customer, in words, the newest first. */
const timelineKinds = ['permission', 'message', 'customer', 'vehicle', 'appointment', 'enquiry'] as const;

export const timelineQuery = z.strictObject(pageQuery);

export const timelineSchema = z
  .object({
    entries: z.array(
      z
        .object({
          id: z.string().describe('Of this entry within the timeline of this customer.'),
          kind: z.enum(timelineKinds),
          on: z.iso.date().describe('The day in London.'),
          at: z.iso.datetime().nullable().describe('The instant, where it is known.'),
          sentence: z.string().describe('What happened.'),
          detail: z.string().nullable().describe('Who, on which wording, in which list, what became of it.'),
          sequence: z.int().nullable().describe('The ledger entry of this customer, where it is one.'),
        })
        .meta({ id: 'TimelineEntry' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'Timeline' });
