import type { GatewayCheck, Outcome } from './outcome.ts';
import { tryLater } from './outcome.ts';

/** A finished text, in plain values. */
export interface OutgoingSms {
  /** Ours, sent along so that the other side can recognise a repetition. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** Where receipts are to be posted; null where none are wanted. */
  readonly statusCallback: string | null;
}

export interface SmsGateway {
  /** Hands one text over. Throws nothing for what the other side or the network does. */
  send(sms: OutgoingSms): Promise<Outcome>;
  check(): Promise<GatewayCheck>;
  /** Where a STOP arrives: `reply`, a number, or null where texts cannot be answered. */
  readonly stopTo: string | null;
}

export interface SmsRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for one that only asks. */
  readonly body: string | null;
  /** Milliseconds until the answer counts as not coming. */
  readonly patience: number;
}

export type SmsAnswer =
  | { readonly status: number; readonly body: unknown; readonly retryAfter: string | null }
  | { readonly failure: 'not_sent' | 'no_answer'; readonly code: string };

/**
 * Sends one request, once. `not_sent`: nobody was reached. `no_answer`: it was sent, and nobody knows what became of
 * it.
 */
export async function askOnce({ url, patience, ...request }: SmsRequest): Promise<SmsAnswer> {
  let response: Response;
  try {
    response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const code = codeOf(error);
    return { failure: neverReached.has(code) ? 'not_sent' : 'no_answer', code };
  }
  try {
    const text = (await response.text()).slice(0, 100_000);
    return { status: response.status, body: parsed(text), retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    // The line that tells how it went was read; what follows it was lost.
    if (response.status >= 400) return { status: response.status, body: null, retryAfter: null };
    return { failure: 'no_answer', code: codeOf(error) };
  }
}

/** Faults of a connection that was never there. */
const neverReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What every gateway over HTTP means by these; null where its own words have to be read. */
export function commonOutcome(answer: SmsAnswer, now: number): Outcome | null {
  if ('failure' in answer) {
    return answer.failure === 'not_sent' ? tryLater(answer.code) : { kind: 'unknown', code: answer.code };
  }
  const { status, retryAfter } = answer;
  const code = String(status);
  if (status === 429 || status === 503) return tryLater(code, readRetryAfter(retryAfter, now));
  // A gateway in trouble may have taken the message before it failed.
  if (status === 502 || status === 504) return { kind: 'unknown', code };
  if (status >= 500) return tryLater(code, readRetryAfter(retryAfter, now));
  // It does not let us in: that says nothing of this message.
  if (status === 401 || status === 403 || status === 404) return tryLater(code);
  return null;
}

/** Milliseconds; null where nothing usable was said. At most a day. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 86_400_000) : null;
}

/** Whether texts from this sender can be answered: a number can, a name cannot. */
export function stopToOf(from: string): string | null {
  return /^\+?\d{3,15}$/.test(from) ? 'reply' : null;
}

function codeOf(error: unknown): string {
  const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: unknown };
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : 'ERROR';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
