import type { z } from 'zod';
import type { Context } from '../../../platform/context.ts';
import { expectedVersion, writeEntityTag } from '../../../platform/entity-tag.ts';
import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { findBranch } from '../../branches/service.ts';
import { branchParams, hoursChangesSchema, workshopHoursSchema } from './contract.ts';
import { changeHours, hoursOf } from './service.ts';

export const workshopHoursRoutes: Routes = (app) => {
  app.get(
    '/workshop-hours/:branch',
    {
      config: { access: ['appointments:read'] },
      schema: {
        operationId: 'readWorkshopHours',
        summary: 'When the workshop of a branch is open, and how much it can do',
        description: 'Until somebody says otherwise, the usual hours hold.',
        tags: ['Workshop'],
        params: branchParams,
        response: { 200: workshopHoursSchema, ...problems(400) },
      },
    },
    async ({ context, params }, reply) => {
      const answer = await present(context, params.branch);
      writeEntityTag(reply, answer.version);
      return answer;
    },
  );
  app.patch(
    '/workshop-hours/:branch',
    {
      config: { access: ['workshop:write'] },
      schema: {
        operationId: 'changeWorkshopHours',
        summary: 'Change hours and capacity of the workshop of a branch',
        description: 'What is left out stays. What is booked already stays booked.',
        tags: ['Workshop'],
        params: branchParams,
        body: hoursChangesSchema,
        response: { 200: workshopHoursSchema, ...problems(400, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      const { id } = await findBranch(context, params.branch);
      await changeHours(context, id, body, { expectedVersion: expectedVersion(request), actor });
      const answer = await present(context, params.branch);
      writeEntityTag(reply, answer.version);
      return answer;
    },
  );
};

async function present(context: Context, branch: string): Promise<z.input<typeof workshopHoursSchema>> {
  const { id, code } = await findBranch(context, branch);
  const { settings, version } = await hoursOf(context, id);
  const { week, exceptions, leadDays } = settings;
  return { branch: code, settings: { week: [...week], exceptions: [...exceptions], leadDays }, version };
}
