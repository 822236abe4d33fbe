import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { userParams } from '../contract.ts';
import { requireSession, tokenOf } from '../routes.ts';
import type { OpenSessions } from './contract.ts';
import { endedSessionsSchema, openSessionsSchema, ownSessionParams, userSessionParams } from './contract.ts';
import type { OpenSession } from './service.ts';
import { endEverySession, endOtherSessions, endSession, openSessionsOf } from './service.ts';

const own = ['Sessions'];
const staff = ['Staff'];

export const openSessionRoutes: Routes = (app) => {
  routeOwn(app);
  routeEndOwn(app);
  routeEndOthers(app);
  routeOfUser(app);
  routeEndOfUser(app);
  routeEndAllOfUser(app);
};

function routeOwn(app: RoutesApp): void {
  app.get(
    '/sessions',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listOwnSessions',
        summary: 'Where whoever is signed in is signed in',
        tags: own,
        response: { 200: openSessionsSchema, ...problems() },
      },
    },
    async (request) => {
      const { user } = await requireSession(request);
      return present(await openSessionsOf(request.context, user.id, tokenOf(request)));
    },
  );
}

function routeEndOwn(app: RoutesApp): void {
  app.delete(
    '/sessions/:sessionId',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'endOwnSession',
        summary: 'Sign out on another computer',
        tags: own,
        params: ownSessionParams,
        response: { 204: z.null().describe('Ended.'), ...problems(404) },
      },
    },
    async (request, reply) => {
      const { user } = await requireSession(request);
      await endSession(request.context, user.id, request.params.sessionId, request.actor);
      return reply.code(204).send(null);
    },
  );
}

function routeEndOthers(app: RoutesApp): void {
  app.post(
    '/sessions::end-others',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'endOtherSessions',
        summary: 'Sign out everywhere but here',
        tags: own,
        response: { 200: endedSessionsSchema, ...problems() },
      },
    },
    async (request) => {
      const { user } = await requireSession(request);
      return { ended: await endOtherSessions(request.context, user.id, tokenOf(request)) };
    },
  );
}

function routeOfUser(app: RoutesApp): void {
  app.get(
    '/users/:id/sessions',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'listSessionsOfUser',
        summary: 'Where a member of staff is signed in',
        tags: staff,
        params: userParams,
        response: { 200: openSessionsSchema, ...problems(404) },
      },
    },
    async ({ context, params, sessionToken }) =>
      present(await openSessionsOf(context, params.id, sessionToken)),
  );
}

function routeEndOfUser(app: RoutesApp): void {
  app.delete(
    '/users/:id/sessions/:sessionId',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'endSessionOfUser',
        summary: 'End one session of a member of staff',
        tags: staff,
        params: userSessionParams,
        response: { 204: z.null().describe('Ended.'), ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      await endSession(context, params.id, params.sessionId, actor);
      return reply.code(204).send(null);
    },
  );
}

function routeEndAllOfUser(app: RoutesApp): void {
  app.delete(
    '/users/:id/sessions',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'endSessionsOfUser',
        summary: 'Sign a member of staff out everywhere',
        tags: staff,
        params: userParams,
        response: { 200: endedSessionsSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => ({ ended: await endEverySession(context, params.id, actor) }),
  );
}

function present(sessions: readonly OpenSession[]): OpenSessions {
  return {
    sessions: sessions.map(({ signedInAt, lastUsedAt, endsAt, method, ...session }) => ({
      ...session,
      method: method as OpenSessions['sessions'][number]['method'],
      signedInAt: toTimestamp(signedInAt),
      lastUsedAt: toTimestamp(lastUsedAt),
      endsAt: toTimestamp(endsAt),
    })),
  };
}
