import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { RequestError } from './http-problem.ts';

export interface BodyLimits {
  readonly bytesMax: number;
  /** How long nothing may come, milliseconds. */
  readonly stalledAfter: number;
  /** Ends the reading with its reason. */
  readonly signal: AbortSignal;
}

/**
 * The body of a request, piece by piece as it comes, for a route that does not want it whole. Stopping half-way
 * leaves the connection open, so that an answer can be given.
 *
 * Throws RequestError when more comes than may, when nothing comes for too long, and when the sender leaves.
 */
export async function* readBody(body: Readable | undefined, limits: BodyLimits): AsyncGenerator<Buffer> {
  if (body === undefined) return;
  const pieces: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  let bytes = 0;
  for (;;) {
    const next = await nextPiece(pieces, limits);
    if (next.done === true) return;
    bytes += next.value.length;
    if (bytes > limits.bytesMax) throw bodyTooLarge(limits.bytesMax);
    yield next.value;
  }
}

export function bodyTooLarge(bytesMax: number): RequestError {
  return new RequestError(
    413,
    'too-large',
    `The file is larger than ${bytesMax.toLocaleString('en-GB')} bytes: send it in several files.`,
  );
}

function nextPiece(
  pieces: AsyncIterator<Buffer>,
  { signal, stalledAfter }: BodyLimits,
): Promise<IteratorResult<Buffer>> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: unknown): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      reject(error);
    };
    const onAbort = (): void => giveUp(signal.reason);
    const timer = setTimeout(() => giveUp(stalled()), stalledAfter);
    if (signal.aborted) return giveUp(signal.reason);
    signal.addEventListener('abort', onAbort);
    pieces.next().then(
      (piece) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        resolve(piece);
      },
      (cause) => giveUp(senderLeft(cause)),
    );
  });
}

function stalled(): RequestError {
  return new RequestError(408, 'stalled', 'Nothing more of the file came: send it again from the beginning.');
}

function senderLeft(cause: unknown): RequestError {
  return new RequestError(
    400,
    'connection-lost',
    'The connection was lost before all of the file had come: send it again.',
    { cause },
  );
}

/** Aborted when whoever asked leaves before they are answered, so that nothing goes on for nobody. */
export function signalOfLeaving(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort(senderLeft(undefined));
  });
  return leaving.signal;
}
