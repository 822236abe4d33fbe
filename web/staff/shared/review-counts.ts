import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { reviewPageSchema } from '../../../src/features/reviews/contract.ts';
import { read } from './api.ts';

/** Whose preferences are to be gone through again. */
export type ReviewPage = z.infer<typeof reviewPageSchema>;
export type ReviewCounts = NonNullable<ReviewPage['counts']>[number];

/** How many are due at one branch, for the sidebar, Today and the queue itself. */
export function reviewCountsQuery(branch: string) {
  return queryOptions({
    queryKey: ['/reviews', 'counts', branch],
    queryFn: async ({ signal }) => {
      const query = { status: 'due', branch, limit: 1 };
      const { counts } = await read<ReviewPage>('/reviews', { query, signal });
      return sumOf(counts ?? []);
    },
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
}

/** Those of several branches together. */
export function sumOf(
  counts: readonly Pick<ReviewCounts, 'never' | 'due' | 'overdue'>[],
): Pick<ReviewCounts, 'never' | 'due' | 'overdue'> {
  const sum = { never: 0, due: 0, overdue: 0 };
  for (const { never, due, overdue } of counts) {
    sum.never += never;
    sum.due += due;
    sum.overdue += overdue;
  }
  return sum;
}
