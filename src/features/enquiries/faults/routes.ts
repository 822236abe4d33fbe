import { toTimestamp } from '../../../platform/database.ts';
import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess } from '../../access/service.ts';
import { leadFaultParams, leadFaultsSchema } from './contract.ts';
import { leadFaults, tryLeadAgain } from './service.ts';

const tags = ['Enquiries'];

export const leadFaultRoutes: Routes = (app) => {
  app.get(
    '/web-lead-faults',
    {
      config: { access: ['enquiries:read'] },
      schema: {
        operationId: 'listWebLeadFaults',
        summary: 'Enquiries from a website that could not be filed yet',
        description: 'Each is tried again by itself, later each time; the visitor waits meanwhile.',
        tags,
        response: { 200: leadFaultsSchema, ...problems() },
      },
    },
    async ({ context, actor }) => {
      const faults = await leadFaults(context);
      if (faults.length > 0) await recordAccess(context, actor, 'enquiries listed');
      return {
        faults: faults.map((fault) => ({
          ...fault,
          receivedAt: toTimestamp(fault.receivedAt),
          nextAttemptAt: toTimestamp(fault.nextAttemptAt),
        })),
      };
    },
  );
  app.post(
    '/web-lead-faults/:id(.+)::try-again',
    {
      config: { access: ['enquiries:write'], repeatable: true },
      schema: {
        operationId: 'tryWebLeadAgain',
        summary: 'Try again to file an enquiry from a website',
        tags,
        params: leadFaultParams,
        response: { 200: leadFaultsSchema, ...problems(404) },
      },
    },
    async ({ context, params }) => {
      await tryLeadAgain(context, params.id);
      return { faults: [] };
    },
  );
};
