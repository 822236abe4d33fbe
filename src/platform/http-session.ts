import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForbiddenError } from './application-error.ts';

/**
 * The cookies of people in a browser. No script can read them, no other site can make a browser send them,
 * and over https no other site can set them either (the prefix `__Host-`).
 */
export const sessionCookie = 'navigator_session';
const deviceCookie = 'navigator_device';

/** Of a year: as long as a browser is known again. */
const deviceSeconds = 365 * 24 * 3_600;

export function readSessionCookie(request: FastifyRequest): string | null {
  return readCookie(request, sessionCookie);
}

/** Without an age: it goes when the browser is closed, and the session has ends of its own. */
export function writeSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  writeCookie(request, reply, sessionCookie, token);
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  writeCookie(request, reply, sessionCookie, '', 0);
}

/** Tells a browser in which somebody signed in before from one that is new; it lets nobody in. */
export function readDeviceCookie(request: FastifyRequest): string | null {
  return readCookie(request, deviceCookie);
}

export function writeDeviceCookie(request: FastifyRequest, reply: FastifyReply, device: string): void {
  writeCookie(request, reply, deviceCookie, device, deviceSeconds);
}

function readCookie(request: FastifyRequest, name: string): string | null {
  const wanted = nameFor(request, name);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [given, value = ''] = part.trim().split('=', 2);
    if (given === wanted && /^[\w.-]{1,200}$/.test(value)) return value;
  }
  return null;
}

function writeCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  ageSeconds?: number,
): void {
  const parts = [`${nameFor(request, name)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
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
