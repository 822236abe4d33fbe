import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ForbiddenError } from '../../platform/application-error.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import {
  clearSessionCookie,
  readDeviceCookie,
  readSessionCookie,
  refuseOtherSites,
  writeDeviceCookie,
  writeSessionCookie,
} from '../../platform/http-session.ts';
import { browserWords } from '../../platform/user-agent.ts';
import { dealerName } from '../branches/service.ts';
import type { Session } from './contract.ts';
import {
  passwordChangeSchema,
  sessionChangesSchema,
  sessionSchema,
  setUpCheckSchema,
  setUpSchema,
  setUpStateSchema,
  signInSchema,
} from './contract.ts';
import type { SignedIn, SignInWays, StaffSession } from './sessions/service.ts';
import {
  changeOwnPassword,
  changeSessionBranch,
  findStaffSession,
  signIn,
  signOut,
} from './sessions/service.ts';
import { checkSetUpToken, setUp } from './set-up/service.ts';

const sessions = ['Sessions'];
const setUps = ['Set-up'];

/** Coming in and going out, for people. `demo`: whether this is the demonstration dealership. */
export function sessionRoutes(demo: boolean, ways: SignInWays): Routes {
  return (app) => {
    routeSignIn(app, demo, ways);
    routeRead(app, demo);
    routeChange(app, demo);
    routeChangePassword(app, demo);
    routeSignOut(app);
    routeCheck(app);
    routeSetUp(app, demo);
  };
}

function routeSignIn(app: RoutesApp, demo: boolean, ways: SignInWays): void {
  app.post(
    '/session',
    {
      config: { access: 'public', repeatable: true },
      schema: {
        operationId: 'signIn',
        summary: 'Sign in',
        description:
          'Sets the cookie of the session. It ends after twelve hours, or two hours without a request. ' +
          'Too many attempts are answered with 429 and Retry-After.',
        tags: sessions,
        body: signInSchema,
        response: { 201: sessionSchema, ...problems(400) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      const asked = {
        ...request.body,
        address: request.ip,
        device: readDeviceCookie(request),
        formerToken: readSessionCookie(request),
        browser: browserOf(request),
      };
      const signedIn = await signIn(request.context, asked, ways);
      reply.code(201);
      return answerSignedIn(request, reply, signedIn, demo);
    },
  );
}

/** Gives a browser its cookies, and answers with the session they are for. */
async function answerSignedIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, device }: SignedIn,
  demo: boolean,
): Promise<Session> {
  const session = await sessionOf(request, token, demo);
  writeSessionCookie(request, reply, token);
  writeDeviceCookie(request, reply, device);
  reply.header('cache-control', 'no-store');
  return session;
}

async function sessionOf({ context }: FastifyRequest, token: string, demo: boolean): Promise<Session> {
  const session = await findStaffSession(context, token);
  if (session === null) throw noSession();
  return { ...session, scopes: [...session.scopes], demo };
}

function routeRead(app: RoutesApp, demo: boolean): void {
  app.get(
    '/session',
    {
      // Whoever asks learns of nobody but themselves, and a page can ask before anybody is signed in.
      config: { access: 'public' },
      schema: {
        operationId: 'readSession',
        summary: 'Who is signed in, at which branch, and what they may do',
        description: 'For pages: 204 when nobody is signed in in this browser. An API key has no session.',
        tags: sessions,
        response: {
          200: sessionSchema,
          204: z.null().describe('Nobody is signed in in this browser.'),
          ...problems(),
        },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      // A key counts before a cookie, and has no session.
      const token = request.headers.authorization === undefined ? readSessionCookie(request) : null;
      const session = token === null ? null : await findStaffSession(request.context, token);
      if (session === null) return reply.code(204).send(null);
      return { ...session, scopes: [...session.scopes], demo };
    },
  );
}

function routeChange(app: RoutesApp, demo: boolean): void {
  app.patch(
    '/session',
    {
      config: { access: 'signed-in', unversioned: true },
      schema: {
        operationId: 'changeSession',
        summary: 'Work at another branch',
        description: 'For this session; the branch of the account stays.',
        tags: sessions,
        body: sessionChangesSchema,
        response: { 200: sessionSchema, ...problems(400) },
      },
    },
    async (request) => {
      await changeSessionBranch(request.context, tokenOf(request), request.body.branch);
      return sessionOf(request, tokenOf(request), demo);
    },
  );
}

function routeChangePassword(app: RoutesApp, demo: boolean): void {
  app.post(
    '/session::change-password',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'changeOwnPassword',
        summary: 'Change the own password',
        description: 'Every session of this account ends, and a new one begins in this browser.',
        tags: sessions,
        body: passwordChangeSchema,
        response: { 200: sessionSchema, ...problems(400) },
      },
    },
    async (request, reply) => {
      const { user, method } = await requireSession(request);
      const signedIn = await changeOwnPassword(request.context, {
        ...request.body,
        username: user.username,
        address: request.ip,
        device: readDeviceCookie(request),
        browser: browserOf(request),
        method,
      });
      return answerSignedIn(request, reply, signedIn, demo);
    },
  );
}

function routeSignOut(app: RoutesApp): void {
  app.delete(
    '/session',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'signOut',
        summary: 'Sign out',
        description: 'The session ends at once, and its cookie is taken back.',
        tags: sessions,
        response: { 204: z.null().describe('Signed out.'), ...problems() },
      },
    },
    async (request, reply) => {
      await signOut(request.context, tokenOf(request));
      clearSessionCookie(request, reply);
      return reply.code(204).send(null);
    },
  );
}

/** Who is at the session of a request. Throws ForbiddenError for an API key. */
export async function requireSession(request: FastifyRequest): Promise<StaffSession> {
  const session = await findStaffSession(request.context, tokenOf(request));
  if (session === null) throw noSession();
  return session;
}

/** The browser that asks, in words. */
export function browserOf(request: FastifyRequest): string {
  return browserWords(request.headers['user-agent']);
}

/** The token of the session of a request. Throws ForbiddenError for an API key. */
export function tokenOf(request: FastifyRequest): string {
  if (request.sessionToken === null) throw noSession();
  return request.sessionToken;
}

function noSession(): ForbiddenError {
  return new ForbiddenError('This is for people who are signed in: an API key has no session.', {
    code: 'session-needed',
  });
}

function routeCheck(app: RoutesApp): void {
  app.post(
    '/set-up::check',
    {
      config: { access: 'public', repeatable: true },
      schema: {
        operationId: 'checkSetUpLink',
        summary: 'Whether a set-up link may be used',
        description: 'Links are printed where a new installation is started; 404 for one that is of no use.',
        tags: setUps,
        body: setUpCheckSchema,
        response: { 200: setUpStateSchema, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      const { context, body } = request;
      const validUntil = await checkSetUpToken(context, body.token);
      reply.header('cache-control', 'no-store');
      return { validUntil: toTimestamp(validUntil), dealer: { name: await dealerName(context) } };
    },
  );
}

function routeSetUp(app: RoutesApp, demo: boolean): void {
  app.post(
    '/set-up',
    {
      config: { access: 'public', repeatable: true },
      schema: {
        operationId: 'setUp',
        summary: 'Make the first administrator',
        description: 'Uses the link up and signs the new administrator in.',
        tags: setUps,
        body: setUpSchema,
        response: { 201: sessionSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      const signedIn = await setUp(request.context, request.body, {
        formerToken: readSessionCookie(request),
        browser: browserOf(request),
      });
      reply.code(201);
      return answerSignedIn(request, reply, signedIn, demo);
    },
  );
}
