import { z } from 'zod';
import { enquiryStages } from '../../../domain/enquiry.ts';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { enquirySummarySchema } from '../contract.ts';

/** Enquiries as a list and as a board. */
const filters = {
  branch: z.string().min(1).max(200).optional().describe('Code or name of one branch.'),
  owner: z.uuid().toLowerCase().optional().describe('Of one member of staff.'),
};

export const enquiryListQuery = z.strictObject({
  status: z
    .enum(['open', 'overdue', 'closed'])
    .default('open')
    .describe('overdue: open, with an action whose day has passed.'),
  stage: z.enum(enquiryStages).optional().describe('Those at one stage.'),
  customer: z.uuid().toLowerCase().optional().describe('Of one customer, by id.'),
  ...filters,
  ...pageQuery,
});

export const enquiryPageSchema = z
  .object({
    enquiries: z.array(enquirySummarySchema),
    counts: z
      .object({ open: z.int(), overdue: z.int(), closed: z.int() })
      .meta({ id: 'EnquiryCounts' })
      .nullable()
      .describe('Of the branch and the owner asked about; on the first page only.'),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'EnquiryPage' });

export const enquiryBoardQuery = z.strictObject(filters);

export const enquiryBoardSchema = z
  .object({
    columns: z.array(
      z
        .object({
          stage: z.enum(enquiryStages),
          count: z.int(),
          enquiries: z.array(enquirySummarySchema).describe('At most 50, overdue actions first.'),
        })
        .meta({ id: 'EnquiryColumn' }),
    ),
    closedSinceOn: z.iso.date().describe('Sold and lost: those that were closed on this day or later.'),
  })
  .meta({ id: 'EnquiryBoard' });
