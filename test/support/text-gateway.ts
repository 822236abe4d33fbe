import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for a gateway of texts, which fails in whatever way the number says. */
export interface TextGateway {
  readonly url: string;
  readonly requests: readonly {
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
    readonly path: string;
  }[];
  close(): Promise<void>;
}

export interface StandInAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `answer` says what comes back; `accepted and silent`: it takes the text and never says so. */
export async function startTextGateway(
  answer: (body: string) => StandInAnswer | 'accepted and silent' | 'hangs up',
): Promise<TextGateway> {
  const requests: { headers: IncomingMessage['headers']; body: string; path: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ headers: request.headers, body, path: request.url ?? '' });
      const told = answer(body);
      if (told === 'accepted and silent') return;
      if (told === 'hangs up') {
        request.socket.destroy();
        return;
      }
      response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers });
      response.end(JSON.stringify(told.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
