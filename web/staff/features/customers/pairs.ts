import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { pairJudgementSchema, pairsSchema } from '../../../../src/features/customers/pairs/contract.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';
import { pathOf } from './customer.ts';

/** Two records that may be one person, and what somebody said of them. */
type Pairs = z.infer<typeof pairsSchema>;
export type Pair = Pairs['pairs'][number];
export type PairJudgement = z.infer<typeof pairJudgementSchema>['judgement'];

export function pairsQuery(id: string) {
  return queryOptions({
    queryKey: ['/customers', id, 'pairs'],
    queryFn: async ({ signal }) => (await read<Pairs>(`${pathOf(id)}/pairs`, { signal })).pairs,
  });
}

/** Says what two records are to one another; whatever shows either of them reads it again. */
export async function judgePair(
  queries: QueryClient,
  ids: readonly [string, string],
  judgement: PairJudgement,
): Promise<void> {
  const body = { other: ids[1], judgement };
  await ask(`${pathOf(ids[0])}:judge-pair`, { body, idempotencyKey: newIdempotencyKey() });
  await queries.invalidateQueries({ queryKey: ['/customers'] });
}
