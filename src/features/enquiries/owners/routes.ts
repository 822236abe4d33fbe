import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { ownersSchema } from './contract.ts';
import { listOwners } from './service.ts';

export const enquiryOwnerRoutes: Routes = (app) => {
  app.get(
    '/enquiry-owners',
    {
      config: { access: ['enquiries:read'] },
      schema: {
        operationId: 'listEnquiryOwners',
        summary: 'Who can answer for an enquiry',
        description: 'Staff who may work with enquiries, by name.',
        tags: ['Enquiries'],
        response: { 200: ownersSchema, ...problems() },
      },
    },
    async ({ context }) => ({ owners: await listOwners(context) }),
  );
};
