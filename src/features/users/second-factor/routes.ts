import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { readDeviceCookie } from '../../../platform/http-session.ts';
import { userParams } from '../contract.ts';
import { endOtherSessions } from '../open-sessions/service.ts';
import { requireSession, tokenOf } from '../routes.ts';
import { requireOwnPassword } from '../sessions/service.ts';
import {
  pendingFactorSchema,
  recoveryCodesSchema,
  secondFactorBeginningSchema,
  secondFactorConfirmationSchema,
  secondFactorProofSchema,
  secondFactorSchema,
} from './contract.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  remakeRecoveryCodes,
  removeSecondFactor,
  takeSecondFactorAway,
} from './service.ts';

const tags = ['Second factor'];

// What is answered here holds secrets, so that no answer is kept: every POST is repeatable.
export const secondFactorRoutes: Routes = (app) => {
  routeRead(app);
  routeBegin(app);
  routeConfirm(app);
  routeNewCodes(app);
  routeRemove(app);
  routeTakeAway(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/session/second-factor',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'readSecondFactor',
        summary: 'Whether the own account has a second factor',
        tags,
        response: { 200: secondFactorSchema, ...problems() },
      },
    },
    async (request) => {
      const { user } = await requireSession(request);
      const { addedAt, recoveryCodesLeft } = await readSecondFactor(request.context, user.id);
      return { since: addedAt === null ? null : toTimestamp(addedAt), recoveryCodesLeft };
    },
  );
}

function routeBegin(app: RoutesApp): void {
  app.post(
    '/session/second-factor::begin',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'beginSecondFactor',
        summary: 'Begin to add a second factor, or to move it to another telephone',
        description: 'Nothing changes before the first code is confirmed, within 15 minutes.',
        tags,
        body: secondFactorBeginningSchema,
        response: { 200: pendingFactorSchema, ...problems(400) },
      },
    },
    async (request) => {
      const user = await whoKnowsThePassword(request, request.body.password);
      return beginSecondFactor(request.context, user, request.body.code);
    },
  );
}

/** Whoever is at a session may have found it open: what lets in later is asked for again. */
async function whoKnowsThePassword(
  request: FastifyRequest,
  password: string,
): Promise<{ readonly id: string; readonly username: string }> {
  const { user } = await requireSession(request);
  await requireOwnPassword(request.context, {
    username: user.username,
    password,
    address: request.ip,
    device: readDeviceCookie(request),
  });
  return user;
}

function routeConfirm(app: RoutesApp): void {
  app.post(
    '/session/second-factor::confirm',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'confirmSecondFactor',
        summary: 'Add the second factor, by its first code',
        description: 'Answers ten recovery codes. Every other session of this account ends.',
        tags,
        body: secondFactorConfirmationSchema,
        response: { 200: recoveryCodesSchema, ...problems(400, 409) },
      },
    },
    async (request) => {
      const { user } = await requireSession(request);
      const recoveryCodes = await confirmSecondFactor(request.context, user.id, request.body.code);
      await endOtherSessions(request.context, user.id, tokenOf(request));
      return { recoveryCodes };
    },
  );
}

function routeNewCodes(app: RoutesApp): void {
  app.post(
    '/session/second-factor::new-recovery-codes',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'remakeRecoveryCodes',
        summary: 'Ten new recovery codes in the place of the old ones',
        tags,
        body: secondFactorProofSchema,
        response: { 200: recoveryCodesSchema, ...problems(400, 409) },
      },
    },
    async (request) => {
      const { id } = await whoKnowsThePassword(request, request.body.password);
      return { recoveryCodes: await remakeRecoveryCodes(request.context, id, request.body.code) };
    },
  );
}

function routeRemove(app: RoutesApp): void {
  app.post(
    '/session/second-factor::remove',
    {
      config: { access: 'signed-in', repeatable: true },
      schema: {
        operationId: 'removeSecondFactor',
        summary: 'Sign in by password alone again',
        description:
          'Where the role needs a second factor, nothing else may be done until there is one again.',
        tags,
        body: secondFactorProofSchema,
        response: { 204: z.null().describe('Removed.'), ...problems(400, 409) },
      },
    },
    async (request, reply) => {
      const { id } = await whoKnowsThePassword(request, request.body.password);
      await removeSecondFactor(request.context, id, request.body.code);
      return reply.code(204).send(null);
    },
  );
}

function routeTakeAway(app: RoutesApp): void {
  app.delete(
    '/users/:id/second-factor',
    {
      config: { access: ['users'] },
      schema: {
        operationId: 'takeSecondFactorAway',
        summary: 'Take a lost second factor away',
        description: 'Every session of theirs ends. It is on record who did it.',
        tags: ['Staff'],
        params: userParams,
        response: { 204: z.null().describe('Taken away.'), ...problems(404) },
      },
    },
    async ({ context, actor, params }, reply) => {
      await takeSecondFactorAway(context, params.id, actor);
      return reply.code(204).send(null);
    },
  );
}
