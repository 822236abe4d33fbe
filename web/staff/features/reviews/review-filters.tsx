import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { reviewAdvisersSchema } from '../../../../src/features/reviews/contract.ts';
import { read } from '../../shared/api.ts';
import { branchesQuery } from '../../shared/branches.ts';
import { everyBranch } from './search.ts';

interface BranchFilterProps {
  readonly branch: string;
  readonly choose: (branch: string) => void;
}

export function BranchFilter({ branch, choose }: BranchFilterProps): ReactNode {
  const { data = [] } = useQuery(branchesQuery);
  if (data.length < 2) return null;
  return (
    <NativeSelect
      label="Branch"
      value={branch}
      data={[
        { value: everyBranch, label: 'All branches' },
        ...data.map(({ code, name }) => ({ value: code, label: name })),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

interface AdviserFilterProps {
  readonly branch: string;
  readonly adviser: string | undefined;
  readonly choose: (adviser: string | undefined) => void;
}

/** Whose customers: advisers who have some waiting, and those of no adviser. */
export function AdviserFilter({ branch, adviser, choose }: AdviserFilterProps): ReactNode {
  const code = branch === everyBranch ? null : branch;
  const { data = [] } = useQuery({
    queryKey: ['/reviews', 'advisers', code],
    queryFn: async ({ signal }) => {
      const query = { branch: code };
      return (await read<z.infer<typeof reviewAdvisersSchema>>('/review-advisers', { query, signal }))
        .advisers;
    },
    staleTime: 60_000,
  });
  const isListed = adviser === undefined || adviser === 'nobody' || data.some(({ id }) => id === adviser);
  return (
    <NativeSelect
      label="Adviser"
      value={adviser ?? ''}
      data={[
        { value: '', label: 'Everybody' },
        ...data.map(({ id, fullName }) => ({ value: id, label: fullName })),
        ...(isListed ? [] : [{ value: adviser, label: 'One with nobody waiting' }]),
        { value: 'nobody', label: 'Nobody’s customers' },
      ]}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
    />
  );
}
