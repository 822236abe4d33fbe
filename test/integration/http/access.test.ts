import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildHttp } from '../../../src/platform/http.ts';
import type { Access } from '../../../src/platform/http-access.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { givenStaff, goodPassword } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

/** An application of one route. */
async function withRoute(
  method: 'GET' | 'POST',
  config: { access?: unknown; repeatable?: boolean },
): Promise<void> {
  const app = await buildHttp(await contextOn(database), {
    authenticate: { byKey: async () => null, bySession: async () => null },
    description: { title: 'Test', description: 'Test.', version: '1.0.0', tags: [] },
    api: [],
    pages: [
      (routes) => {
        const declared = config as { access: Access; repeatable?: boolean };
        routes.route({ method, url: '/route', config: declared, handler: async () => ({}) });
      },
    ],
  });
  await app.close();
}

describe('a route', () => {
  it.each([[undefined], [[]], ['signed_in'], ['everybody'], ['']])(
    'that declares %j as those who may call it is not served',
    async (access) => {
      await expect(withRoute('GET', { access })).rejects.toThrow('does not declare who may call it');
    },
  );

  it.each([['public'], ['signed-in'], [['customers:read']]])('may declare %j', async (access) => {
    await expect(withRoute('GET', { access })).resolves.toBeUndefined();
  });

  it('that anybody may post to keeps no answer, since all who are not known would share it', async () => {
    await expect(withRoute('POST', { access: 'public' })).rejects.toThrow('no answer of it may be kept');
    await expect(withRoute('POST', { access: 'public', repeatable: true })).resolves.toBeUndefined();
  });
});

describe('what a proxy says of a request', () => {
  it('is believed from this machine, and from nobody else who can reach the port', async () => {
    await givenStaff(api.context, 'proxied');
    const signIn = async (remoteAddress: string) => {
      const injected: Promise<LightMyRequestResponse> = api.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        remoteAddress,
        headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '198.51.100.7' },
        payload: { username: 'proxied', password: goodPassword },
      });
      return String((await injected).headers['set-cookie']);
    };
    expect(await signIn('127.0.0.1')).toContain('Secure');
    expect(await signIn('203.0.113.9')).not.toContain('Secure');
  });
});
