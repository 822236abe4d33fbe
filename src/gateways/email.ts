import { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import type { GatewayCheck, Outcome } from './outcome.ts';
import { tryLater } from './outcome.ts';

/** A finished email, in plain values. */
export interface OutgoingEmail {
  /** Ours: it becomes the Message-ID, so that the same message handed over twice can be told. */
  readonly id: string;
  readonly to: { readonly name: string | null; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** For one-click unsubscribing (RFC 8058); null for a service message. */
  readonly unsubscribeLink: string | null;
  /** The name shown as sender; that of the settings where it is null. */
  readonly senderName: string | null;
  readonly replyTo: string | null;
}

export interface EmailGateway {
  /** Hands one email over. Throws nothing for what the other side or the network does. */
  send(email: OutgoingEmail): Promise<Outcome>;
  check(): Promise<GatewayCheck>;
  close(): Promise<void>;
}

export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit`: from the first byte; `required`: after STARTTLS, or not at all. */
  readonly tls: 'implicit' | 'required' | 'off';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: { readonly name: string | null; readonly address: string };
  /** Where mail servers report what could not be delivered; `{id}` becomes the id of the message. */
  readonly bounces: string;
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
  readonly perSecond: number;
  /** Milliseconds to wait for a connection, and for each answer. */
  readonly patience: number;
  /** Certificates to trust beside those of the system, PEM. */
  readonly authority: string | null;
}

/** Real SMTP, over a few connections that stay open. */
export function smtpGateway(settings: EmailSettings): EmailGateway {
  const { host, port, tls, user, password, patience, dkim, authority } = settings;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    maxConnections: 4,
    // A message whose connection was lost is not sent again behind our back: it may have arrived.
    maxRequeues: 0,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(authority === null ? {} : { tls: { ca: authority } }),
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...(dkim === null
      ? {}
      : { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }),
  });
  const progress = new Map<string, Progress>();
  transport.use('stream', (mail, done) => {
    const state = progress.get(String(mail.data.messageId));
    if (state !== undefined) watchHandingOver(mail.message, state);
    done();
  });
  return {
    send: async (email) => {
      const message = messageOf(email, settings);
      const state: Progress = { isHandedOver: false };
      progress.set(String(message.messageId), state);
      try {
        const { response } = await transport.sendMail(message);
        return { kind: 'accepted', reference: referenceIn(response) ?? email.id };
      } catch (error) {
        return outcomeOf(error, state);
      } finally {
        progress.delete(String(message.messageId));
      }
    },
    check: async () => {
      try {
        await transport.verify();
        return { works: true, sentence: `${host}:${port} answers, and lets us in.` };
      } catch (error) {
        return { works: false, sentence: `${host}:${port} does not let us in: ${faultWords(error)}.` };
      }
    },
    close: async () => transport.close(),
  };
}

interface Progress {
  /** Every byte of it was given to the connection: from here on nobody knows whether it arrived. */
  isHandedOver: boolean;
}

interface MessageSource {
  createReadStream(): NodeJS.ReadableStream;
}

/** The message is read only when the server asked for it, so that its end tells how far it came. */
function watchHandingOver(message: object, state: Progress): void {
  const source = message as MessageSource;
  const create = source.createReadStream.bind(message);
  source.createReadStream = () => Readable.from(reading(create, state));
}

async function* reading(
  create: () => NodeJS.ReadableStream,
  state: Progress,
): AsyncGenerator<string | Buffer> {
  for await (const chunk of create()) yield chunk;
  state.isHandedOver = true;
}

/** What nodemailer is given; every header of ours is set here. */
export function messageOf(
  email: OutgoingEmail,
  { from, bounces }: Pick<EmailSettings, 'from' | 'bounces'>,
): SendMailOptions {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const { unsubscribeLink, replyTo } = email;
  return {
    messageId: `<${email.id}@${domain}>`,
    from: { name: email.senderName ?? from.name ?? '', address: from.address },
    to: { name: email.to.name ?? '', address: email.to.address },
    envelope: { from: bounces.replaceAll('{id}', email.id), to: [email.to.address] },
    subject: email.subject,
    text: email.text,
    html: email.html,
    ...(replyTo === null ? {} : { replyTo }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeLink === null
        ? {}
        : {
            'List-Unsubscribe': { prepared: true, value: `<${unsubscribeLink}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

function outcomeOf(error: unknown, { isHandedOver }: Progress): Outcome {
  const { code = 'ERROR', command = '', responseCode } = error as SmtpError;
  if (responseCode === undefined) {
    // Before the last byte nothing can have been accepted.
    if (isHandedOver) return { kind: 'unknown', code };
    const isOurs = code === 'EENVELOPE' || code === 'EMESSAGE';
    return isOurs
      ? { kind: 'refused', about: code === 'EENVELOPE' ? 'recipient' : 'message', code }
      : tryLater(code);
  }
  const answer = String(responseCode);
  // A server that does not let us in, or wants encryption first, says nothing of this message.
  if (responseCode < 500 || code === 'EAUTH' || responseCode === 530 || code === 'ETLS')
    return tryLater(answer);
  if (code === 'ECONNECTION' || code === 'EPROTOCOL') return tryLater(answer);
  const about = command === 'RCPT TO' ? 'recipient' : command === 'MAIL FROM' ? 'sender' : 'message';
  return { kind: 'refused', about, code: answer };
}

/** The number in the queue of the other server, where its answer tells one. */
function referenceIn(response: string): string | undefined {
  return /\b(?:queued as|id=|OK id=|Message-?ID:?)\s*<?([\w.@+-]{4,120})>?/i.exec(response)?.[1];
}

function faultWords(error: unknown): string {
  const { code = 'ERROR', responseCode } = error as SmtpError;
  if (code === 'EAUTH') return 'it refuses the user name or the password';
  if (code === 'EDNS' || code === 'ENOTFOUND') return 'there is no server of this name';
  if (code === 'ETIMEDOUT') return 'it does not answer in time';
  if (code === 'ETLS') return 'it offers no encryption that can be trusted';
  return responseCode === undefined ? `the connection fails (${code})` : `it answers ${responseCode}`;
}
