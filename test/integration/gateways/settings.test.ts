import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readGatewaySettings } from '../../../src/gateway-settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'navigator-gateways-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

const secret = file('secret', 's3cret\n');
const mail = {
  NAVIGATOR_SMTP_URL: 'smtp://us@mail.hallam.example',
  NAVIGATOR_SMTP_FROM: 'Hallam Motors <service@hallam.example>',
  NAVIGATOR_SMTP_PASSWORD_FILE: secret,
};
const texts = {
  NAVIGATOR_SMS_GATEWAY: 'twilio',
  NAVIGATOR_SMS_ACCOUNT: 'AC1',
  NAVIGATOR_SMS_SECRET_FILE: secret,
  NAVIGATOR_SMS_FROM: 'HALLAM',
};

it('without any setting every message is recorded', () => {
  expect(readGatewaySettings({ NAVIGATOR_SMTP_URL: ' ' })).toEqual({
    email: null,
    sms: null,
    publicUrl: null,
  });
});

describe('the mail server', () => {
  it('is spoken to encrypted unless somebody says otherwise, and its password comes from a file', () => {
    expect(readGatewaySettings(mail).email).toMatchObject({
      host: 'mail.hallam.example',
      port: 587,
      tls: 'required',
      user: 'us',
      password: 's3cret',
      from: { name: 'Hallam Motors', address: 'service@hallam.example' },
      bounces: 'service@hallam.example',
      dkim: null,
    });
    const implicit = { ...mail, NAVIGATOR_SMTP_URL: 'smtps://us@mail.hallam.example' };
    expect(readGatewaySettings(implicit).email).toMatchObject({ port: 465, tls: 'implicit' });
  });

  it('signs with a key of the domain when all of it is there', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = file('dkim.pem', String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    const signing = {
      ...mail,
      NAVIGATOR_DKIM_DOMAIN: 'hallam.example',
      NAVIGATOR_DKIM_SELECTOR: 'n1',
      NAVIGATOR_DKIM_KEY_FILE: key,
    };
    expect(readGatewaySettings(signing).email?.dkim).toMatchObject({
      domain: 'hallam.example',
      selector: 'n1',
    });
  });
});

it('a gateway of texts is read with the names it gives to things', () => {
  expect(readGatewaySettings(texts).sms).toMatchObject({
    kind: 'twilio',
    url: 'https://api.twilio.com',
    secret: 's3cret',
  });
  const generic = {
    ...texts,
    NAVIGATOR_SMS_GATEWAY: 'generic',
    NAVIGATOR_SMS_URL: 'https://texts.example/send/',
    NAVIGATOR_SMS_FORMAT: 'form',
    NAVIGATOR_SMS_FIELDS: 'to = recipient, text=body',
    NAVIGATOR_SMS_REFERENCE_AT: 'messages.0.id',
    NAVIGATOR_SMS_RATE: '0.5',
  };
  expect(readGatewaySettings(generic).sms).toMatchObject({
    url: 'https://texts.example/send',
    format: 'form',
    method: 'POST',
    secretHeader: 'authorization',
    secretPrefix: 'Bearer ',
    fields: { to: 'recipient', text: 'body', from: 'from', id: 'id', callback: 'callback' },
    perSecond: 0.5,
  });
});

describe('one sentence says what is wrong with', () => {
  it.each([
    ['an address that is none', { ...mail, NAVIGATOR_SMTP_URL: 'mail.hallam.example' }, 'smtp://user@'],
    ['a missing sender', { ...mail, NAVIGATOR_SMTP_FROM: '' }, 'NAVIGATOR_SMTP_FROM'],
    [
      'a user without a password',
      { ...mail, NAVIGATOR_SMTP_PASSWORD_FILE: '' },
      'NAVIGATOR_SMTP_PASSWORD_FILE',
    ],
    [
      'a file that is not there',
      { ...mail, NAVIGATOR_SMTP_PASSWORD_FILE: path.join(folder, 'none') },
      'cannot be read',
    ],
    ['half of DKIM', { ...mail, NAVIGATOR_DKIM_DOMAIN: 'hallam.example' }, 'all three'],
    [
      'a key that is none',
      {
        ...mail,
        NAVIGATOR_DKIM_DOMAIN: 'a.example',
        NAVIGATOR_DKIM_SELECTOR: 'n',
        NAVIGATOR_DKIM_KEY_FILE: secret,
      },
      'RSA private key',
    ],
    ['encryption that is not known', { ...mail, NAVIGATOR_SMTP_TLS: 'maybe' }, 'required'],
    ['a gateway that is not known', { ...texts, NAVIGATOR_SMS_GATEWAY: 'pigeon' }, 'twilio or generic'],
    ['a missing secret', { ...texts, NAVIGATOR_SMS_SECRET_FILE: '' }, 'NAVIGATOR_SMS_SECRET_FILE'],
    ['a name that is too long', { ...texts, NAVIGATOR_SMS_FROM: 'HALLAM MOTORS LTD' }, '11 characters'],
    ['a way in the open', { ...texts, NAVIGATOR_SMS_URL: 'http://texts.example' }, 'https://'],
    ['a rate that is none', { ...texts, NAVIGATOR_SMS_RATE: 'fast' }, 'a second'],
    [
      'a public address in the open',
      { NAVIGATOR_PUBLIC_URL: 'http://hallam.example' },
      'NAVIGATOR_PUBLIC_URL',
    ],
  ])('%s', (_, environment, words) => {
    expect(() => readGatewaySettings(environment)).toThrow(words);
    try {
      readGatewaySettings(environment);
    } catch (error) {
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
