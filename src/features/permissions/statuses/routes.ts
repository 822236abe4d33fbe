import type { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { customerParams } from '../../customers/contract.ts';
import { customerIdOf } from '../../customers/service.ts';
import { statusChangeSchema, statusesSchema } from './contract.ts';
import type { HeldStatus } from './service.ts';
import { changeStatus, statusesOf } from './service.ts';

const tags = ['Permissions'];

export const statusRoutes: Routes = (app) => {
  routeRead(app);
  routeChange(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/customers/:id/statuses',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'readPersonStatuses',
        summary: 'What is known of a person that stops contact',
        tags,
        params: customerParams,
        response: { 200: statusesSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => {
      const customerId = await customerIdOf(context, params.id);
      const statuses = await statusesOf(context, customerId);
      await recordAccess(context, actor, 'permissions read', customerId);
      return present(customerId, statuses);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.post(
    '/customers/:id/statuses',
    {
      config: { access: ['permissions:write', 'permissions:correct'] },
      schema: {
        operationId: 'changePersonStatus',
        summary: 'Record that a person died, asked for erasure or restriction, or needs care',
        description:
          'It stops contact before the answer comes. Setting one needs the scope permissions:write; taking one back needs ' +
          'permissions:correct. Saying again what holds already changes nothing. Recording that erasure was asked for does ' +
          'not remove the profile.',
        tags,
        params: customerParams,
        body: statusChangeSchema,
        response: { 200: statusesSchema, ...problems(400, 404, 409) },
      },
    },
    async (request) => {
      const { context, actor, params, body } = request;
      requireScope(request, [body.value ? 'permissions:write' : 'permissions:correct']);
      const customerId = await customerIdOf(context, params.id);
      return present(customerId, await changeStatus(context, customerId, body, actor));
    },
  );
}

function present(customerId: string, statuses: readonly HeldStatus[]): z.input<typeof statusesSchema> {
  return {
    customerId,
    statuses: statuses.map(({ status, since }) => ({ status, since: toTimestamp(since) })),
  };
}
