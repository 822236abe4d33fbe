import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForbiddenError } from './application-error.ts';

/**
 * The cookies of people in a browser. No script can read them, no other site can make a browser send them,
 * and over https no other site can set them either (the prefix `__Host-`).
 */
export const sessionCookie = 'navigator_session';
const deviceCookie = 'navigator_device';
const providerCookie = 'navigator_provider';

/** Of a year: as long as a browser is known again. */
const deviceSeconds = 365 * 24 * 3_600;

/** As long as somebody may take to sign in elsewhere. */
const providerSeconds = 600;

export function readSessionCookie(request: FastifyRequest): string | null {
  return readCookie(request, sessionCookie);
}

/** Without an age: it goes when the browser is closed, and the session has ends of its own. */
export function writeSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  writeCookie(request, reply, { name: sessionCookie, value: token });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  writeCookie(request, reply, { name: sessionCookie, value: '', ageSeconds: 0 });
}

/** Tells a browser in which somebody signed in before from one that is new; it lets nobody in. */
export function readDeviceCookie(request: FastifyRequest): string | null {
  return readCookie(request, deviceCookie);
}

export function writeDeviceCookie(request: FastifyRequest, reply: FastifyReply, device: string): void {
  writeCookie(request, reply, { name: deviceCookie, value: device, ageSeconds: deviceSeconds });
}

export function readProviderCookie(request: FastifyRequest): string | null {
  return readCookie(request, providerCookie);
}

/**
 * What a browser keeps while its owner signs in elsewhere; null takes it back. It comes back from the pages of another
 * site, so that a browser must be allowed to send it then; it lets nobody in.
 */
export function writeProviderCookie(request: FastifyRequest, reply: FastifyReply, kept: string | null): void {
  const ageSeconds = kept === null ? 0 : providerSeconds;
  writeCookie(request, reply, { name: providerCookie, value: kept ?? '', ageSeconds, sameSite: 'Lax' });
}

function readCookie(request: FastifyRequest, name: string): string | null {
  const wanted = nameFor(request, name);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [given, value = ''] = part.trim().split('=', 2);
    if (given === wanted && /^[\w.-]{1,800}$/.test(value)) return value;
  }
  return null;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Without it, a cookie goes when the browser is closed. */
  readonly ageSeconds?: number;
  readonly sameSite?: 'Strict' | 'Lax';
}

function writeCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, value, ageSeconds, sameSite = 'Strict' }: Cookie,
): void {
  const parts = [`${nameFor(request, name)}=${value}`, 'Path=/', 'HttpOnly', `SameSite=${sameSite}`];
  if (ageSeconds !== undefined) parts.push(`Max-Age=${ageSeconds}`);
  if (isEncrypted(request)) parts.push('Secure');
  reply.header('set-cookie', parts.join('; '));
}

function nameFor(request: FastifyRequest, name: string): string {
  return isEncrypted(request) ? `__Host-${name}` : name;
}

function isEncrypted(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}

/**
 * Throws ForbiddenError unless the browser says that a page of this very installation makes the request: a
 * cookie alone is sent whoever made the page.
 */
export function requireOwnPage(request: FastifyRequest): void {
  if (isFromOwnPage(request) === true) return;
  throw new ForbiddenError(
    'With a session, changes are taken from the pages of this installation only: use those, or an API key.',
    { code: 'other-site' },
  );
}

/** Throws ForbiddenError when the browser says that the page of another site makes the request. */
export function refuseOtherSites(request: FastifyRequest): void {
  if (isFromOwnPage(request) !== false) return;
  throw new ForbiddenError('This is taken from the pages of this installation only: open it there.', {
    code: 'other-site',
  });
}

/** Null where nothing says where a request comes from, as for programs that are no browser. */
function isFromOwnPage(request: FastifyRequest): boolean | null {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined) return null;
  const own = `${request.protocol}://${request.host}`;
  return URL.canParse(origin) && URL.canParse(own) && new URL(origin).origin === new URL(own).origin;
}
