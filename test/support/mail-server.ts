import { createHash, createPublicKey, createVerify } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real mail server on this machine, and one that breaks off where a test wants it to. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly encrypted: boolean;
}

export interface MailServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  close(): Promise<void>;
}

/** Addresses say what becomes of them: `gone@` is refused for good, `later@` for now, `spam@` after its content. */
export async function startMailServer(
  options: { readonly password?: string; readonly encrypts?: boolean } = {},
): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: options.password === undefined,
    disabledCommands: [
      ...(options.password === undefined ? ['AUTH'] : []),
      ...(options.encrypts === true ? [] : ['STARTTLS']),
    ],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      if (password === options.password) done(null, { user: username ?? '' });
      else done(answering(535, 'No'));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('gone@')) done(answering(550, 'No such mailbox'));
      else if (address.startsWith('later@')) done(answering(451, 'Greylisted'));
      else done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        if (to.some((address) => address.startsWith('spam@'))) {
          done(answering(554, 'Looks like spam'));
          return;
        }
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to,
          raw: Buffer.concat(chunks),
          encrypted: session.secure,
        });
        done(null, `OK: queued as Q100${received.length}`);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answering(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** Speaks just enough SMTP to be hung up on: `before` the content was asked for, or `after` the whole of it came. */
export async function startBreakingServer(breaks: 'before' | 'after'): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = createServer((socket) => {
    let content: string | null = null;
    socket.on('error', () => undefined);
    socket.write('220 breaking.example\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (content === null) content = converse(socket, text, breaks);
      else content += text;
      if (content?.endsWith('\r\n.\r\n') === true) {
        received.push({ from: '', to: [], raw: Buffer.from(content, 'latin1'), encrypted: false });
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function converse(socket: Socket, text: string, breaks: 'before' | 'after'): string | null {
  for (const line of text.split('\r\n').filter((each) => each !== '')) {
    if (/^DATA/i.test(line)) {
      if (breaks === 'before') {
        socket.destroy();
        return null;
      }
      socket.write('354 Go on\r\n');
      return '';
    }
    socket.write('250 OK\r\n');
  }
  return null;
}

/** Verifies a DKIM signature by hand (RFC 6376: relaxed/relaxed, rsa-sha256) with the key of the domain. */
export function isSigned(
  raw: Buffer,
  publicKey: string,
): { readonly valid: boolean; readonly headers: string[] } {
  const text = raw.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, split).split(/\r\n(?![ \t])/);
  const signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = new Map(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((part) => part.trim().split(/=(.*)/s))
      .map(([name = '', value = '']) => [name, value.replaceAll(/\s+/g, '')] as const),
  );
  const body = relaxedBody(text.slice(split + 4));
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const signed = (tags.get('h') ?? '').toLowerCase().split(':');
  const left = [...headers];
  const lines = signed.flatMap((name) => {
    const at = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name}:`));
    return at < 0 ? [] : left.splice(at, 1).map(relaxedHeader);
  });
  lines.push(relaxedHeader(signature.replace(/([;\s]b=)[^;]*/, '$1')));
  const verify = createVerify('RSA-SHA256').update(lines.join('\r\n'), 'latin1');
  const isGenuine = verify.verify(createPublicKey(publicKey), Buffer.from(tags.get('b') ?? '', 'base64'));
  return { valid: isGenuine && tags.get('bh') === bodyHash, headers: signed };
}

function relaxedHeader(line: string): string {
  const at = line.indexOf(':');
  const value = line
    .slice(at + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
  return `${line.slice(0, at).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  return `${lines.join('\r\n').replace(/(?:\r\n)+$/, '')}\r\n`;
}
