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

type Tally = Pick<ReviewCounts, 'never' | 'due' | 'thisWeek' | 'overdue'>;

/** Those of several branches together. */
export function sumOf(counts: readonly Tally[]): Tally {
  const sum = { never: 0, due: 0, thisWeek: 0, overdue: 0 };
  for (const { never, due, thisWeek, overdue } of counts) {
    sum.never += never;
    sum.due += due;
    sum.thisWeek += thisWeek;
    sum.overdue += overdue;
  }
  return sum;
}
