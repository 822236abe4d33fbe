import { generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmailSettings, OutgoingEmail } from '../../../src/gateways/email.ts';
import { smtpGateway } from '../../../src/gateways/email.ts';
import { memoryOutbox, recordingEmailGateway } from '../../../src/gateways/recording.ts';
import type { MailServer } from '../../support/mail-server.ts';
import { isSigned, startBreakingServer, startMailServer } from '../../support/mail-server.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

function settingsFor(port: number, change: Partial<EmailSettings> = {}): EmailSettings {
  return {
    host: '127.0.0.1',
    port,
    tls: 'off',
    user: null,
    password: null,
    from: { name: 'Hallam Motors', address: 'service@hallam.example' },
    bounces: 'bounces+{id}@hallam.example',
    dkim: null,
    perSecond: 100,
    patience: 3_000,
    authority: null,
    ...change,
  };
}

function email(to: string, change: Partial<OutgoingEmail> = {}): OutgoingEmail {
  return {
    id: '0190-7',
    to: { name: 'Zoë "Z" Holroyd', address: to },
    subject: 'Your MOT – £54.85',
    text: 'Hello Zoë,\n\nyour MOT is due.\n',
    html: '<p>Hello Zoë, your MOT is due.</p>',
    unsubscribeLink: 'https://hallam.example/u/Ab3',
    senderName: null,
    replyTo: 'sam@hallam.example',
    ...change,
  };
}

async function send(to: string, change: Partial<EmailSettings> = {}, port = server.port) {
  const gateway = smtpGateway(settingsFor(port, change));
  try {
    return await gateway.send(email(to));
  } finally {
    await gateway.close();
  }
}

describe('an email that is handed over', () => {
  it('arrives whole: both forms, one-click unsubscribing, its own id, and a place for bounces', async () => {
    expect(await send('zoe@example.com')).toEqual({ kind: 'accepted', reference: 'Q1001' });
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: 'bounces+0190-7@hallam.example', to: ['zoe@example.com'] });
    const read = await simpleParser(mail?.raw ?? '');
    expect(read.subject).toBe('Your MOT – £54.85');
    expect(read.from?.value).toEqual([{ name: 'Hallam Motors', address: 'service@hallam.example' }]);
    expect(read.text).toContain('Hello Zoë');
    expect(read.html).toContain('<p>Hello Zoë');
    expect(read.messageId).toBe('<0190-7@hallam.example>');
    expect(read.replyTo?.text).toBe('sam@hallam.example');
    expect(read.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.raw.toString()).toContain('List-Unsubscribe: <https://hallam.example/u/Ab3>');
    expect(mail?.raw.toString()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('is signed with the key of the domain, and a changed word breaks the signature', async () => {
    await send('zoe@example.com', { dkim: { domain: 'hallam.example', selector: 'n1', privateKey } });
    const raw = server.received.at(-1)?.raw ?? Buffer.alloc(0);
    const checked = isSigned(raw, publicKey);
    expect(checked.valid).toBe(true);
    expect(checked.headers).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
    const altered = Buffer.from(
      raw.toString('latin1').replace('Message-ID: <0190', 'Message-ID: <0191'),
      'latin1',
    );
    expect(isSigned(altered, publicKey).valid).toBe(false);
  });

  it('puts nothing of a name or subject into the headers beside its own', async () => {
    const gateway = smtpGateway(settingsFor(server.port));
    const hostile = { subject: 'Hello\r\nBcc: all@example.com', senderName: 'A\r\nX-Evil: 1' };
    await gateway.send({ ...email('zoe@example.com'), ...hostile });
    await gateway.close();
    const { headers } = await simpleParser(server.received.at(-1)?.raw ?? '');
    expect([...headers.keys()]).not.toContain('bcc');
    expect([...headers.keys()]).not.toContain('x-evil');
  });
});

describe('what becomes of an email', () => {
  it.each([
    ['gone@example.com', { kind: 'refused', about: 'recipient', code: '550' }],
    ['spam@example.com', { kind: 'refused', about: 'message', code: '554' }],
    ['later@example.com', { kind: 'try_later', code: '451', waitMilliseconds: null }],
    ['not an address', { kind: 'refused', about: 'recipient', code: 'EENVELOPE' }],
  ])('to %s is said as a value', async (to, outcome) => {
    expect(await send(to)).toEqual(outcome);
  });

  it('is to be tried later where nobody answers, or nobody lets us in', async () => {
    expect(await send('zoe@example.com', { patience: 500 }, 1)).toMatchObject({ kind: 'try_later' });
    const guarded = await startMailServer({ password: 'right' });
    const answer = await send('zoe@example.com', { user: 'us', password: 'wrong' }, guarded.port);
    expect(answer).toMatchObject({ kind: 'try_later', code: '535' });
    expect(await send('zoe@example.com', { user: 'us', password: 'right' }, guarded.port)).toMatchObject({
      kind: 'accepted',
    });
    await guarded.close();
  });

  it('is not sent in the open where encryption is required', async () => {
    const before = server.received.length;
    expect(await send('zoe@example.com', { tls: 'required' })).toMatchObject({ kind: 'try_later' });
    expect(server.received).toHaveLength(before);
    // Encrypted, but by a certificate that nobody vouches for.
    const unproved = await startMailServer({ encrypts: true });
    expect(await send('zoe@example.com', { tls: 'required' }, unproved.port)).toMatchObject({
      kind: 'try_later',
    });
    expect(unproved.received).toEqual([]);
    await unproved.close();
  });

  it('is unknown when the line broke behind its last byte: it may have arrived, and is not sent again', async () => {
    const breaking = await startBreakingServer('after');
    expect(await send('zoe@example.com', {}, breaking.port)).toMatchObject({ kind: 'unknown' });
    expect(breaking.received).toHaveLength(1);
    await breaking.close();
  });

  it('is to be tried later when the line broke before its first byte', async () => {
    const breaking = await startBreakingServer('before');
    expect(await send('zoe@example.com', {}, breaking.port)).toMatchObject({ kind: 'try_later' });
    expect(breaking.received).toHaveLength(0);
    await breaking.close();
  });
});

it('a look at the mail server says in a sentence whether it lets us in', async () => {
  const working = smtpGateway(settingsFor(server.port));
  expect(await working.check()).toMatchObject({ works: true });
  await working.close();
  const guarded = await startMailServer({ password: 'right' });
  const refused = smtpGateway(settingsFor(guarded.port, { user: 'us', password: 'wrong' }));
  expect(await refused.check()).toEqual({
    works: false,
    sentence: `127.0.0.1:${guarded.port} does not let us in: it refuses the user name or the password.`,
  });
  await refused.close();
  await guarded.close();
});

it('without a mail server an email is kept as it would have gone, once for each id', async () => {
  const outbox = memoryOutbox(2);
  const gateway = recordingEmailGateway(outbox, () => Date.UTC(2026, 10, 23, 11));
  for (const id of ['a', 'a', 'b', 'c']) {
    expect(await gateway.send(email('zoe@example.com', { id }))).toEqual({ kind: 'accepted', reference: id });
  }
  expect(outbox.all().map(({ id }) => id)).toEqual(['b', 'c']);
  const [kept] = outbox.all();
  if (kept?.kind !== 'email') throw new Error('No email was kept.');
  expect((await simpleParser(kept.raw)).text).toContain('Hello Zoë');
  expect(await gateway.check()).toMatchObject({ works: true });
});
