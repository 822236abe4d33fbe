import { z } from 'zod';
import { givenInstant } from '../../../domain/given-time.ts';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { customerReference, givenContactPointSchema } from '../../customers/contract.ts';

/** What the API exchanges about the do-not-contact list. It holds keyed hashes, so nobody on it is ever named back. */
export const suppressionReasons = ['objection', 'erasure', 'complaint', 'gone_away'] as const;
export const removalReasons = ['entered_in_error', 'another_holder'] as const;

const reasonSchema = z.enum(suppressionReasons).meta({ id: 'SuppressionReason' });
const contact = {
  customer: customerReference
    .optional()
    .describe('Every number and address of this customer: id or `no:` and the customer number.'),
  contactPoint: givenContactPointSchema.optional().describe('Or one number or address, whoever has it.'),
};

export const newSuppressionSchema = z
  .strictObject({
    ...contact,
    reason: reasonSchema,
    suppressedAt: givenInstant
      .optional()
      .describe('When they told us; default now. A later consent with full evidence lifts it.'),
  })
  .meta({
    id: 'NewSuppression',
    examples: [{ contactPoint: { kind: 'phone', value: '07700 900123' }, reason: 'objection' }],
  });
export type NewSuppression = z.infer<typeof newSuppressionSchema>;

export const suppressionRemovalSchema = z
  .strictObject({
    ...contact,
    reason: z
      .enum(removalReasons)
      .describe(
        'entered_in_error: it should never have been on the list. another_holder: the number or address belongs to ' +
          'somebody else now. Whoever changed their mind is asked, and their consent recorded.',
      ),
  })
  .meta({
    id: 'SuppressionRemoval',
    examples: [{ contactPoint: { kind: 'phone', value: '07700 900123' }, reason: 'entered_in_error' }],
  });
export type SuppressionRemoval = z.infer<typeof suppressionRemovalSchema>;

export const suppressionChangeSchema = z
  .object({
    contactPoints: z.int().describe('Numbers and addresses that this put on the list, or took off it.'),
    people: z.int().describe('Customers who were judged again.'),
  })
  .meta({ id: 'SuppressionChange' });
export type SuppressionChange = z.infer<typeof suppressionChangeSchema>;

export const suppressionQuery = z.strictObject(pageQuery);

export const suppressionPageSchema = z
  .object({
    suppressions: z.array(
      z
        .object({
          contactHash: z.string().describe('The keyed hash of the number or address.'),
          reason: z.string(),
          suppressedAt: z.iso.datetime(),
          recordedAt: z.iso.datetime(),
          recordedBy: z.string().nullable().describe('Null for entries of before version 2.2.'),
          removedAt: z.iso.datetime().nullable().describe('When it was taken off the list.'),
        })
        .meta({ id: 'Suppression' }),
    ),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'SuppressionPage' });
