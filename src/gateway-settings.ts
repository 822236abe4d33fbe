import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseEmailAddress } from './domain/email-address.ts';
import type { EmailSettings } from './gateways/email.ts';
import type { GatewaySettings } from './gateways/gateways.ts';
import type { GenericSmsSettings } from './gateways/sms-generic.ts';
import { genericCallbackFields, genericFields } from './gateways/sms-generic.ts';
import type { TwilioSettings } from './gateways/sms-twilio.ts';
import { StartError } from './platform/start-error.ts';

/** The settings of the ways out of the house. What is secret is read from a file, never repeated in a sentence. */
type Environment = Readonly<Record<string, string | undefined>>;

export function readGatewaySettings(environment: Environment): GatewaySettings {
  const given = (name: string): string | null => environment[name]?.trim() || null;
  return {
    email: readEmail(given),
    sms: readSms(given),
    publicUrl: readPublicUrl(given('NAVIGATOR_PUBLIC_URL')),
  };
}

type Given = (name: string) => string | null;

const smtpForm = 'write it as smtp://user@mail.example.com:587 or smtps://user@mail.example.com:465.';

function readEmail(given: Given): EmailSettings | null {
  const text = given('NAVIGATOR_SMTP_URL');
  if (text === null) return null;
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new StartError(`NAVIGATOR_SMTP_URL is not the address of a mail server: ${smtpForm}`);
  }
  const tls = readTls(given('NAVIGATOR_SMTP_TLS'), url.protocol === 'smtps:');
  const from = readMailbox('NAVIGATOR_SMTP_FROM', given('NAVIGATOR_SMTP_FROM'));
  const user = decodeURIComponent(url.username) || null;
  const password =
    readFile('NAVIGATOR_SMTP_PASSWORD_FILE', given) ?? (decodeURIComponent(url.password) || null);
  if (user !== null && password === null) {
    throw new StartError(
      'NAVIGATOR_SMTP_URL names a user without a password: write it into a file, and its path into NAVIGATOR_SMTP_PASSWORD_FILE.',
    );
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (tls === 'implicit' ? 465 : 587) : Number(url.port),
    tls,
    user,
    password,
    from,
    bounces: readBounces(given('NAVIGATOR_SMTP_BOUNCES'), from.address),
    dkim: readDkim(given),
    perSecond: readRate('NAVIGATOR_SMTP_RATE', given, 10),
    patience: 60_000,
    authority: readFile('NAVIGATOR_SMTP_CA_FILE', given),
  };
}

function readTls(text: string | null, implicit: boolean): EmailSettings['tls'] {
  if (implicit) return 'implicit';
  if (text === null || text === 'required') return 'required';
  if (text === 'off') return 'off';
  throw new StartError(
    `NAVIGATOR_SMTP_TLS is "${text}": set it to required, or to off for a mail server on the same machine.`,
  );
}

/** `Hallam Motors <service@hallam.example>`, or the address alone. */
function readMailbox(name: string, text: string | null): EmailSettings['from'] {
  const [, words = '', within] = /^([^<>]*)<([^<>]+)>$/.exec(text ?? '') ?? [];
  const read = parseEmailAddress(within ?? text ?? '');
  if (read.ok) return { name: words.trim().replace(/^"(.*)"$/, '$1') || null, address: read.address };
  throw new StartError(
    `${name} is not a sender: write it as Hallam Motors <service@hallam.example>, with an address of your own domain.`,
  );
}

function readBounces(text: string | null, from: string): string {
  if (text === null) return from;
  if (parseEmailAddress(text.replaceAll('{id}', '0')).ok) return text;
  throw new StartError(
    'NAVIGATOR_SMTP_BOUNCES is not an email address: write it as bounces@hallam.example, or bounces+{id}@hallam.example.',
  );
}

function readDkim(given: Given): EmailSettings['dkim'] {
  const domain = given('NAVIGATOR_DKIM_DOMAIN');
  const selector = given('NAVIGATOR_DKIM_SELECTOR');
  const privateKey = readFile('NAVIGATOR_DKIM_KEY_FILE', given);
  if (domain === null && selector === null && privateKey === null) return null;
  if (domain === null || selector === null || privateKey === null) {
    throw new StartError(
      'DKIM needs all three of NAVIGATOR_DKIM_DOMAIN, NAVIGATOR_DKIM_SELECTOR and NAVIGATOR_DKIM_KEY_FILE.',
    );
  }
  try {
    if (createPrivateKey(privateKey).asymmetricKeyType !== 'rsa') throw new Error('It is of another kind.');
  } catch (error) {
    throw new StartError(
      'NAVIGATOR_DKIM_KEY_FILE holds no RSA private key: it must be a PEM file without a password.',
      { cause: error },
    );
  }
  return { domain, selector, privateKey };
}

function readSms(given: Given): GatewaySettings['sms'] {
  const kind = given('NAVIGATOR_SMS_GATEWAY');
  if (kind === null) return null;
  if (kind === 'twilio') return readTwilio(given);
  if (kind === 'generic') return readGeneric(given);
  throw new StartError(`NAVIGATOR_SMS_GATEWAY is "${kind}": set it to twilio or generic.`);
}

