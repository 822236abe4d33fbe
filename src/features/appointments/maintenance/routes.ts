import type { Routes } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { customerParams } from '../../customers/contract.ts';
import { customerIdOf, readCustomer } from '../../customers/service.ts';
import { maintenanceQuery, maintenanceSchema } from './contract.ts';
import { maintenanceFor } from './service.ts';

export const maintenanceRoutes: Routes = (app) => {
  app.get(
    '/customers/:id/maintenance',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'readMaintenance',
        summary: 'What the vehicles of a customer need, and what of it is booked',
        description:
          'MOT, service and deferred work of health checks, the most pressing first. Needs the scope `customers:read`, too.',
        tags: ['Appointments'],
        params: customerParams,
        querystring: maintenanceQuery,
        response: { 200: maintenanceSchema, ...problems(404) },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, params, query } = request;
      const { id } = await readCustomer(context, await customerIdOf(context, params.id));
      const vehicles = await maintenanceFor(context, id, query.branch);
      await recordAccess(context, actor, 'maintenance read', id);
      return { vehicles: vehicles.map(({ due, ...vehicle }) => ({ ...vehicle, due: [...due] })) };
    },
  );
};
