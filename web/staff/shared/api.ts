import { ApiProblem, problemOf } from './api-problem.ts';

/** The way to the server: the same API that other programs use, with the session's cookie. */
export interface Answer<Body> {
  readonly body: Body;
  /** The version of the record that was read, to be sent as `ifMatch` with an edit. */
  readonly etag: string | null;
  readonly status: number;
}

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Never put what is known about a person here: addresses end up in logs. */
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string | null;
  /** Makes it safe to send again: one key for one press of a button. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const prefix = '/api/v1';
/** Refusals of whoever is only signing in. */
const signInRefusals: ReadonlySet<string> = new Set(['sign-in-failed', 'code-needed', 'code-wrong']);
let whenSignedOut: () => void = () => undefined;

/** What happens when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

/** Asks the server. Throws ApiProblem, whose message is a sentence to show. A path is below /api/v1. */
export async function ask<Body>(path: string, asking: Asking = {}): Promise<Answer<Body>> {
  const response = await send(path, asking);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && !signInRefusals.has(problem.code)) whenSignedOut();
    throw problem;
  }
  const hasBody = response.status !== 204 && response.headers.get('content-type')?.includes('json');
  return {
    body: (hasBody ? await response.json() : undefined) as Body,
    etag: response.headers.get('etag'),
    status: response.status,
  };
}

/** Reads: the body alone. */
export async function read<Body>(path: string, asking: Omit<Asking, 'method'> = {}): Promise<Body> {
  return (await ask<Body>(path, asking)).body;
}

/** A new key for a request that must not be carried out twice. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

async function send(path: string, asking: Asking): Promise<Response> {
  const { body, query = {}, ifMatch, idempotencyKey, signal } = asking;
  const url = new URL(prefix + path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  const isForm = body instanceof FormData || body instanceof Blob;
  try {
    return await fetch(url, {
      method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch ? { 'if-match': ifMatch } : {}),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(
      {
        status: 0,
        code: 'unreachable',
        detail: 'Navigator cannot be reached: check the connection and try again.',
      },
      { cause: error },
    );
  }
}
