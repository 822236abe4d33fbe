import { Button, Paper, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccessPage } from '../../../../src/features/access/log/contract.ts';
import { usePages } from '../../shared/paging.ts';
import { queryClient } from '../../shared/query-client.ts';
import { Screen } from '../../shared/screen.tsx';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { AccessFilters } from './access-filters.tsx';
import { AccessTable } from './access-table.tsx';
import type { AccessSearch } from './search.ts';

// What was read a minute ago is not what is in the log now.
queryClient.setQueryDefaults(['/accesses'], { staleTime: 0 });

const route = getRouteApi('/signed-in/access-log');

/** Who looked at whose data, and when: for whoever answers for it. */
export function AccessLogScreen(): ReactNode {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (wanted: AccessSearch): void => void navigate({ search: wanted, replace: true });
  const pages = usePages<AccessPage>('/accesses', { ...search });
  const { data, error, refetch } = pages;
  const accesses = data?.pages.flatMap((page) => page.accesses) ?? [];
  return (
    <Screen
      title="Who looked"
      subtitle="Every look at a customer, every search and every list that was taken out. Looking here is noted, too."
      actions={
        <Button component="a" variant="default" href={fileOf(search)} download={true}>
          Download as CSV
        </Button>
      }
    >
      <Paper component="section" aria-label="The log">
        <AccessFilters key={search.customer} search={search} change={change} />
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {accesses.length > 0 && <AccessTable accesses={accesses} />}
        {data !== undefined && accesses.length === 0 && (
          <EmptyState
            title="Nobody looked"
            action={
              Object.keys(search).length > 0 && (
                <Button variant="default" onClick={() => change({})}>
                  Show everything
                </Button>
              )
            }
          >
            Nothing of this kind was written down for whom and when you ask.
          </EmptyState>
        )}
        <ShowMore pages={pages} />
        {accesses.length > 0 && (
          <Text size="sm" c="dimmed" mt="md">
            What was searched for is never written down. Nothing here can be changed or removed.
          </Text>
        )}
      </Paper>
    </Screen>
  );
}

function fileOf(search: AccessSearch): string {
  const query = new URLSearchParams({ ...search });
  return `/api/v1/accesses:export?${query.toString()}`;
}
