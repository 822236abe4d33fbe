import { z } from 'zod';
import { givenInstant } from '../../../domain/given-time.ts';
import { denyReasonCodes } from '../../../domain/reason.ts';
import { pageQuery } from '../../../platform/http-paging.ts';
import { exportColumnsSchema, selectionSchema } from '../contract.ts';

/** What the API answers about selections and exports. */
const people = z.int().min(0);

const leftOutSchema = z
  .object({
    reasons: z.array(z.string()).describe('Reason codes, in the order of the stages of a decision.'),
    sentences: z.array(z.string()).describe('The same for people.'),
    people,
  })
  .meta({ id: 'LeftOut' });

const selectionWarningSchema = z
  .object({
    code: z.string(),
    sentence: z.string(),
    people: people.nullable().describe('How many of the permitted people; null: the whole selection.'),
  })
  .meta({ id: 'SelectionWarning' });

const counted = {
  matching: people.describe('Always permitted and everybody left out together.'),
  leftOut: z.array(leftOutSchema),
  warnings: z.array(selectionWarningSchema),
  plainEnglish: z.string().describe('The criteria read back.'),
  policyVersion: z.int(),
};

export const selectionCountSchema = z
  .object({
    ...counted,
    permitted: people,
    asOf: z.iso.datetime().describe('Hand it to an export as countedAt to learn who dropped out since.'),
  })
  .meta({ id: 'SelectionCount' });

export const selectionListSchema = z
  .strictObject({
    selection: selectionSchema,
    part: z
      .union([
        z.literal('permitted'),
        z.strictObject({ leftOutFor: z.array(z.enum(denyReasonCodes)).min(1).max(20) }),
      ])
      .describe('Those permitted, or those left out for exactly these reasons, in the order of a count.'),
    limit: pageQuery.limit,
    cursor: pageQuery.cursor,
  })
  .meta({ id: 'SelectionList' });

export const selectedPageSchema = z
  .object({
    people: z.array(
      z
        .object({
          customerId: z.uuid(),
          customerNumber: z.string(),
          name: z.string(),
          branch: z.string(),
          reasons: z.array(z.string()),
          sentences: z.array(z.string()),
          warnings: z.array(z.string()),
        })
        .meta({ id: 'SelectedPerson' }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SelectedPage' });

export const exportRequestSchema = z
  .strictObject({
    selection: selectionSchema,
    columns: exportColumnsSchema.describe('Only those the sender needs (UK GDPR 5(1)(c)).'),
    leftOut: z.boolean().default(false).describe('A second file with everybody left out, and why.'),
    countedAt: givenInstant.optional().describe('asOf of the count this export follows.'),
  })
  .meta({ id: 'ExportRequest' });

export const exportReportSchema = z
  .object({
    exportId: z.uuid(),
    exportedAt: z.iso.datetime(),
    rows: people.describe('Rows of the list: one a person, or one a vehicle.'),
    people,
    ...counted,
    droppedOut: z.array(leftOutSchema).describe('Permitted when they were counted, refused now.'),
    sha256: z.string().describe('Of the list, hexadecimal.'),
    fetchableUntil: z.iso
      .datetime()
      .describe('The files can be fetched until then: use a list when it is made.'),
    list: z.string().describe('Where the list can be fetched.'),
    leftOutList: z.string().nullable().describe('Where those left out can be fetched.'),
  })
  .meta({ id: 'ExportReport' });

export const exportRecordSchema = z
  .object({
    exportId: z.uuid(),
    exportedAt: z.iso.datetime(),
    exportedBy: z.string().describe('The id of the API key or member of staff.'),
    channel: z.string(),
    category: z.string(),
    selection: z.unknown().describe('As it was asked for.'),
    columns: z.array(z.string()),
    rows: people,
    leftOut: z.array(z.object({ reasons: z.array(z.string()), people })),
    sha256: z.string(),
    policyVersion: z.int(),
  })
  .meta({ id: 'ExportRecord' });

export const exportParams = z.object({ id: z.uuid().describe('The id of the export.') });
