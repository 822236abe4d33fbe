import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Routes } from '../../../platform/http.ts';
import { problems, RequestError } from '../../../platform/http-problem.ts';
import {
  readProviderCookie,
  readSessionCookie,
  writeDeviceCookie,
  writeProviderCookie,
  writeSessionCookie,
} from '../../../platform/http-session.ts';
import { signInFromProvider } from '../joining/service.ts';
import { browserOf } from '../routes.ts';
import type { SignInWays } from '../sessions/service.ts';
import { signInOptionsSchema } from './contract.ts';
import type { Provider } from './service.ts';
import { ProviderError } from './service.ts';

const callbackPath = '/provider/callback';

/** What the sign-in page offers, before anybody is signed in. */
export function signInOptionsRoutes(provider: Provider | null, { passwordsOnlyFor }: SignInWays): Routes {
  return (app) => {
    app.get(
      '/sign-in-options',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'readSignInOptions',
          summary: 'How people may sign in here',
          description: 'For the sign-in page: by password, and with a provider where one is set up.',
          tags: ['Sessions'],
          response: { 200: signInOptionsSchema, ...problems() },
        },
      },
      async () => ({
        provider: provider === null ? null : { name: provider.settings.name },
        passwords: passwordsOnlyFor === null ? ('everybody' as const) : ('emergency' as const),
      }),
    );
  };
}

/**
 * The way to the provider and back: addresses that a browser opens, outside the API. Whatever goes wrong leads to the
 * sign-in page, which says what it was; nothing of the person is in an address.
 */
export function providerRoutes(provider: Provider | null): Routes {
  return (app) => {
    app.get(
      '/provider/sign-in',
      { config: { access: 'public' }, schema: { hide: true, querystring: wayQuery } },
      async (request, reply) =>
        orBackToTheDoor(request, reply, async () => {
          const callback = new URL(callbackPath, originOf(request));
          const way = { callback, next: ownAddress(request.query.next) };
          const { address, kept } = await needed(provider).begin(request.context, way);
          writeProviderCookie(request, reply, kept);
          return address.href;
        }),
    );
    app.get(callbackPath, { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) =>
      orBackToTheDoor(request, reply, async () => {
        const kept = readProviderCookie(request);
        writeProviderCookie(request, reply, null);
        const answer = new URL(request.url, originOf(request));
        const { identity, next } = await needed(provider).finish(request.context, answer, kept);
        const { token, device } = await signInFromProvider(request.context, identity, {
          formerToken: readSessionCookie(request),
          browser: browserOf(request),
        });
        writeSessionCookie(request, reply, token);
        writeDeviceCookie(request, reply, device);
        return next === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
      }),
    );
  };
}

const wayQuery = z.object({ next: z.unknown().optional() });

/** Only a path of this installation: an address that leads elsewhere would make signing in a trap. */
function ownAddress(value: unknown): string | null {
  const isOwn = typeof value === 'string' && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,399}$/.test(value);
  return isOwn ? value : null;
}

function needed(provider: Provider | null): Provider {
  if (provider === null) throw new ProviderError('provider-off');
  return provider;
}

async function orBackToTheDoor(
  request: FastifyRequest,
  reply: FastifyReply,
  act: () => Promise<string>,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  try {
    return reply.redirect(await act(), 303);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // Only what kind of failure it was: the words of a provider may name the person.
    const { name, code } = (error.cause ?? {}) as { name?: string; code?: string };
    request.log.warn({ problem: error.problem, error: name, code }, 'Signing in with the provider failed');
    return reply.redirect(`/sign-in?problem=${error.problem}`, 303);
  }
}

function originOf(request: FastifyRequest): string {
  const origin = `${request.protocol}://${request.host}`;
  if (URL.canParse(origin)) return origin;
  throw new RequestError(
    400,
    'host-unreadable',
    'The host of this request cannot be read: open it by its address.',
  );
}