function readTwilio(given: Given): TwilioSettings {
  const account = given('NAVIGATOR_SMS_ACCOUNT');
  if (account === null)
    throw new StartError('NAVIGATOR_SMS_ACCOUNT is missing: set it to the account (AC…) of the gateway.');
  return {
    kind: 'twilio',
    url: readHttpUrl('NAVIGATOR_SMS_URL', given('NAVIGATOR_SMS_URL') ?? 'https://api.twilio.com'),
    account,
    secret: requiredSecret('NAVIGATOR_SMS_SECRET_FILE', given),
    from: readSmsSender(given),
    perSecond: readRate('NAVIGATOR_SMS_RATE', given, 1),
    patience: 30_000,
  };
}

function readGeneric(given: Given): GenericSmsSettings {
  const url = given('NAVIGATOR_SMS_URL');
  if (url === null)
    throw new StartError('NAVIGATOR_SMS_URL is missing: set it to the address that takes a text.');
  return {
    kind: 'generic',
    url: readHttpUrl('NAVIGATOR_SMS_URL', url),
    method: readChoice('NAVIGATOR_SMS_METHOD', given, ['POST', 'PUT']),
    format: readChoice('NAVIGATOR_SMS_FORMAT', given, ['json', 'form']),
    secret: requiredSecret('NAVIGATOR_SMS_SECRET_FILE', given),
    secretHeader: given('NAVIGATOR_SMS_SECRET_HEADER') ?? 'authorization',
    secretPrefix: given('NAVIGATOR_SMS_SECRET_HEADER') === null ? 'Bearer ' : '',
    from: readSmsSender(given),
    fields: readFields('NAVIGATOR_SMS_FIELDS', given, genericFields),
    referenceAt: given('NAVIGATOR_SMS_REFERENCE_AT') ?? 'id',
    callbackFields: readFields('NAVIGATOR_SMS_CALLBACK_FIELDS', given, genericCallbackFields),
    perSecond: readRate('NAVIGATOR_SMS_RATE', given, 1),
    patience: 30_000,
  };
}

function readSmsSender(given: Given): string {
  const from = given('NAVIGATOR_SMS_FROM') ?? '';
  if (/^(?:\+?\d{3,15}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11})$/.test(from)) return from;
  throw new StartError(
    'NAVIGATOR_SMS_FROM is no sender: set it to a number such as +447700900123, or to a name of at most 11 characters.',
  );
}

/** `to=recipient,text=body`: ours before the sign, theirs behind it; what is not named is called as it is here. */
function readFields<Name extends string>(
  name: string,
  given: Given,
  known: readonly Name[],
): Record<Name, string> {
  const fields: Partial<Record<Name, string>> = {};
  for (const field of known) fields[field] = field;
  for (const part of (given(name) ?? '').split(',').filter((each) => each.trim() !== '')) {
    const [ours = '', theirs = ''] = part.split('=').map((each) => each.trim());
    const field = known.find((each) => each === ours);
    if (field === undefined || theirs === '') {
      throw new StartError(`${name} is not usable: write ${known.map((each) => `${each}=…`).join(',')}.`);
    }
    fields[field] = theirs;
  }
  return fields as Record<Name, string>;
}

function readChoice<Choice extends string>(
  name: string,
  given: Given,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const text = given(name);
  if (text === null) return choices[0];
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw new StartError(`${name} is "${text}": set it to ${choices.join(' or ')}.`);
}

function readRate(name: string, given: Given, otherwise: number): number {
  const text = given(name);
  if (text === null) return otherwise;
  const rate = Number(text);
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(text) && rate > 0) return rate;
  throw new StartError(`${name} is "${text}": set it to messages a second, such as 5 or 0.5.`);
}

/** Secrets and texts travel encrypted; only a server on this machine may be spoken to in the open. */
function readHttpUrl(name: string, text: string): string {
  const url = URL.parse(text);
  const isHere = url !== null && (url.hostname === 'localhost' || /^127\./.test(url.hostname));
  if (
    url !== null &&
    url.username === '' &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))
  ) {
    return text.replace(/\/+$/, '');
  }
  throw new StartError(`${name} is not an address that begins with https:// and holds no password.`);
}

function readPublicUrl(text: string | null): string | null {
  if (text === null) return null;
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === '';
  if (url?.protocol === 'https:' && isPlain && isIP(url.hostname) === 0) return text.replace(/\/+$/, '');
  throw new StartError(
    'NAVIGATOR_PUBLIC_URL is not usable: write where customers reach this installation, such as https://contact.hallam.example.',
  );
}

function requiredSecret(name: string, given: Given): string {
  const secret = readFile(name, given);
  if (secret !== null) return secret;
  throw new StartError(`${name} is missing: write the secret of the gateway into a file, and its path here.`);
}

function readFile(name: string, given: Given): string | null {
  const path = given(name);
  if (path === null) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new StartError(`${name} names a file that cannot be read: check its path, and who may read it.`, {
      cause: error,
    });
  }
  if (text === '') throw new StartError(`${name} names an empty file.`);
  return text;
}
