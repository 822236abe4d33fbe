import type { z } from 'zod';
import { toTimestamp } from '../../../platform/database.ts';
import type { Routes, RoutesApp } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { recordAccess, recordAccessToEach } from '../../access/service.ts';
import { customerParams } from '../contract.ts';
import { customerIdOf } from '../service.ts';
import { pairJudgementSchema, pairsSchema } from './contract.ts';
import type { KnownPair } from './service.ts';
import { judgePair, pairsOf } from './service.ts';

const tags = ['Customers'];

export const pairRoutes: Routes = (app) => {
  routeRead(app);
  routeJudge(app);
};

function routeRead(app: RoutesApp): void {
  app.get(
    '/customers/:id/pairs',
    {
      config: { access: ['customers:read'] },
      schema: {
        operationId: 'readCustomerPairs',
        summary: 'With whom a record is being checked, and who was said to be another person',
        tags,
        params: customerParams,
        response: { 200: pairsSchema, ...problems(404) },
      },
    },
    async ({ context, actor, params }) => {
      const customerId = await customerIdOf(context, params.id);
      const pairs = await pairsOf(context, customerId);
      await recordAccess(context, actor, 'customer read', customerId);
      return present(customerId, pairs);
    },
  );
}

function routeJudge(app: RoutesApp): void {
  app.post(
    '/customers/:id(.+)::judge-pair',
    {
      config: { access: ['customers:write'] },
      schema: {
        operationId: 'judgeCustomerPair',
        summary: 'Say whether two records are probably the same person, or not',
        description:
          'While two records are being checked, marketing to either is denied with IDENTITY_UNRESOLVED; it ends when ' +
          'they are merged or said to be two people, and never by itself.',
        tags,
        params: customerParams,
        body: pairJudgementSchema,
        response: { 200: pairsSchema, ...problems(400, 404, 409) },
      },
    },
    async ({ context, actor, params, body }) => {
      const customerId = await customerIdOf(context, params.id);
      const otherId = await customerIdOf(context, body.other);
      await judgePair(context, [customerId, otherId], body.judgement, actor);
      const pairs = await pairsOf(context, customerId);
      await recordAccessToEach(context, actor, 'customer changed', [customerId, otherId]);
      return present(customerId, pairs);
    },
  );
}

function present(customerId: string, pairs: readonly KnownPair[]): z.input<typeof pairsSchema> {
  return { customerId, pairs: pairs.map((pair) => ({ ...pair, at: toTimestamp(pair.at) })) };
}
