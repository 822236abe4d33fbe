import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse, RouteOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { scopes } from '../../../src/features/users/roles.ts';
import { createApiKey } from '../../../src/features/users/service.ts';
import type { HttpApp, Routes } from '../../../src/platform/http.ts';
import { buildHttp } from '../../../src/platform/http.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

/**
 * Who may call what, asked of the built application: Fastify announces every application that is made, and
 * each of its routes is then called without a key and with a key that may do everything but this.
 */
interface Route {
  readonly method: string;
  readonly url: string;
  readonly access: unknown;
}

const routesOf = new WeakMap<object, Route[]>();
function listen(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  const routes: Route[] = [];
  routesOf.set(fastify, routes);
  fastify.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    for (const each of [method].flat()) routes.push({ method: each, url, access: config?.access });
  });
}
subscribe('fastify.initialization', listen);
afterAll(() => unsubscribe('fastify.initialization', listen));

/** What anybody may see. Whoever adds to it says why: nothing here may know a customer. */
const publicRoutes: Readonly<Record<string, string>> = {
  '/health': 'says whether it is well',
  '/api/v1/openapi.json': 'says what can be asked',
  '/api/v1/session': 'says who is signed in in this browser, if anybody, and takes a username and a password',
  '/api/v1/sign-in-options': 'says how people may sign in, as the sign-in page shows',
  '/provider/sign-in': 'leads a browser to the provider of OpenID Connect',
  '/provider/callback': 'takes what a browser brings back from there, in the browser that left',
  '/api/v1/password-reset::check': 'takes the secret of the link by which somebody chooses a new password',
  '/api/v1/password-reset': 'sets a new password with that secret',
  '/api/v1/set-up::check': 'takes the secret of the link that makes the first administrator',
  '/api/v1/set-up': 'makes the first administrator with that secret',
};

/** What shows who a customer is beside what it is about needs the scope for that, too. */
const showsCustomers: ReadonlySet<string> = new Set([
  '/api/v1/customers/:id/preferences',
  '/api/v1/customers/:id/timeline',
  '/api/v1/customers/:id/maintenance',
  '/api/v1/customers/:id/forecast',
  '/api/v1/tasks',
  '/api/v1/tasks/:id',
  '/api/v1/reviews::search',
  '/api/v1/review-calls',
  '/api/v1/review-outcomes',
  '/api/v1/diary',
  '/api/v1/appointments',
  '/api/v1/appointments/:id',
  '/api/v1/appointments/:id/health-check',
  '/api/v1/health-checks/:id',
]);

const api = useApi(useDatabase());

describe('every route of the application', () => {
  it('is known to this test', () => {
    const routes = routesOf.get(api.app) ?? [];
    expect(routes.length).toBeGreaterThan(40);
    const open = routes.filter(({ access }) => access === 'public').map(({ url }) => url);
    expect(new Set(open)).toEqual(new Set(Object.keys(publicRoutes)));
    expect(routes.map(({ method, url }) => `${method} ${url}`)).toEqual(
      expect.arrayContaining([
        'PUT /api/v1/import-files/:id',
        'HEAD /api/v1/exports/:id/list',
        'POST /api/v1/customers/:id(.+)::merge',
      ]),
    );
  });

  it('answers 401 without a key and 403 with one that lacks its scope, unless it is one of the few public ones', async () => {
    expect(await faultsOf(api.app)).toEqual([]);
  });

  it('lets in a key that has its scope and no other', async () => {
    for (const route of routesOf.get(api.app) ?? []) {
      if (!Array.isArray(route.access)) continue;
      for (const scope of route.access as string[]) {
        expect([401, 403], `${route.method} ${route.url}`).not.toContain(
          await statusOf(
            api.app,
            route,
            await api.keyWith(scope, ...(showsCustomers.has(route.url) ? ['customers:read'] : [])),
          ),
        );
      }
    }
  });
});

describe('the check on access', () => {
  const nobody = { byKey: async () => null, bySession: async () => null };
  const description = { title: 'Test', description: 'Test.', version: '1.0.0', tags: [] };
  const built = (routes: Routes) =>
    buildHttp(api.context, { authenticate: nobody, description, api: [routes], pages: [] });

  it.each([
    ['does not say who may call it', {}],
    ['names nobody', { access: [] }],
    ['misspells', { access: 'pubic' as 'public' }],
  ])('lets no application be built with a route that %s', async (_, config) => {
    const building = built((app) => app.get('/open', { config }, async () => 'somebody'));
    await expect(building).rejects.toThrow('does not declare who may call it');
  });

  it('notices a public route that is not on the list, and one that anybody with a key may call', async () => {
    const app = await built((routes) => {
      routes.get('/everybody', { config: { access: 'public' } }, async () => 'somebody');
    });
    expect(await faultsOf(app)).toEqual(['GET /api/v1/everybody: 200', 'HEAD /api/v1/everybody: 200']);
    await app.close();
    const careless = await buildHttp(api.context, {
      authenticate: { ...nobody, byKey: async () => ({ actor: { kind: 'system', id: 'test' }, scopes }) },
      description,
      api: [(routes) => routes.get('/staff', { config: { access: ['imports'] } }, async () => 'somebody')],
      pages: [],
    });
    expect(await faultsOf(careless)).toContain('GET /api/v1/staff: 200 without its scope');
    await careless.close();
  });
});

/** Routes that answer whom they should not, with what they answered. */
async function faultsOf(app: HttpApp): Promise<string[]> {
  const faults: string[] = [];
  for (const route of routesOf.get(app) ?? []) {
    const name = `${route.method} ${route.url}`;
    if (route.access === 'public' && Object.hasOwn(publicRoutes, route.url)) continue;
    const withoutKey = await statusOf(app, route, null);
    if (withoutKey !== 401) faults.push(`${name}: ${withoutKey}`);
    if (!Array.isArray(route.access)) continue;
    const others = scopes.filter((scope) => !(route.access as readonly string[]).includes(scope));
    const { key } = await createApiKey(api.context, 'Everything else', others);
    const withoutScope = await statusOf(app, route, key);
    if (withoutKey === 401 && withoutScope !== 403) faults.push(`${name}: ${withoutScope} without its scope`);
  }
  return faults;
}

let places = 0;

async function statusOf(app: HttpApp, { method, url }: Route, key: string | null): Promise<number> {
  places += 1;
  const options: InjectOptions = {
    method: method as 'GET',
    url: url
      .replaceAll(/(?<!:):\w+(?:\([^)]*\))?/g, '01900000-0000-7000-8000-000000000000')
      .replaceAll('::', ':'),
    // Each from a place of its own, for many wrong keys from one place are refused otherwise.
    remoteAddress: `10.0.${Math.floor(places / 250)}.${places % 250}`,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
  };
  const injected: Promise<LightMyRequestResponse> = app.inject(options);
  return (await injected).statusCode;
}
