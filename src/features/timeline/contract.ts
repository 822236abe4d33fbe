import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';

/** What happened with a customer, in words, the newest first. */
export const timelineKinds = [
  'permission',
  'status',
  'message',
  'customer',
  'contact',
  'vehicle',
  'appointment',
  'enquiry',
  'note',
  'task',
  'merge',
  'import',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** What an entry is about, where that has a place of its own. */
export const timelinePlaces = ['appointment', 'enquiry', 'task', 'customer', 'import'] as const;
export type TimelinePlaceKind = (typeof timelinePlaces)[number];

export const timelineQuery = z.strictObject({
  kind: z.enum(timelineKinds).optional().describe('Entries of one kind.'),
  ...pageQuery,
});

export const timelineSchema = z
  .object({
    entries: z.array(
      z
        .object({
          id: z.string().describe('Of this entry within the timeline of this customer.'),
          kind: z
            .enum(timelineKinds)
            .describe('permission: reviews, too; status: registers and the do-not-contact list, too.'),
          on: z.iso.date().describe('The day in London.'),
          at: z.iso.datetime().nullable().describe('The instant, where it is known.'),
          sentence: z.string().describe('What happened.'),
          detail: z.string().nullable().describe('Who, on which wording, in which list, what became of it.'),
          sequence: z.int().nullable().describe('The ledger entry of this customer, where it is one.'),
          opens: z
            .object({ kind: z.enum(timelinePlaces), id: z.uuid() })
            .meta({ id: 'TimelineThing' })
            .nullable()
            .describe('What it is about, where that can be opened.'),
        })
        .meta({ id: 'TimelineEntry' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'Timeline' });
