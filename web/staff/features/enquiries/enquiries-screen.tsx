import { Button, Group, NativeSelect, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { branchesQuery } from '../../shared/branches.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import tabs from '../../shared/tabs.module.css';
import classes from './enquiries.module.css';
import type { EnquiryPage, Filters } from './enquiries.ts';
import { EnquiryBoard } from './enquiry-board.tsx';
import { EnquiryTable } from './enquiry-table.tsx';
import { LeadFaults } from './lead-faults.tsx';
import type { EnquirySearch, EnquiryStatus } from './search.ts';
import { enquiryStatuses } from './search.ts';

const route = getRouteApi('/signed-in/enquiries');
const everyBranch = 'all';

const statusWords: Readonly<Record<EnquiryStatus, string>> = {
  open: 'Open',
  overdue: 'Overdue',
  closed: 'Closed',
};

/** Who wants to buy, and what is to be done about it: as a list, or as a board by stage. */
export function EnquiriesScreen(): ReactNode {
  const search = route.useSearch();
  const filters = useFilters(search);
  const mayEnter = useMay('enquiries:write');
  const navigate = useNavigate();
  const enter = (): void => void navigate({ to: '/enquiries/new' });
  useShortcut({ key: 'c' }, enter, mayEnter);
  return (
    <Screen
      title="Sales enquiries"
      subtitle="Who wants to buy, and what is to be done next. What is overdue comes first."
      actions={
        mayEnter && (
          <Button onClick={enter} aria-keyshortcuts="C">
            New enquiry&nbsp;<KeyHint>C</KeyHint>
          </Button>
        )
      }
    >
      <LeadFaults />
      <Group justify="space-between" align="flex-end" gap="sm" mb="md">
        <Views search={search} />
        <FilterFields search={search} branch={filters.branch ?? everyBranch} />
      </Group>
      {search.view === 'board' ? (
        <EnquiryBoard filters={filters} />
      ) : (
        <EnquiryList status={search.status ?? 'open'} search={search} filters={filters} />
      )}
    </Screen>
  );
}

function useFilters({ branch, owner }: EnquirySearch): Filters {
  const session = useSession();
  const code = branch ?? session.branch.code;
  return { branch: code === everyBranch ? null : code, owner: owner === 'me' ? session.user.id : null };
}

function Views({ search }: { readonly search: EnquirySearch }): ReactNode {
  const { view: _, status: __, ...kept } = search;
  return (
    <nav aria-label="Views" className={tabs['tabs']}>
      <Link
        to="/enquiries"
        search={kept}
        activeOptions={{ exact: true }}
        className={tabs['tab']}
        aria-current={search.view === undefined ? 'page' : undefined}
      >
        List
      </Link>
      <Link
        to="/enquiries"
        search={{ ...kept, view: 'board' }}
        activeOptions={{ exact: true }}
        className={tabs['tab']}
        aria-current={search.view === 'board' ? 'page' : undefined}
      >
        Board
      </Link>
    </nav>
  );
}

function FilterFields({
  search,
  branch,
}: {
  readonly search: EnquirySearch;
  readonly branch: string;
}): ReactNode {
  const navigate = route.useNavigate();
  const { data: branches = [] } = useQuery(branchesQuery);
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label="Owner"
        value={search.owner ?? ''}
        data={[
          { value: '', label: 'Everybody' },
          { value: 'me', label: 'Mine' },
        ]}
        onChange={(event) => {
          const { owner: _, ...kept } = search;
          const wanted = event.currentTarget.value === 'me' ? { owner: 'me' as const } : {};
          void navigate({ search: { ...kept, ...wanted }, replace: true });
        }}
      />
      {branches.length > 1 && (
        <NativeSelect
          label="Branch"
          value={branch}
          data={[
            { value: everyBranch, label: 'All branches' },
            ...branches.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(event) =>
            void navigate({ search: { ...search, branch: event.currentTarget.value }, replace: true })
          }
        />
      )}
    </Group>
  );
}

interface EnquiryListProps {
  readonly status: EnquiryStatus;
  readonly search: EnquirySearch;
  readonly filters: Filters;
}

function EnquiryList({ status, search, filters }: EnquiryListProps): ReactNode {
  const query = { status, ...filters, limit: 50 };
  const pages = usePages<EnquiryPage>('/enquiries', query, ['/enquiries', 'list', query]);
  const { data, error, refetch } = pages;
  const counts = data?.pages[0]?.counts ?? null;
  const enquiries = data?.pages.flatMap((page) => page.enquiries) ?? [];
  return (
    <Paper component="section" aria-label="The list">
      <nav aria-label="Which enquiries" className={tabs['tabs']}>
        {enquiryStatuses.map((each) => (
          <Link
            key={each}
            to="/enquiries"
            search={{ ...search, status: each }}
            activeOptions={{ exact: true }}
            className={tabs['tab']}
            aria-current={each === status ? 'page' : undefined}
          >
            {statusWords[each]}
            {counts !== null && <span className={classes['count']}>{sayNumber(counts[each])}</span>}
          </Link>
        ))}
      </nav>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && enquiries.length === 0 && <NoEnquiries status={status} />}
      {enquiries.length > 0 && (
        <>
          <EnquiryTable
            enquiries={enquiries}
            showsBranch={filters.branch === null}
            isClosed={status === 'closed'}
            caption={captionOf(status, counts?.[status] ?? enquiries.length)}
          />
          <ShowMore
            pages={pages}
            shown={{ count: enquiries.length, of: counts?.[status] ?? enquiries.length }}
          />
        </>
      )}
    </Paper>
  );
}

function captionOf(status: EnquiryStatus, count: number): string {
  const which = sayCount(count, 'enquiry', 'enquiries');
  if (status === 'open') return `${which} open, overdue actions first.`;
  if (status === 'overdue') return `${which} with an action whose day has passed, the longest ago first.`;
  return `${which} sold or lost, the latest first.`;
}

const emptyWords: Readonly<Record<EnquiryStatus, { title: string; text: string }>> = {
  open: {
    title: 'Nobody is waiting',
    text: 'When somebody asks about a vehicle, enter it here: who, what they want, and what is done next.',
  },
  overdue: { title: 'Nothing is overdue', text: 'Every next action is still to come.' },
  closed: { title: 'Nothing was sold or lost yet', text: 'What has ended is kept here, with the reason.' },
};

function NoEnquiries({ status }: { readonly status: EnquiryStatus }): ReactNode {
  return <EmptyState title={emptyWords[status].title}>{emptyWords[status].text}</EmptyState>;
}
