import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ClientAuth, Configuration, IDToken, UserInfoResponse } from 'openid-client';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';

/**
 * The way to a provider of OpenID Connect and back: authorisation code flow with PKCE, state and nonce.
 * Guarantees that an answer counts only in the browser that asked, within ten minutes; that what the provider says is
 * verified by its keys; and that a provider which is away keeps neither the program from starting nor others out.
 */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a client without a secret, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** As people call it: "Sign in with …". */
  readonly name: string;
}

/** What the provider vouches for. */
export interface Identity {
  /** The issuer and what it calls them, which is given to nobody else. */
  readonly subject: string;
  /** Null unless the provider says that it is theirs. */
  readonly email: string | null;
}

/** Why somebody comes back without having been let in; the sign-in page has a sentence for each. */
export const providerProblems = [
  'provider-off',
  'provider-away',
  'provider-refused',
  'provider-answer',
  'sign-in-expired',
  'unknown-person',
  'unverified-email',
  'account-disabled',
] as const;
export type ProviderProblem = (typeof providerProblems)[number];

export class ProviderError extends Error {
  readonly problem: ProviderProblem;

  constructor(problem: ProviderProblem, options?: ErrorOptions) {
    super(`Signing in with the provider did not work: ${problem}.`, options);
    this.name = 'ProviderError';
    this.problem = problem;
  }
}

const patienceSeconds = 10;
const validMilliseconds = 10 * 60_000;

export interface Way {
  /** Where the provider sends the browser back to. */
  readonly callback: URL;
  /** Which address of this installation somebody meant to open; null for the first one. */
  readonly next: string | null;
}

interface Arrival {
  readonly identity: Identity;
  readonly next: string | null;
}

export interface Provider {
  readonly settings: ProviderSettings;
  /** Answers where to send the browser, and what it keeps meanwhile. Throws ProviderError. */
  begin(context: Context, way: Way): Promise<{ readonly address: URL; readonly kept: string }>;
  /** Who came back. `answer` is the address they came back to, `kept` what their browser kept. Throws ProviderError. */
  finish(context: Context, answer: URL, kept: string | null): Promise<Arrival>;
}

/** Nothing is asked of the provider before somebody signs in; whoever comes meanwhile waits for the same answer. */
export function openProvider(settings: ProviderSettings): Provider {
  let known: Promise<Configuration> | undefined;
  const configuration = async (): Promise<Configuration> => {
    known ??= discover(settings);
    const asked = known;
    try {
      return await asked;
    } catch (error) {
      // The next one asks again: a provider that was away comes back.
      if (known === asked) known = undefined;
      throw error;
    }
  };
  return {
    settings,
    begin: async (context, { callback, next }) => {
      const kept = newKept(context, next);
      const { state, nonce, verifier } = secretsOf(context, kept);
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback.href,
        scope: 'openid email',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { address, kept };
    },
    finish: async (context, answer, kept) => {
      if (kept === null || !isKeptValid(context, kept)) throw new ProviderError('sign-in-expired');
      const { state, nonce, verifier } = secretsOf(context, kept);
      if (answer.searchParams.get('state') !== state) throw new ProviderError('sign-in-expired');
      if (answer.searchParams.has('error')) throw new ProviderError('provider-refused');
      const server = await configuration();
      try {
        const tokens = await authorizationCodeGrant(server, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new ProviderError('provider-answer');
        const hasMore = server.serverMetadata().userinfo_endpoint !== undefined;
        const more = hasMore ? await fetchUserInfo(server, tokens.access_token, claims.sub) : null;
        return { identity: identityOf(settings, claims, more), next: nextIn(kept) };
      } catch (error) {
        throw error instanceof ProviderError ? error : new ProviderError(problemOf(error), { cause: error });
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<Configuration> {
  try {
    const server = new URL(issuer);
    // Without encryption only on this very machine, for trying it out.
    const execute = isLoopback(server) ? [allowInsecureRequests] : [];
    return await discovery(server, clientId, undefined, authenticationBy(clientSecret), {
      execute: [...execute, enableNonRepudiationChecks],
      timeout: patienceSeconds,
    });
  } catch (error) {
    throw new ProviderError('provider-away', { cause: error });
  }
}

/** As the provider takes it; in a header where it says nothing of it (OpenID Connect Discovery, section 3). */
function authenticationBy(secret: string | null): ClientAuth {
  if (secret === null) return None();
  const [byHeader, byBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return taken.includes('client_secret_basic') ? byHeader(server, ...rest) : byBody(server, ...rest);
  };
}

function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** A failed connection, or an answer that is not believed. */
function problemOf(error: unknown): ProviderProblem {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  const isAway = error instanceof TypeError || cause instanceof TypeError || code === 'OAUTH_TIMEOUT';
  return isAway ? 'provider-away' : 'provider-answer';
}

function identityOf(settings: ProviderSettings, claims: IDToken, more: UserInfoResponse | null): Identity {
  // Both from the same place: nobody vouches for an address by another one.
  const source = claims['email'] === undefined ? more : claims;
  return {
    subject: JSON.stringify([settings.issuer, claims.sub]),
    email: source?.['email_verified'] === true ? readEmail(source['email']) : null,
  };
}

function readEmail(value: unknown): string | null {
  const read = typeof value === 'string' ? parseEmailAddress(value) : null;
  return read?.ok === true ? read.address : null;
}

/** What a browser keeps while it is away: a random number, until when, where to, and the seal of this installation. */
function newKept(context: Context, next: string | null): string {
  const until = (nowOf(context) + validMilliseconds).toString(36);
  const parts = [randomBytes(32).toString('base64url'), until, Buffer.from(next ?? '').toString('base64url')];
  const content = parts.join('.');
  return `${content}.${derive(context, 'kept', content)}`;
}

function isKeptValid(context: Context, kept: string): boolean {
  const [random = '', until = '', next = '', seal = ''] = kept.split('.', 4);
  const expected = Buffer.from(derive(context, 'kept', [random, until, next].join('.')));
  const given = Buffer.from(seal);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return Number.parseInt(until, 36) > nowOf(context);
}

function nextIn(kept: string): string | null {
  return Buffer.from(kept.split('.')[2] ?? '', 'base64url').toString() || null;
}

/** Everything else follows from it and from a key that no browser has, so that nothing has to be stored. */
function secretsOf(context: Context, kept: string): { state: string; nonce: string; verifier: string } {
  return {
    state: derive(context, 'state', kept),
    nonce: derive(context, 'nonce', kept),
    verifier: derive(context, 'verifier', kept),
  };
}

function derive(context: Context, purpose: string, content: string): string {
  return createHmac('sha256', context.keys.signIn)
    .update(JSON.stringify(['provider', purpose, content]))
    .digest('base64url');
}
