import type { Routes } from '../../../platform/http.ts';
import { requireScope } from '../../../platform/http-access.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccessToEach } from '../../access/service.ts';
import { contactPermissionsQuestionSchema, contactPermissionsSchema } from './contract.ts';
import { contactPermissionsOf } from './service.ts';

export const contactPermissionRoutes: Routes = (app) => {
  app.post(
    '/contact-permissions',
    {
      config: { access: ['permissions:read'], repeatable: true },
      schema: {
        operationId: 'readContactPermissions',
        summary: 'What the numbers and addresses of some customers may be used for',
        description:
          'For each number and address of up to 100 customers: service follow-up and marketing by each channel it ' +
          'serves, and why. Judged now, as the boxes of the preferences are. Who is not on file is left out. Needs ' +
          'the scope `customers:read`, too.',
        tags: ['Preferences'],
        body: contactPermissionsQuestionSchema,
        response: { 200: contactPermissionsSchema, ...problems(400) },
      },
    },
    async (request) => {
      requireScope(request, ['customers:read']);
      const { context, actor, body } = request;
      const customers = await contactPermissionsOf(context, body.customers);
      const seen = customers.map(({ customerId }) => customerId);
      await recordAccessToEach(context, actor, 'contact permissions read', seen);
      return { customers };
    },
  );
};
