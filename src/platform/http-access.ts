import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from './application-error.ts';
import type { Actor, Context } from './context.ts';

/** Who may call a route: anybody, or whoever has one of these scopes. */
export type Access = 'public' | readonly string[];

export interface Caller {
  readonly actor: Actor;
  readonly scopes: readonly string[];
}

/** Who is behind a key; null when nobody is. */
export type Authenticate = (key: string) => Promise<Caller | null>;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /**
     * Doing it again has no further effect, so that an Idempotency-Key is not needed and no answer is kept:
     * answers of this kind can hold personal data, or work that goes on after them.
     */
    repeatable?: boolean;
  }
  interface FastifyRequest {
    /** What services take; inside an idempotent request it works in the transaction of that request. */
    context: Context;
    /** Who asks; on a public route nobody is known. */
    actor: Actor;
    /** What the caller may do. */
    scopes: readonly string[];
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
  app.addHook('onRoute', ({ config, method, url }) => {
    const access = config?.access;
    if (access === 'public' || (Array.isArray(access) && access.length > 0)) return;
    throw new Error(`The route ${String(method)} ${url} does not declare who may call it in config.access.`);
  });
  const countWrongKey = app.createRateLimit({ max: wrongKeysPerMinute, timeWindow: '1 minute' });
  app.addHook('onRequest', async (request) => {
    request.context = context;
    request.actor = nobody;
    request.scopes = [];
    const { access } = request.routeOptions.config;
    if (access === 'public' || access === undefined) return;
    const key = bearerOf(request);
    const caller = key === null ? null : await authenticate(key);
    if (caller === null) {
      const counted = await countWrongKey(request);
      if (!counted.isAllowed && counted.isExceeded) {
        throw new RateLimitedError('Too many wrong API keys: wait a minute and try again.');
      }
      throw new UnauthenticatedError(
        'Give a valid API key in the header Authorization, as Bearer and the key.',
      );
    }
    request.actor = caller.actor;
    request.scopes = caller.scopes;
    requireScope(request, access);
  });
}

/** Throws ForbiddenError, naming the scope, when the caller has none of these. */
export function requireScope(request: FastifyRequest, wanted: readonly string[]): void {
  if (wanted.some((scope) => request.scopes.includes(scope))) return;
  throw new ForbiddenError(`This API key lacks the scope ${wanted.join(' or ')}: use one that has it.`, {
    code: 'scope-missing',
  });
}

function bearerOf(request: FastifyRequest): string | null {
  const match = /^Bearer +([\w.~+/=-]{1,200})$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}
