import { Alert, Button, Group, NativeSelect, Paper, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type { callPageSchema } from '../../../../src/features/reviews/calls/contract.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayInstant } from '../../shared/days.ts';
import { usePages } from '../../shared/paging.ts';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { CallRows } from './call-rows.tsx';
import { HandOutDialog } from './hand-out-dialog.tsx';
import { AdviserFilter, BranchFilter } from './review-filters.tsx';
import { statusWords } from './review-status.ts';
import { ReviewViews } from './review-views.tsx';
import type { ReviewSearch } from './search.ts';
import { everyBranch } from './search.ts';

const route = getRouteApi('/signed-in/reviews/calls');
type CallPage = z.infer<typeof callPageSchema>;

/** Whom of a queue we may phone to ask: each is decided as the marketing call that it is. */
export function CallsScreen(): ReactNode {
  const session = useSession();
  const mayHandOut = useMay('exports');
  const search = route.useSearch();
  const { status = 'this_week', branch = session.branch.code, adviser } = search;
  const [handsOut, setHandsOut] = useState(false);
  const queue = {
    status,
    ...(branch === everyBranch ? {} : { branch }),
    ...(adviser === undefined ? {} : { adviser }),
  };
  const pages = usePages<CallPage>('/review-calls', { ...queue, limit: 50 }, ['/reviews', 'calls', queue]);
  const { data, error, refetch } = pages;
  const first = data?.pages[0];
  const calls = data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <Screen
      title="Call list"
      subtitle="Those of the queue whom we may phone to ask. A call that asks for permission is marketing, and each is decided as that."
      actions={
        mayHandOut && calls.length > 0 && <Button onClick={() => setHandsOut(true)}>Hand the list out</Button>
      }
    >
      <Group justify="space-between" align="flex-end" gap="sm" mb="md">
        <ReviewViews chosen="/reviews/calls" search={search} />
        <CallFilters search={search} branch={branch} />
      </Group>
      <Paper component="section" aria-label="The call list">
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {first !== undefined && <HoursNote hours={first.hours} />}
        {first?.overdueBlocks === true && <BlocksNote />}
        {data !== undefined && calls.length === 0 && <NobodyToPhone goesOn={pages.hasNextPage} />}
        {calls.length > 0 && <CallRows calls={calls} showsBranch={branch === everyBranch} />}
        <ShowMore pages={pages} />
      </Paper>
      {handsOut && <HandOutDialog queue={queue} close={() => setHandsOut(false)} />}
    </Screen>
  );
}

function CallFilters({
  search,
  branch,
}: {
  readonly search: ReviewSearch;
  readonly branch: string;
}): ReactNode {
  const navigate = route.useNavigate();
  const choose = (next: ReviewSearch): void => void navigate({ search: next, replace: true });
  const { adviser, ...ofEverybody } = search;
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label="Queue"
        value={search.status ?? 'this_week'}
        data={Object.entries(statusWords).map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          choose({ ...search, status: event.currentTarget.value as keyof typeof statusWords })
        }
      />
      <BranchFilter branch={branch} choose={(code) => choose({ ...ofEverybody, branch: code })} />
      <AdviserFilter
        branch={branch}
        adviser={adviser}
        choose={(id) => choose(id === undefined ? ofEverybody : { ...search, adviser: id })}
      />
    </Group>
  );
}

function HoursNote({ hours }: { readonly hours: CallPage['hours'] }): ReactNode {
  const until = sayInstant(hours.changesAt, nowOfBrowser());
  if (hours.open) {
    return (
      <Text c="dimmed" mb="sm">
        Calls may be made until {until}.
      </Text>
    );
  }
  return (
    <Alert color="yellow" variant="light" mb="sm" title="Nobody may be phoned at this hour">
      <Text c="var(--text)">Calls may be made again from {until}.</Text>
    </Alert>
  );
}

function BlocksNote(): ReactNode {
  return (
    <Alert color="yellow" variant="light" mb="sm" title="An overdue review blocks marketing here">
      <Text c="var(--text)">
        The policy in force refuses marketing to whoever is overdue or was never asked, and so refuses this
        call. Ask them when they are next here.
      </Text>
    </Alert>
  );
}

function NobodyToPhone({ goesOn }: { readonly goesOn: boolean }): ReactNode {
  if (goesOn) return <Text>Nobody of these may be phoned any more. There are others.</Text>;
  return (
    <EmptyState title="Nobody of this queue may be phoned">
      To phone somebody needs their yes to calls, or a number that no register and no refusal speaks against.
      Ask the others when they are next here.
    </EmptyState>
  );
}
