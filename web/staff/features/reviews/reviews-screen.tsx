import { Group, NativeSelect, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { branchesQuery } from '../../shared/branches.ts';
import { sayCount } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import type { ReviewPage } from '../../shared/review-counts.ts';
import { sumOf } from '../../shared/review-counts.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { NobodyIsDue } from './nobody-is-due.tsx';
import type { ReviewStatus } from './review-status.ts';
import { ReviewTable } from './review-table.tsx';
import { StatusTabs } from './status-tabs.tsx';

const route = getRouteApi('/signed-in/reviews');
const everyBranch = 'all';

/** Whose preferences are to be gone through again: due today, overdue, or never since the upgrade. */
export function ReviewsScreen(): ReactNode {
  const session = useSession();
  const { status = 'due', branch = session.branch.code } = route.useSearch();
  const pages = usePages<ReviewPage>('/reviews', {
    status,
    branch: branch === everyBranch ? null : branch,
    limit: 50,
  });
  const { data, error, refetch } = pages;
  const branches = data?.pages[0]?.counts ?? null;
  const counts = branches === null ? null : sumOf(branches);
  const reviews = data?.pages.flatMap((page) => page.reviews) ?? [];
  return (
    <Screen
      title="Reviews due"
      subtitle="Whom to ask again how we may keep in touch. Opening somebody opens the question."
    >
      <Paper component="section" aria-label="The queue">
        <Group justify="space-between" align="flex-end" gap="sm">
          <StatusTabs chosen={status} branch={branch} counts={counts} />
          <BranchFilter branch={branch} status={status} />
        </Group>
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {data !== undefined && reviews.length === 0 && counts !== null && (
          <NobodyIsDue status={status} branch={branch} counts={counts} />
        )}
        {reviews.length > 0 && (
          <>
            <ReviewTable
              reviews={reviews}
              showsBranch={branch === everyBranch}
              caption={captionOf(status, counts?.[status] ?? reviews.length)}
            />
            <ShowMore
              pages={pages}
              shown={{ count: reviews.length, of: counts?.[status] ?? reviews.length }}
            />
          </>
        )}
      </Paper>
    </Screen>
  );
}

function captionOf(status: ReviewStatus, count: number): string {
  const who = sayCount(count, 'customer');
  if (status === 'due') return `${who} to be asked today.`;
  if (status === 'overdue') return `${who} whose date has passed, the longest ago first.`;
  return `${who} nobody has asked since the upgrade.`;
}

function BranchFilter({
  branch,
  status,
}: {
  readonly branch: string;
  readonly status: ReviewStatus;
}): ReactNode {
  const navigate = route.useNavigate();
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
      onChange={(event) =>
        void navigate({ search: { status, branch: event.currentTarget.value }, replace: true })
      }
    />
  );
}
