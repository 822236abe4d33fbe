import { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { refuseOtherSites } from '../../../platform/http-session.ts';
import { userParams } from '../contract.ts';
import { passwordChoiceSchema, passwordResetSchema, resetCheckSchema, resetStateSchema } from './contract.ts';
import { checkReset, choosePassword, resetPassword } from './service.ts';

export const passwordResetRoutes: Routes = (app) => {
  routeReset(app);
  routeCheck(app);
  routeChoose(app);
};

function routeReset(app: RoutesApp): void {
  app.post(
    '/users/:id(^[0-9a-f-]+)::reset-password',
    {
      config: { access: ['users'], repeatable: true },
      schema: {
        operationId: 'resetPassword',
        summary: 'A link by which somebody chooses a new password',
        description:
          'Their password until now is of no use any more, and every session of theirs ends. The link is good once, for ' +
          '24 hours, and is shown once; asked again, another takes its place.',
        tags: ['Staff'],
        params: userParams,
        response: { 201: passwordResetSchema, ...problems(404, 409) },
      },
    },
    async ({ context, actor, params }, reply) => {
      const { token, validUntil } = await resetPassword(context, params.id, actor);
      reply.code(201);
      return { token, validUntil: toTimestamp(validUntil) };
    },
  );
}

function routeCheck(app: RoutesApp): void {
  app.post(
    '/password-reset::check',
    {
      config: { access: 'public', repeatable: true },
      schema: {
        operationId: 'checkPasswordReset',
        summary: 'Whether the link of a password reset may be used',
        description: 'An administrator hands such links over; 404 for one that is of no use.',
        tags: ['Sessions'],
        body: resetCheckSchema,
        response: { 200: resetStateSchema, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      const { username, validUntil } = await checkReset(request.context, request.body.token);
      reply.header('cache-control', 'no-store');
      return { username, validUntil: toTimestamp(validUntil) };
    },
  );
}

function routeChoose(app: RoutesApp): void {
  app.post(
    '/password-reset',
    {
      config: { access: 'public', repeatable: true },
      schema: {
        operationId: 'choosePassword',
        summary: 'Choose a new password by a link',
        description: 'Uses the link up. Whoever has a second factor still needs it to sign in.',
        tags: ['Sessions'],
        body: passwordChoiceSchema,
        response: { 204: z.null().describe('The password counts from now on.'), ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      await choosePassword(request.context, request.body);
      return reply.code(204).send(null);
    },
  );
}
