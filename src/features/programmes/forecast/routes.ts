import { sentenceOf } from '../../../domain/reason.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Routes } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { customerParams } from '../../customers/contract.ts';
import { customerIdOf, readCustomer } from '../../customers/service.ts';
import { forecastSchema } from './contract.ts';
import { forecastFor } from './service.ts';

export const forecastRoutes: Routes = (app) => {
  app.get(
    '/customers/:id/forecast',
    {
      config: { access: ['permissions:read'] },
      schema: {
        operationId: 'readForecast',
        summary: 'What a customer is going to hear of us in the next twelve months',
        description:
          'By the code of the daily run itself, each contact judged as of its own day. Needs the scope `customers:read`, too.',
        tags: ['Contact manager'],
        params: customerParams,
        response: { 200: forecastSchema, ...problems(404) },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, params } = request;
      const id = await customerIdOf(context, params.id);
      const { from, months, contacts } = await forecastFor(context, id);
      const { vehicles } = await readCustomer(context, id);
      await recordAccess(context, actor, 'forecast read', id);
      return {
        from,
        months,
        contacts: contacts.map(({ on, occasion: { parts }, method, skipped, isSupposed }) => ({
          on,
          about: parts.map(({ kind }) => kind),
          vehicleId: parts[0].vehicleId,
          countsFrom: parts[0].on,
          method,
          skipped: skipped.map((way) => ({
            method: way.method,
            reasons: [...way.reasons],
            sentences: way.reasons.map(sentenceOf),
          })),
          isSupposed,
        })),
        vehicles: vehicles.map(({ vehicleId, registration }) => ({
          id: vehicleId,
          registration: registration === null ? null : formatRegistration(registration),
        })),
      };
    },
  );
};
