import type { Kysely, Transaction } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface ReplyRow {
  readonly id: string;
  readonly channel: string;
  readonly text: string | null;
  readonly repliedAt: number;
  readonly repliedBy: string;
}

interface OfEnquiry {
  readonly customerId: string;
  readonly id: string;
}

export async function insertReply(
  transaction: Transaction<Tables>,
  { customerId, id: enquiryId }: OfEnquiry,
  { repliedAt, ...reply }: ReplyRow,
): Promise<void> {
  await transaction
    .insertInto('enquiryReply')
    .values({ ...reply, customerId, enquiryId, repliedAt: toTimestamp(repliedAt) })
    .execute();
}

/** The newest first. */
export async function findReplies(db: Kysely<Tables>, enquiry: OfEnquiry): Promise<ReplyRow[]> {
  return db
    .selectFrom('enquiryReply')
    .select(['id', 'channel', 'text', 'repliedAt', 'repliedBy'])
    .where('customerId', '=', enquiry.customerId)
    .where('enquiryId', '=', enquiry.id)
    .orderBy('repliedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
