import { toTimestamp } from '../../platform/database.ts';
import type { Routes } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { policyQuery, policySchema } from './contract.ts';
import { policyAt } from './service.ts';

export const policyRoutes: Routes = (app) => {
  app.get(
    '/policy',
    {
      config: { access: ['policy:read'] },
      schema: {
        operationId: 'readPolicy',
        summary: 'The policy in force',
        description: 'The names of those who chose it stay in the register of the dealer.',
        tags: ['Policy'],
        querystring: policyQuery,
        response: { 200: policySchema, ...problems() },
      },
    },
    async ({ context, query }) => {
      const policy = await policyAt(context, query.asOf === undefined ? undefined : Date.parse(query.asOf));
      return {
        version: policy.id,
        settings: policy.settings,
        effectiveAt: toTimestamp(policy.effectiveAt),
        nextEffectiveAt: policy.nextEffectiveAt === null ? null : toTimestamp(policy.nextEffectiveAt),
        chosenExplicitly: policy.chosenExplicitly,
        reason: policy.reason,
        recordedAt: toTimestamp(policy.recordedAt),
      };
    },
  );
};
