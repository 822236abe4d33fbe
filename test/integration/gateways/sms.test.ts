import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { furtherStatus, readReplyWord } from '../../../src/domain/message-status.ts';
import { memoryOutbox, recordingSmsGateway } from '../../../src/gateways/recording.ts';
import { readRetryAfter } from '../../../src/gateways/sms.ts';
import type { GenericSmsSettings } from '../../../src/gateways/sms-generic.ts';
import {
  genericSmsGateway,
  isSignedWith,
  readGenericReply,
  readGenericStatus,
} from '../../../src/gateways/sms-generic.ts';
import {
  isSignedByTwilio,
  readTwilioReply,
  readTwilioStatus,
  twilioGateway,
} from '../../../src/gateways/sms-twilio.ts';
import type { StandInAnswer, TextGateway } from '../../support/text-gateway.ts';
import { startTextGateway } from '../../support/text-gateway.ts';

const now = (): number => Date.UTC(2026, 10, 23, 11);

/** What the stand-in does, by the number the text goes to. */
const behaviours: Readonly<Record<string, StandInAnswer | 'accepted and silent' | 'hangs up'>> = {
  '+447700900001': { status: 201, body: { sid: 'SM1', status: 'queued' } },
  '+447700900002': { status: 400, body: { code: 21211, message: 'Invalid To' } },
  '+447700900003': { status: 400, body: { code: 21610, message: 'Unsubscribed' } },
  '+447700900004': { status: 400, body: { code: 21606, message: 'From is not yours' } },
  '+447700900005': { status: 429, body: { code: 20429 }, headers: { 'retry-after': '17' } },
  '+447700900006': { status: 500 },
  '+447700900007': { status: 503, headers: { 'retry-after': 'Mon, 23 Nov 2026 11:01:00 GMT' } },
  '+447700900008': 'accepted and silent',
  '+447700900009': 'hangs up',
  '+447700900010': { status: 200, body: {} },
  '+447700900011': { status: 401, body: { code: 20003 } },
  '+447700900012': { status: 400, body: { code: 99999 } },
  '+447700900013': { status: 504 },
};

let server: TextGateway;
/** Where nothing listens any more. */
let nobody = '';
beforeAll(async () => {
  const closed = await startTextGateway(() => ({ status: 200 }));
  nobody = closed.url;
  await closed.close();
  server = await startTextGateway((body) => {
    const to = Object.keys(behaviours).find((number) => body.includes(number.slice(1)));
    return behaviours[to ?? ''] ?? { status: 200, body: { friendly_name: 'Account' } };
  });
});
afterAll(() => server.close());

function twilio(url = server.url) {
  const settings = { kind: 'twilio', url, account: 'AC1', secret: 's3cret', perSecond: 10 } as const;
  return twilioGateway({ ...settings, from: '+447700900999', patience: 400 }, now);
}

const sms = (to: string) => ({
  id: '0190-7',
  to,
  text: 'Your MOT is due. Reply STOP to opt out',
  statusCallback: 'https://hallam.example/receipts',
});

