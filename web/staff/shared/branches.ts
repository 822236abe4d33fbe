import { queryOptions } from '@tanstack/react-query';
import type { BranchList } from '../../../src/features/branches/contract.ts';
import { read } from './api.ts';

/** The branches of the dealer, which hardly ever change. */
export const branchesQuery = queryOptions({
  queryKey: ['/branches'],
  queryFn: async ({ signal }) => (await read<BranchList>('/branches', { signal })).branches,
  staleTime: 300_000,
});
