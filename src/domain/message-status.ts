/** How far a message has come, in the words of the house; those of a provider stop at the gateway. */
export const messageStatuses = ['accepted', 'sent', 'delivered', 'failed'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** A receipt for a text. It may come twice, and late: whoever files it keeps the furthest one. */
export interface SmsStatus {
  readonly reference: string;
  readonly status: MessageStatus;
  readonly code: string | null;
  /** The number will never work. */
  readonly isForGood: boolean;
}

/** What somebody answered to a text. */
export interface SmsReply {
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly word: ReplyWord | null;
}

export type ReplyWord = 'stop' | 'start' | 'help';

/** Which of two receipts tells more, however they came in. A delivery is never taken back. */
export function furtherStatus(a: MessageStatus, b: MessageStatus): MessageStatus {
  const order: readonly MessageStatus[] = ['accepted', 'sent', 'failed', 'delivered'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

const stopWords =
  /^(?:stop(?:all|ped|ping|s)?|unsub(?:scribe)?|cancel|end|quit|remove|opt\s*-?\s*out|no\s+more|arr[eê]t|stopp)(?![\p{L}\p{N}])/iu;

/**
 * What an answer asks for. An objection needs no form (UK GDPR 21): whatever begins with a word for stopping is one,
 * also where more words follow.
 */
export function readReplyWord(text: string): ReplyWord | null {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}"'“”‘’]/gu, '')
    .replace(/^[\s\p{P}\p{S}]+/u, '')
    .replace(/^(?:please|pls|plz)[\s,]+/iu, '');
  if (stopWords.test(plain)) return 'stop';
  if (/^(?:start|unstop|yes\s+please\s+start)[\s\p{P}]*$/iu.test(plain)) return 'start';
  return /^(?:help|info)[\s\p{P}]*$/iu.test(plain) ? 'help' : null;
}
