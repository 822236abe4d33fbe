import { channelWords } from '../../../domain/plain-words.ts';
import { sentenceOf } from '../../../domain/reason.ts';
import type { Context } from '../../../platform/context.ts';
import { permitContacts } from '../../messages/service.ts';

/**
 * By which way whoever enquired may be answered, one to one, as the engine says it.
 * Guarantees that the screen never knows better than the engine.
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
    answerChannels.map((channel) => ({
      customerId,
      request: { channel, category: 'service_message', enquiryId, tool: 'manual' } as const,
    })),
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
