import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { screeningReportSchema, screeningStateSchema, screeningsSchema } from './contract.ts';
import { recordResults, screeningState } from './service.ts';

const tags = ['Registers'];

export const screeningRoutes: Routes = (app) => {
  routeState(app);
  routeRecord(app);
};

function routeState(app: RoutesApp): void {
  app.get(
    '/screenings',
    {
      config: { access: ['registers:read'] },
      schema: {
        operationId: 'readScreenings',
        summary: 'How far the screening against TPS, CTPS and MPS is',
        description: 'Counts only. A number that was not screened in time takes no marketing call.',
        tags,
        response: { 200: screeningStateSchema, ...problems() },
      },
    },
    async ({ context }) => screeningState(context),
  );
}

function routeRecord(app: RoutesApp): void {
  app.post(
    '/screenings',
    {
      config: { access: ['registers:write'] },
      schema: {
        operationId: 'recordScreenings',
        summary: 'Record what a register says of numbers or addresses',
        description:
          'Up to 5,000 results at once; everybody concerned is judged again before the answer. A listing holds from its ' +
          'day, a clear result for as long as the policy says. What cannot be read is reported and clears nobody.',
        tags,
        body: screeningsSchema,
        response: { 201: screeningReportSchema, ...problems(400, 409, 413) },
      },
    },
    async ({ context, body }, reply) => {
      const { screenedOn, ...given } = body;
      const report = await recordResults(context, {
        ...given,
        ...(screenedOn === undefined ? {} : { screenedOn }),
      });
      reply.code(201);
      return report;
    },
  );
}