describe('a text by the form of Twilio', () => {
  it('carries the account, the form and the id of the message', async () => {
    expect(await twilio().send(sms('+447700900001'))).toEqual({ kind: 'accepted', reference: 'SM1' });
    const request = server.requests.at(-1);
    expect(request?.path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('AC1:s3cret').toString('base64')}`,
      'idempotency-key': '0190-7',
    });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      To: '+447700900001',
      From: '+447700900999',
      Body: 'Your MOT is due. Reply STOP to opt out',
      StatusCallback: 'https://hallam.example/receipts',
    });
  });

  it.each([
    ['a number that is none', '02', { kind: 'refused', about: 'recipient', code: '21211' }],
    ['somebody who told the provider STOP', '03', { kind: 'refused', about: 'recipient', code: '21610' }],
    ['a sender that is not ours', '04', { kind: 'refused', about: 'sender', code: '21606' }],
    ['a code we do not know', '12', { kind: 'refused', about: 'message', code: '99999' }],
    ['a gateway that is too busy', '05', { kind: 'try_later', code: '429', waitMilliseconds: 17_000 }],
    ['a gateway that fails', '06', { kind: 'try_later', code: '500', waitMilliseconds: null }],
    [
      'a gateway that is away until a time',
      '07',
      { kind: 'try_later', code: '503', waitMilliseconds: 60_000 },
    ],
    ['a gateway that does not let us in', '11', { kind: 'try_later', code: '401', waitMilliseconds: null }],
    ['a text that was taken and not confirmed', '08', { kind: 'unknown', code: 'ETIMEDOUT' }],
    ['a connection that was hung up on', '09', { kind: 'unknown' }],
    ['a yes without a reference', '10', { kind: 'unknown', code: '200 without a reference' }],
    ['a proxy that gave up on the gateway', '13', { kind: 'unknown', code: '504' }],
  ])('to %s is answered by a value', async (_, end, outcome) => {
    expect(await twilio().send(sms(`+4477009000${end}`))).toMatchObject(outcome);
  });

  it('where nobody answers is to be tried later: it never left', async () => {
    expect(await twilio(nobody).send(sms('+447700900001'))).toMatchObject({
      kind: 'try_later',
    });
  });

  it('is asked once: what nobody knows of is not sent again by itself', async () => {
    const before = server.requests.length;
    await twilio().send(sms('+447700900008'));
    expect(server.requests.length - before).toBe(1);
  });

  it('says whether the account is let in', async () => {
    expect(await twilio().check()).toMatchObject({ works: true });
    expect(await twilio(nobody).check()).toMatchObject({ works: false });
  });
});

describe('what the gateway posts back', () => {
  const fields = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+447700900001' };
  const url = 'https://hallam.example/receipts';
  const signatureOf = (secret: string) =>
    createHmac('sha1', secret)
      .update(`${url}MessageSidSM1MessageStatusdeliveredTo+447700900001`)
      .digest('base64');

  it('is believed only with the signature of the shared secret', () => {
    const signature = signatureOf('s3cret');
    expect(isSignedByTwilio('s3cret', { url, fields, signature })).toBe(true);
    expect(isSignedByTwilio('s3cret', { url, fields: { ...fields, MessageStatus: 'sent' }, signature })).toBe(
      false,
    );
    expect(isSignedByTwilio('s3cret', { url, fields, signature: signatureOf('other') })).toBe(false);
    expect(isSignedByTwilio('s3cret', { url, fields, signature: '' })).toBe(false);
  });

  it('is a receipt in our words, and coming twice or late it changes nothing', () => {
    const delivered = readTwilioStatus(fields);
    expect(delivered).toEqual({ reference: 'SM1', status: 'delivered', code: null, isForGood: false });
    const [first, again, late] = [fields, fields, { ...fields, MessageStatus: 'sent' }].map(readTwilioStatus);
    expect(furtherStatus(first?.status ?? 'accepted', again?.status ?? 'accepted')).toBe('delivered');
    expect(furtherStatus('delivered', late?.status ?? 'accepted')).toBe('delivered');
    expect(readTwilioStatus({ ...fields, MessageStatus: 'undelivered', ErrorCode: '30005' })).toMatchObject({
      status: 'failed',
      isForGood: true,
    });
    expect(readTwilioStatus({ ...fields, MessageStatus: 'dancing' })).toBeNull();
  });

  it('is an answer of a customer, with what it asks for', () => {
    const reply = { MessageSid: 'SM9', From: '+447700900001', To: '+447700900999', Body: ' Stop, please!' };
    expect(readTwilioReply(reply)).toEqual({
      reference: 'SM9',
      from: '+447700900001',
      to: '+447700900999',
      text: ' Stop, please!',
      word: 'stop',
    });
    expect(readTwilioReply({ ...reply, Body: 'Thursday at 9', OptOutType: 'STOP' })?.word).toBe('stop');
    expect(readTwilioReply({ From: '+447700900001' })).toBeNull();
  });

  it.each([
    ['STOP', 'stop'],
    ['"stop"', 'stop'],
    ['Stop texting me', 'stop'],
    ['please unsubscribe', 'stop'],
    ['opt-out', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['STOPALL', 'stop'],
    ['Stopford is my name', null],
    ['Please do not stop', null],
    ['START', 'start'],
    ['help', 'help'],
    ['Yes, Thursday', null],
  ])('reads %s as %s', (text, word) => {
    expect(readReplyWord(text)).toBe(word);
  });
});

describe('a gateway described by its settings', () => {
  const settings = (change: Partial<GenericSmsSettings> = {}): GenericSmsSettings => ({
    kind: 'generic',
    url: `${server.url}/send`,
    method: 'POST',
    format: 'json',
    secret: 's3cret',
    secretHeader: 'X-Api-Key',
    secretPrefix: '',
    from: 'HALLAM',
    fields: { to: 'recipient', from: 'originator', text: 'body', id: 'client_ref', callback: 'notify' },
    referenceAt: 'sid',
    callbackFields: { reference: 'id', status: 'state', from: 'msisdn', to: 'to', text: 'message.text' },
    perSecond: 10,
    patience: 400,
    ...change,
  });

  it('is asked in its own words, as JSON or as a form', async () => {
    const gateway = genericSmsGateway(settings(), now);
    expect(await gateway.send(sms('+447700900001'))).toEqual({ kind: 'accepted', reference: 'SM1' });
    expect(JSON.parse(server.requests.at(-1)?.body ?? '')).toEqual({
      recipient: '+447700900001',
      originator: 'HALLAM',
      body: 'Your MOT is due. Reply STOP to opt out',
      client_ref: '0190-7',
      notify: 'https://hallam.example/receipts',
    });
    expect(server.requests.at(-1)?.headers['x-api-key']).toBe('s3cret');
    await genericSmsGateway(settings({ format: 'form' }), now).send(sms('+447700900001'));
    expect(new URLSearchParams(server.requests.at(-1)?.body).get('client_ref')).toBe('0190-7');
  });

  it('says yes only with the reference where it was said to lie', async () => {
    const elsewhere = genericSmsGateway(settings({ referenceAt: 'messages.0.id' }), now);
    expect(await elsewhere.send(sms('+447700900001'))).toMatchObject({ kind: 'unknown' });
    expect(await genericSmsGateway(settings(), now).send(sms('+447700900002'))).toMatchObject({
      kind: 'refused',
    });
    expect(await genericSmsGateway(settings(), now).send(sms('+447700900005'))).toMatchObject({
      kind: 'try_later',
      waitMilliseconds: 17_000,
    });
  });

  it('cannot be answered by STOP when it sends under a name', () => {
    expect(genericSmsGateway(settings(), now).stopTo).toBeNull();
    expect(genericSmsGateway(settings({ from: '+447700900999' }), now).stopTo).toBe('reply');
  });

  it('posts back receipts and answers that are believed by their signature', () => {
    const body = Buffer.from('{"id":7,"state":"DELIVRD"}');
    const signature = createHmac('sha256', 's3cret').update(body).digest('hex');
    expect(isSignedWith('s3cret', body, `sha256=${signature}`)).toBe(true);
    expect(isSignedWith('s3cret', Buffer.from('{}'), signature)).toBe(false);
    expect(readGenericStatus(JSON.parse(body.toString()), settings())).toMatchObject({
      reference: '7',
      status: 'delivered',
    });
    const reply = { id: 8, msisdn: '+447700900001', message: { text: 'STOP' } };
    expect(readGenericReply(reply, settings())).toMatchObject({ reference: '8', word: 'stop' });
    expect(readGenericStatus({ id: 7, state: 'who knows' }, settings())).toBeNull();
  });
});

it('waits no longer than a day, whatever a gateway asks for', () => {
  expect(readRetryAfter('999999', now())).toBe(86_400_000);
  expect(readRetryAfter('soon', now())).toBeNull();
  expect(readRetryAfter('Mon, 23 Nov 2026 10:00:00 GMT', now())).toBe(0);
});

it('without a gateway a text is kept, and reaches nobody', async () => {
  const outbox = memoryOutbox(10);
  const gateway = recordingSmsGateway(outbox, now);
  await gateway.send(sms('+447700900001'));
  await gateway.send(sms('+447700900001'));
  expect(outbox.all()).toEqual([{ kind: 'sms', id: '0190-7', at: now(), sms: sms('+447700900001') }]);
});
