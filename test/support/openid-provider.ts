import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A person at the provider, as its claims tell of them. */
export interface ProviderPerson {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** A real provider of OpenID Connect that listens in this process; whoever is at its door is let in at once. */
export interface RunningProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who sits at the browser from now on; null for somebody who changes their mind. */
  isVisitedBy(person: ProviderPerson | null): void;
  /** Begins to answer, for an installation at this address. */
  serve(navigator: string): void;
  close(): Promise<void>;
}

const clientId = 'navigator';
const clientSecret = 'a secret of:the/test';

/** Listens, so that its address is known, and answers nothing before `serve`. */
export async function openOpenIdProvider(port = 0): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, ProviderPerson>();
  let visitor: ProviderPerson | null = null;
  return {
    issuer,
    clientId,
    clientSecret,
    isVisitedBy: (person) => {
      visitor = person;
      if (person !== null) people.set(person.sub, person);
    },
    serve: (navigator) => {
      const provider = providerAt(issuer, `${navigator}/provider/callback`, people);
      const answer = provider.callback();
      server.on('request', (request, response) => {
        if (request.url?.startsWith('/door/') !== true) return answer(request, response);
        return provider.interactionFinished(request, response, letIn(visitor));
      });
    },
    close: () => closeServer(server),
  };
}

function letIn(visitor: ProviderPerson | null) {
  return visitor === null ? { error: 'access_denied' } : { login: { accountId: visitor.sub } };
}

function providerAt(issuer: string, callback: string, people: ReadonlyMap<string, ProviderPerson>): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['a key of the test'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/door/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...people.get(sub), sub }) }),
    // What the dealer agreed with its provider is not asked of each member of staff.
    loadExistingGrant: async ({ oidc }) => {
      const { Grant } = oidc.provider;
      const grant = new Grant({ clientId, accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
}

function closeServer(server: Server<typeof IncomingMessage, typeof ServerResponse>): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
