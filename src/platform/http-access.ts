import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from './application-error.ts';
import type { Actor, Context } from './context.ts';
import { readSessionCookie, requireOwnPage } from './http-session.ts';

/**
 * Who may call a route: anybody; anybody who is known, for what says nothing of customers and is needed to be
 * here at all; or whoever has one of these scopes.
 */
export type Access = 'public' | 'signed-in' | readonly string[];

export interface Caller {
  readonly actor: Actor;
  readonly scopes: readonly string[];
}

/** Who is behind an API key, or behind the cookie of a session; null when nobody is. */
export interface Authenticate {
  byKey(key: string): Promise<Caller | null>;
  /** `quietly`: nobody did anything, so that the session ends as if it had not been asked for. */
  bySession(token: string, quietly?: boolean): Promise<Caller | null>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /**
     * Doing it again has no further effect, so that an Idempotency-Key is not needed and no answer is kept:
     * answers of this kind can hold personal data, or work that goes on after them. So it is, too, where the
     * request holds a secret, of which not even a hash is kept.
     */
    repeatable?: boolean;
    /** An edit that cannot undo another's, so that it needs no If-Match. */
    unversioned?: boolean;
  }
  interface FastifyRequest {
    /** What services take; inside an idempotent request it works in the transaction of that request. */
    context: Context;
    /** Who asks; on a public route nobody is known. */
    actor: Actor;
    /** What the caller may do. */
    scopes: readonly string[];
    /** Whether the caller may still do what they were let in for: for an answer that goes on. */
    isStillAllowed: () => Promise<boolean>;
    /** The cookie's value when the caller is known by their session, null otherwise. */
    sessionToken: string | null;
  }
}

const nobody: Actor = Object.freeze({ kind: 'system', id: 'anonymous' });

/** Wrong keys that one address may try in a minute. */
const wrongKeysPerMinute = 30;

/**
 * Refuses a route that does not say who may call it, when it is registered, and a caller who may not, before
 * anything of the request is read.
 */
export function guardRoutes(app: FastifyInstance, context: Context, authenticate: Authenticate): void {
  app.decorateRequest('context', null as unknown as Context);
  app.decorateRequest('actor', null as unknown as Actor);
  app.decorateRequest('scopes', null as unknown as readonly string[]);
  app.decorateRequest('sessionToken', null);
  app.decorateRequest('isStillAllowed', async () => false);
  app.addHook('onRoute', ({ config, method, url }) => {
    const access = config?.access;
    if (access === 'public' || access === 'signed-in') return;
    if (Array.isArray(access) && access.length > 0) return;
    throw new Error(`The route ${String(method)} ${url} does not declare who may call it in config.access.`);
  });
  const countWrongKey = app.createRateLimit({ max: wrongKeysPerMinute, timeWindow: '1 minute' });
  app.addHook('onRequest', async (request, reply) => {
    request.context = context;
    request.actor = nobody;
    request.scopes = [];
    request.sessionToken = null;
    const { access } = request.routeOptions.config;
    if (access === 'public' || access === undefined) return;
    // What only those who are known may see is left on no disk on its way.
    reply.header('cache-control', 'no-store');
    const caller = /^Bearer\b/i.test(request.headers.authorization ?? '')
      ? await callerByKey(request, authenticate, countWrongKey)
      : await callerBySession(request, authenticate);
    request.actor = caller.actor;
    request.scopes = caller.scopes;
    if (access !== 'signed-in') requireScope(request, access);
    request.isStillAllowed = () => isStillAllowed(request, authenticate, access);
  });
}

async function isStillAllowed(
  request: FastifyRequest,
  authenticate: Authenticate,
  access: Exclude<Access, 'public'>,
): Promise<boolean> {
  const { sessionToken } = request;
  const key = sessionToken === null ? bearerOf(request) : null;
  const caller =
    sessionToken === null
      ? key === null
        ? null
        : await authenticate.byKey(key)
      : await authenticate.bySession(sessionToken, true);
  if (caller?.actor.id !== request.actor.id) return false;
  return access === 'signed-in' || access.some((scope) => caller?.scopes.includes(scope));
}

// A key counts before a cookie: a program says what it is, a browser sends its cookies unasked.
async function callerByKey(
  request: FastifyRequest,
  authenticate: Authenticate,
  countWrongKey: ReturnType<FastifyInstance['createRateLimit']>,
): Promise<Caller> {
  const key = bearerOf(request);
  const caller = key === null ? null : await authenticate.byKey(key);
  if (caller !== null) return caller;
  const counted = await countWrongKey(request);
  if (!counted.isAllowed && counted.isExceeded) {
    throw new RateLimitedError('Too many wrong API keys: wait a minute and try again.');
  }
  throw unknownCaller();
}

async function callerBySession(request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  const token = readSessionCookie(request);
  const caller = token === null ? null : await authenticate.bySession(token);
  if (caller === null) throw unknownCaller();
  if (request.method !== 'GET' && request.method !== 'HEAD') requireOwnPage(request);
  request.sessionToken = token;
  return caller;
}

function unknownCaller(): UnauthenticatedError {
  return new UnauthenticatedError(
    'Sign in, or give a valid API key in the header Authorization, as Bearer and the key.',
  );
}

/** Throws ForbiddenError, naming the scope, when the caller has none of these. */
export function requireScope(request: FastifyRequest, wanted: readonly string[]): void {
  if (wanted.some((scope) => request.scopes.includes(scope))) return;
  const scope = wanted.join(' or ');
  throw new ForbiddenError(
    request.sessionToken === null
      ? `This API key lacks the scope ${scope}: use one that has it.`
      : `Your role does not allow this (${scope}): ask an administrator.`,
    { code: 'scope-missing' },
  );
}

function bearerOf(request: FastifyRequest): string | null {
  const match = /^Bearer +([\w.~+/=-]{1,200})$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}
