import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MessageStatus, SmsReply, SmsStatus } from '../domain/message-status.ts';
import { readReplyWord } from '../domain/message-status.ts';
import type { Outcome } from './outcome.ts';
import { tryLater } from './outcome.ts';
import type { OutgoingSms, SmsGateway } from './sms.ts';
import { askOnce, commonOutcome, stopToOf } from './sms.ts';

export interface TwilioSettings {
  readonly kind: 'twilio';
  /** Without a path, such as https://api.twilio.com. */
  readonly url: string;
  readonly account: string;
  readonly secret: string;
  /** A number, a name, or a messaging service (MG…). */
  readonly from: string;
  readonly perSecond: number;
  readonly patience: number;
}

/** The form of Twilio, which several other gateways speak too. */
export function twilioGateway(settings: TwilioSettings, now: () => number): SmsGateway {
  const { url, account, secret, from, patience } = settings;
  const base = `${url.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(account)}`;
  const authorization = `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}`;
  return {
    stopTo: from.startsWith('MG') ? 'reply' : stopToOf(from),
    send: async (sms) => {
      const answer = await askOnce({
        url: `${base}/Messages.json`,
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/x-www-form-urlencoded',
          'idempotency-key': sms.id,
        },
        body: formOf(sms, from),
        patience,
      });
      return commonOutcome(answer, now()) ?? outcomeOf('body' in answer ? answer : { status: 0, body: null });
    },
    check: async () => {
      const answer = await askOnce({
        url: `${base}.json`,
        method: 'GET',
        headers: { authorization },
        body: null,
        patience,
      });
      if ('failure' in answer)
        return { works: false, sentence: `${url} cannot be reached (${answer.code}).` };
      const works = answer.status === 200;
      const why =
        answer.status === 401 ? 'it refuses the account or the secret' : `it answers ${answer.status}`;
      return {
        works,
        sentence: works ? `${url} answers, and lets us in.` : `${url} does not let us in: ${why}.`,
      };
    },
  };
}

function formOf(sms: OutgoingSms, from: string): string {
  return new URLSearchParams({
    To: sms.to,
    ...(from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }),
    Body: sms.text,
    ...(sms.statusCallback === null ? {} : { StatusCallback: sms.statusCallback }),
  }).toString();
}

/** Codes that say: this number will never work. 21610: it told the provider STOP. */
const ofTheRecipient = new Set([
  21211, 21214, 21217, 21265, 21401, 21407, 21421, 21610, 21612, 21614, 30003, 30004, 30005, 30006,
]);
/** Codes of the sender or the account; another setting, and the same message would go. */
const ofTheSender = new Set([21212, 21213, 21266, 21408, 21601, 21603, 21606, 21611, 21659, 21660, 30002]);
/** Codes that pass. */
const passing = new Set([14107, 20429, 20500, 20503, 30001, 30008, 30022]);

function outcomeOf({ status, body }: { status: number; body: unknown }): Outcome {
  const { sid, code, error_code: errorCode } = (body ?? {}) as Record<string, unknown>;
  if (status >= 200 && status < 300) {
    if (typeof sid === 'string' && sid !== '') return { kind: 'accepted', reference: sid };
    // It says yes and nothing else: the text may well be under way.
    return { kind: 'unknown', code: `${status} without a reference` };
  }
  const number = Number(code ?? errorCode ?? 0);
  if (passing.has(number)) return tryLater(String(number));
  const about = ofTheRecipient.has(number) ? 'recipient' : ofTheSender.has(number) ? 'sender' : 'message';
  return { kind: 'refused', about, code: String(number || status) };
}

/**
 * Whether a callback was signed with our secret (X-Twilio-Signature): HMAC-SHA1 over the address as it was called and
 * every field of the form, in the order of their names.
 */
export function isSignedByTwilio(
  secret: string,
  { url, fields, signature }: { url: string; fields: Readonly<Record<string, string>>; signature: string },
): boolean {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + (fields[name] ?? ''), url);
  const expected = createHmac('sha1', secret).update(signed, 'utf8').digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const statusWords: Readonly<Record<string, MessageStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** A receipt; null for what is none. */
export function readTwilioStatus(fields: Readonly<Record<string, string>>): SmsStatus | null {
  const status = statusWords[(fields['MessageStatus'] ?? fields['SmsStatus'] ?? '').toLowerCase()];
  const reference = fields['MessageSid'] ?? fields['SmsSid'] ?? '';
  if (status === undefined || reference === '') return null;
  const number = Number(fields['ErrorCode'] ?? 0);
  return {
    reference,
    status,
    code: number > 0 ? String(number) : null,
    isForGood: status === 'failed' && ofTheRecipient.has(number),
  };
}

/** What a customer answered; null for what is no answer. */
export function readTwilioReply(fields: Readonly<Record<string, string>>): SmsReply | null {
  const { From: from = '', To: to = '', Body: text, MessageSid: reference = '' } = fields;
  if (from === '' || text === undefined || reference === '') return null;
  const said = (fields['OptOutType'] ?? '').toLowerCase();
  const word = said === 'stop' || said === 'start' || said === 'help' ? said : readReplyWord(text);
  return { reference, from, to, text, word };
}
