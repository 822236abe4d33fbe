import { Group, NativeSelect, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { branchesQuery } from '../../shared/branches.ts';
import { sayCount } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import { Screen } from '../../shared/screen.tsx';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import type { DuplicateGround, DuplicatePage } from './duplicate-words.ts';
import { groundWords } from './duplicate-words.ts';
import { DuplicatesTable } from './duplicates-table.tsx';

const route = getRouteApi('/signed-in/customers/duplicates');
const every = '';

/** Records that look like one person: to be merged, checked, or told apart for good. */
export function DuplicatesScreen(): ReactNode {
  const { branch = null, ground = null } = route.useSearch();
  const query = { branch, ground, limit: 50 };
  // Below the customers: whoever merges two or tells them apart sees the list anew.
  const pages = usePages<DuplicatePage>('/duplicates', query, ['/customers', 'duplicates', query]);
  const { data, error, refetch } = pages;
  const [first] = data?.pages ?? [];
  const pairs = data?.pages.flatMap((page) => page.duplicates) ?? [];
  return (
    <Screen
      title="Duplicates"
      subtitle="Records that look like one person, the likeliest first. Nothing is merged by itself."
    >
      <Paper component="section" aria-label="Records that look like one person">
        <Filters />
        {first !== undefined && <HowFar search={first.search} />}
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {first !== undefined && pairs.length === 0 && <NoneFound search={first.search} />}
        {pairs.length > 0 && (
          <>
            <DuplicatesTable pairs={pairs} caption={captionOf(first?.count ?? null, pairs.length)} />
            <ShowMore
              pages={pages}
              shown={{ count: pairs.length, of: first?.count?.pairs ?? pairs.length }}
            />
          </>
        )}
      </Paper>
    </Screen>
  );
}

function captionOf(count: DuplicatePage['count'], shown: number): string {
  if (count?.orMore === true) return `More than ${sayCount(count.pairs, 'pair')} of records.`;
  return `${sayCount(count?.pairs ?? shown, 'pair')} of records.`;
}

function HowFar({ search }: Pick<DuplicatePage, 'search'>): ReactNode {
  if (search === null || search.finishedAt !== null) return null;
  return (
    <Text c="dimmed" mt="sm" role="status">
      Still comparing: {sayCount(search.examined, 'record')} of {sayCount(search.customers, 'record')} so far.
    </Text>
  );
}

function NoneFound({ search }: Pick<DuplicatePage, 'search'>): ReactNode {
  const { branch, ground } = route.useSearch();
  if (branch !== undefined || ground !== undefined) {
    return (
      <EmptyState title="Nobody here has this in common">
        Choose another branch, or any ground, to see more.
      </EmptyState>
    );
  }
  return search?.finishedAt == null ? (
    <EmptyState title="Nothing was found yet">
      The records are being compared; what is found appears here.
    </EmptyState>
  ) : (
    <EmptyState title="No two records look like one person">
      They are compared again every day, and new ones within seconds.
    </EmptyState>
  );
}

function Filters(): ReactNode {
  const navigate = route.useNavigate();
  const { branch = every, ground = every } = route.useSearch();
  const { data = [] } = useQuery(branchesQuery);
  const show = (search: { branch: string; ground: string }): void =>
    void navigate({
      search: {
        ...(search.branch === every ? {} : { branch: search.branch }),
        ...(search.ground === every ? {} : { ground: search.ground as DuplicateGround }),
      },
      replace: true,
    });
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label="What they have in common"
        value={ground}
        data={[
          { value: every, label: 'Anything' },
          ...Object.entries(groundWords).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => show({ branch, ground: event.currentTarget.value })}
      />
      {data.length > 1 && (
        <NativeSelect
          label="Branch"
          value={branch}
          data={[
            { value: every, label: 'All branches' },
            ...data.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(event) => show({ branch: event.currentTarget.value, ground })}
        />
      )}
    </Group>
  );
}
