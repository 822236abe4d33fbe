import { Group, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { read } from '../../shared/api.ts';
import { usePages } from '../../shared/paging.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { OutcomeList, TallyTable } from './outcome-tables.tsx';
import type { OutcomePage } from './outcome-words.ts';
import { sayNotAsked } from './outcome-words.ts';
import { BranchFilter } from './review-filters.tsx';
import { ReviewViews } from './review-views.tsx';
import type { OutcomeSearch } from './search.ts';
import { everyBranch } from './search.ts';

const route = getRouteApi('/signed-in/reviews/outcomes');

/** What came of reviews: who went through whose preferences, when, with which outcome, and how often nobody was asked. */
export function OutcomesScreen(): ReactNode {
  const session = useSession();
  const search = route.useSearch();
  const { branch = session.branch.code, adviser, from, to } = search;
  const who = adviser === 'nobody' ? undefined : adviser;
  const asked = { branch: branch === everyBranch ? null : branch, from, to };
  const totals = useQuery({
    queryKey: ['/reviews', 'outcomes', 'totals', asked],
    queryFn: ({ signal }) => read<OutcomePage>('/review-outcomes', { query: { ...asked, limit: 1 }, signal }),
  });
  const { data, error, refetch } = totals;
  const tallies = data?.tallies ?? [];
  const queue = { branch, ...(adviser === undefined ? {} : { adviser }) };
  return (
    <Screen
      title="Outcomes of reviews"
      subtitle="Who went through whose preferences, and how often nobody was asked."
    >
      <Group justify="space-between" align="flex-end" gap="sm" mb="md">
        <ReviewViews chosen="/reviews/outcomes" search={queue} />
        <OutcomeFilters search={search} branch={branch} days={data} tallies={tallies} />
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && tallies.length === 0 && (
        <EmptyState title="Nothing came of a review in these days">
          What is saved, confirmed, declined or left for another time in the preference pop-up appears here.
        </EmptyState>
      )}
      {data !== undefined && tallies.length > 0 && (
        <Stack>
          <Paper component="section" aria-labelledby="by-adviser">
            <Title order={2} id="by-adviser">
              By adviser
            </Title>
            <TallyTable tallies={tallies} showsBranch={branch === everyBranch} note={sayNotAsked(data)} />
          </Paper>
          <OutcomePages asked={{ ...asked, adviser: who }} />
        </Stack>
      )}
    </Screen>
  );
}

function OutcomePages({
  asked,
}: {
  readonly asked: Readonly<Record<string, string | null | undefined>>;
}): ReactNode {
  const pages = usePages<OutcomePage>('/review-outcomes', { ...asked, limit: 50 }, [
    '/reviews',
    'outcomes',
    asked,
  ]);
  const { data, error, refetch } = pages;
  const outcomes = data?.pages.flatMap((page) => page.outcomes) ?? [];
  return (
    <Paper component="section" aria-labelledby="one-by-one">
      <Title order={2} id="one-by-one">
        One by one
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && outcomes.length === 0 && <EmptyState title="Nothing of theirs in these days" />}
      {outcomes.length > 0 && <OutcomeList outcomes={outcomes} />}
      <ShowMore pages={pages} />
    </Paper>
  );
}

interface OutcomeFiltersProps {
  readonly search: OutcomeSearch;
  readonly branch: string;
  /** The days that are shown, once they are known. */
  readonly days: Pick<OutcomePage, 'from' | 'to'> | undefined;
  readonly tallies: NonNullable<OutcomePage['tallies']>;
}

function OutcomeFilters({ search, branch, days, tallies }: OutcomeFiltersProps): ReactNode {
  const navigate = route.useNavigate();
  const choose = (next: OutcomeSearch): void => void navigate({ search: next, replace: true });
  const { adviser, ...ofEverybody } = search;
  const people = new Map(
    tallies.flatMap((tally) => (tally.adviserId === null ? [] : [[tally.adviserId, tally.adviser]])),
  );
  if (adviser !== undefined && adviser !== 'nobody' && !people.has(adviser))
    people.set(adviser, 'One with none');
  const { from = days?.from ?? '', to = days?.to ?? '' } = search;
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        type="date"
        label="From"
        value={from}
        max={to}
        onChange={({ currentTarget: { value } }) => value !== '' && choose({ ...search, from: value })}
      />
      <TextInput
        type="date"
        label="Until"
        value={to}
        min={from}
        onChange={({ currentTarget: { value } }) => value !== '' && choose({ ...search, to: value })}
      />
      <BranchFilter branch={branch} choose={(code) => choose({ ...ofEverybody, branch: code })} />
      <NativeSelect
        label="Adviser"
        value={adviser === 'nobody' ? '' : (adviser ?? '')}
        data={[{ value: '', label: 'Everybody' }, ...[...people].map(([value, label]) => ({ value, label }))]}
        onChange={({ currentTarget: { value } }) =>
          choose(value === '' ? ofEverybody : { ...search, adviser: value })
        }
      />
    </Group>
  );
}
