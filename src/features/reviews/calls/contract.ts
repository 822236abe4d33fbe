import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { branchQuery, reviewQuery } from '../contract.ts';

const queueFields = {
  status: reviewQuery.shape.status,
  branch: branchQuery,
  adviser: reviewQuery.shape.adviser,
};

export const callQuery = z.strictObject({ ...queueFields, ...pageQuery });

/** More than this nobody phones while what the list says is still so. */
export const listedCallsMax = 500;

const callSchema = z
  .object({
    customerId: z.uuid(),
    customerNumber: z.string(),
    displayName: z.string(),
    branchName: z.string(),
    adviser: z.string().nullable(),
    number: z.string().describe('As it is read.'),
    dial: z.string().describe('As a telephone takes it, such as `+447700900201`.'),
    basis: z.string().describe('On what ground they may be phoned.'),
    warnings: z.array(z.string()).describe('Sentences, such as that they joined TPS since.'),
    lastReviewAt: z.iso.datetime().nullable(),
    dueOn: z.iso.date().nullable(),
    vehicles: z.array(z.string()).describe('Such as `Ford Focus AB12 CDE`.'),
    toAsk: z.string().describe('The wording in force, as it is read out.'),
  })
  .meta({ id: 'ReviewCall' });

export const callPageSchema = z
  .object({
    calls: z.array(callSchema).describe('May be fewer than were asked for while there is a next page.'),
    hours: z
      .object({ open: z.boolean(), changesAt: z.iso.datetime() })
      .describe('Whether calls may be made now, and until when that is so.'),
    overdueBlocks: z
      .boolean()
      .describe(
        'Whether the policy lets an overdue review block marketing, so that nobody overdue may be phoned.',
      ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'ReviewCallPage' });

export const callListSchema = z.strictObject(queueFields).meta({ id: 'ReviewCallListRequest' });

export const callListReportSchema = z
  .object({
    exportId: z.uuid(),
    rows: z.int(),
    sha256: z.string(),
    list: z.string().describe('Where the list can be fetched as CSV for an hour; needs the scope `exports`.'),
  })
  .meta({ id: 'ReviewCallListReport' });
