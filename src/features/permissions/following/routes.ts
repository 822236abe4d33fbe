import type { Routes } from '../../../platform/http.ts';
import { eventStreamAnswer } from '../../../platform/http-event-streams.ts';
import { problems } from '../../../platform/http-problem.ts';
import { customerParams } from '../../customers/contract.ts';
import { customerIdOf } from '../../customers/service.ts';
import { preferencePosition } from './service.ts';

/** For a pop-up or a panel that is open: word that what it shows has changed, whoever changed it and wherever. */
export const preferenceStreamRoutes: Routes = (app) => {
  app.get(
    '/customers/:id/preferences/changes',
    {
      config: { access: ['permissions:read'] },
      // why: the answer has no end, so that nothing can be said of it without giving it.
      exposeHeadRoute: false,
      schema: {
        operationId: 'followPreferences',
        summary: 'Hear that the preferences of a customer changed',
        description:
          'Server-sent events. `changed` says where the preferences stand, first at once and then whenever that ' +
          'differs: the ledger position `sequence`, and `judgedAt`. It says nothing else; read the preferences again. ' +
          '`over`: the caller may not ask any more. Every other end is one to connect again after.',
        tags: ['Preferences'],
        params: customerParams,
        response: { ...eventStreamAnswer, ...problems(404) },
      },
    },
    async (request, reply) => {
      const { context, params } = request;
      const id = await customerIdOf(context, params.id);
      return app.eventStreams.begin(request, reply, {
        subject: `customer:${id}`,
        position: async () => JSON.stringify(await preferencePosition(context, id)),
      });
    },
  );
};
