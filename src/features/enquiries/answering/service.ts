import { v7 as uuid } from 'uuid';
import type { DecisionRequest } from '../../../domain/decision-request.ts';
import { isOpenStage } from '../../../domain/enquiry.ts';
import { channelWords } from '../../../domain/plain-words.ts';
import type { ReasonCode } from '../../../domain/reason.ts';
import { sentenceOf } from '../../../domain/reason.ts';
import { ConflictError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { handOver, permitContact, permitContacts } from '../../messages/service.ts';
import { actorNames } from '../../users/service.ts';
import { lockEnquiry } from '../store.ts';
import type { ReplyRow } from './store.ts';
import { findReplies, insertReply } from './store.ts';

/**
 * By which way whoever enquired may be answered, one to one, as the engine says it; and what they were answered.
 * Guarantees that the screen never knows better than the engine, and that an answer is on record only where the gate
 * permitted it at that instant, as a service message about an open enquiry.
 */
export interface AnswerChannel {
  readonly channel: (typeof answerChannels)[number];
  readonly label: string;
  readonly allowed: boolean;
  readonly sentences: readonly string[];
}

/** The ways in which one person answers another. */
const answerChannels = ['sms', 'letter', 'live_call', 'email'] as const;

export async function answerChannelsOf(
  context: Context,
  enquiry: { readonly customerId: string; readonly id: string },
): Promise<AnswerChannel[]> {
  const { customerId, id: enquiryId } = enquiry;
  const answers = await permitContacts(
    context,
    answerChannels.map((channel) => ({ customerId, request: replyBy(channel, enquiryId) })),
  );
  return answerChannels.map((channel, index) => {
    const answer = answers[index];
    const decision =
      answer === undefined ? null : 'permitted' in answer ? answer.permitted.decision : answer.refused;
    return {
      channel,
      label: channelWords[channel],
      allowed: decision?.verdict === 'allow',
      sentences: (decision?.reasons ?? []).map(sentenceOf),
    };
  });
}

/** One person answers one other about what they asked. */
function replyBy(channel: AnswerChannel['channel'], enquiryId: string): DecisionRequest {
  return { channel, category: 'service_message', enquiryId, tool: 'manual', message: { recipients: 1 } };
}

export interface Reply extends Omit<ReplyRow, 'channel'> {
  readonly label: string;
}

/** What was answered, the latest first, with the names of those who did. */
export async function repliesOf(
  context: Context,
  enquiry: { readonly customerId: string; readonly id: string },
): Promise<Reply[]> {
  const rows = await findReplies(context.database.db, enquiry);
  const names = await actorNames(
    context,
    rows.map(({ repliedBy }) => repliedBy),
  );
  return rows.map(({ channel, repliedBy, ...reply }) => {
    const known = answerChannels.find((each) => each === channel);
    const label = known === undefined ? channel : channelWords[known];
    return { ...reply, label, repliedBy: names.get(repliedBy) ?? repliedBy };
  });
}

/**
 * Records that somebody answered an enquiry, now, one to one. Throws NotFoundError, and ConflictError `reply-refused`
 * with the reasons where the gate does not permit it, or the enquiry has ended and it would be marketing.
 */
export async function recordReply(
  context: Context,
  id: string,
  { channel, text }: { readonly channel: AnswerChannel['channel']; readonly text: string | null },
  actor: Actor,
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    const enquiry = await lockEnquiry(transaction, id);
    if (enquiry === undefined) {
      throw new NotFoundError('There is no such enquiry.', { code: 'enquiry-not-found' });
    }
    const { customerId } = enquiry;
    const answer = await permitContact(context, customerId, replyBy(channel, id), { transaction });
    if (!isOpenStage(enquiry.stage)) throw endedReply('refused' in answer ? answer.refused.reasons : []);
    if ('refused' in answer) throw refusedReply(answer.refused.reasons.map(sentenceOf).join(' '));
    // why: an answer to an open enquiry is a service message or no answer: another ground would make it marketing.
    if (answer.permitted.decision.basis !== 'service') throw refusedReply('It would be marketing.');
    await handOver(transaction, [answer.permitted], null);
    const repliedBy = actor.id ?? actor.kind;
    await insertReply(transaction, enquiry, {
      id: uuid(),
      channel,
      text,
      repliedAt: nowOf(context),
      repliedBy,
    });
  });
}

function endedReply(reasons: readonly ReasonCode[]): ConflictError {
  const why = reasons.map(sentenceOf).join(' ');
  return refusedReply(
    `This enquiry has ended, so what is sent about it now is marketing and no answer to it. ${why}`.trim(),
  );
}

function refusedReply(sentence: string): ConflictError {
  return new ConflictError(sentence, { code: 'reply-refused', field: 'channel' });
}
