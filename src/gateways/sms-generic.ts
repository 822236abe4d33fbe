import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MessageStatus, SmsReply, SmsStatus } from '../domain/message-status.ts';
import { readReplyWord } from '../domain/message-status.ts';
import type { OutgoingSms, SmsGateway } from './sms.ts';
import { askOnce, commonOutcome, stopToOf } from './sms.ts';

/** Any gateway that takes one request for one text, described by its settings. */
export interface GenericSmsSettings {
  readonly kind: 'generic';
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly format: 'json' | 'form';
  readonly secret: string;
  readonly secretHeader: string;
  /** What stands before the secret, such as `Bearer `. */
  readonly secretPrefix: string;
  readonly from: string;
  /** What this gateway calls ours. */
  readonly fields: Readonly<Record<GenericField, string>>;
  /** Where its answer holds the reference, such as `messages.0.id`. */
  readonly referenceAt: string;
  /** What its receipts and replies call ours. */
  readonly callbackFields: Readonly<Record<GenericCallbackField, string>>;
  readonly perSecond: number;
  readonly patience: number;
}

export const genericFields = ['to', 'from', 'text', 'id', 'callback'] as const;
export type GenericField = (typeof genericFields)[number];
export const genericCallbackFields = ['reference', 'status', 'from', 'to', 'text'] as const;
export type GenericCallbackField = (typeof genericCallbackFields)[number];

export function genericSmsGateway(settings: GenericSmsSettings, now: () => number): SmsGateway {
  return {
    stopTo: stopToOf(settings.from),
    send: async (sms) => {
      const answer = await askOnce({ ...requestOf(sms, settings), patience: settings.patience });
      const common = commonOutcome(answer, now());
      if (common !== null) return common;
      const { status, body } = 'body' in answer ? answer : { status: 0, body: null };
      if (status >= 300) return { kind: 'refused', about: 'message', code: String(status) };
      const reference = valueAt(body, settings.referenceAt);
      return reference === null
        ? { kind: 'unknown', code: `${status} without a reference` }
        : { kind: 'accepted', reference };
    },
    // why: without knowing the gateway there is no question that costs nothing and sends nothing.
    check: async () => ({
      works: null,
      sentence: `${new URL(settings.url).host} is set up; send yourself a text to see that it works.`,
    }),
  };
}

function requestOf(sms: OutgoingSms, settings: GenericSmsSettings) {
  const { fields, from, format, secretHeader, secretPrefix, secret, url, method } = settings;
  const values: Readonly<Record<string, string>> = {
    [fields.to]: sms.to,
    [fields.from]: from,
    [fields.text]: sms.text,
    [fields.id]: sms.id,
    ...(sms.statusCallback === null ? {} : { [fields.callback]: sms.statusCallback }),
  };
  return {
    url,
    method,
    headers: {
      'content-type': format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'idempotency-key': sms.id,
      [secretHeader.toLowerCase()]: `${secretPrefix}${secret}`,
    },
    body: format === 'json' ? JSON.stringify(values) : new URLSearchParams(values).toString(),
  };
}

/** The text or number at a path such as `messages.0.id`. */
function valueAt(body: unknown, path: string): string | null {
  const found = path
    .split('.')
    .reduce<unknown>(
      (part, name) =>
        typeof part === 'object' && part !== null && Object.hasOwn(part, name)
          ? (part as Record<string, unknown>)[name]
          : undefined,
      body,
    );
  return typeof found === 'string' && found !== '' ? found : typeof found === 'number' ? String(found) : null;
}

/** Whether the raw body of a callback carries our HMAC-SHA256, in hexadecimal. */
export function isSignedWith(secret: string, body: Buffer, signature: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature.trim().replace(/^sha256=/i, ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The commonest words for the same few things; one that is not among them is no receipt. */
const statusWords: readonly (readonly [MessageStatus, RegExp, boolean])[] = [
  ['delivered', /^(?:delivered|delivrd|read|received)$/i, false],
  [
    'failed',
    /^(?:undeliverable|undeliv|rejected|rejectd|unknown[_ -]subscriber|invalid(?:[_ -]number)?)$/i,
    true,
  ],
  ['failed', /^(?:failed|undelivered|expired|deleted|error)$/i, false],
  ['sent', /^(?:sent|submitted|dispatched|enroute|acceptd)$/i, false],
  ['accepted', /^(?:accepted|queued|pending|scheduled|buffered)$/i, false],
];

export function readGenericStatus(body: unknown, settings: GenericSmsSettings): SmsStatus | null {
  const { callbackFields } = settings;
  const reference = valueAt(body, callbackFields.reference);
  const word = valueAt(body, callbackFields.status);
  if (reference === null || word === null) return null;
  const known = statusWords.find(([, pattern]) => pattern.test(word));
  if (known === undefined) return null;
  return { reference, status: known[0], code: null, isForGood: known[2] };
}

export function readGenericReply(body: unknown, settings: GenericSmsSettings): SmsReply | null {
  const { callbackFields } = settings;
  const from = valueAt(body, callbackFields.from);
  const text = valueAt(body, callbackFields.text);
  const reference = valueAt(body, callbackFields.reference);
  if (from === null || text === null || reference === null) return null;
  return { reference, from, to: valueAt(body, callbackFields.to) ?? '', text, word: readReplyWord(text) };
}
