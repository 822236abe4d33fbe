import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { foundReviewsSchema } from '../../../../src/features/reviews/contract.ts';
import { read } from '../../shared/api.ts';
import { sayCount } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import type { ReviewPage } from '../../shared/review-counts.ts';
import { sumOf } from '../../shared/review-counts.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { NobodyIsDue } from './nobody-is-due.tsx';
import type { ReviewStatus } from './review-status.ts';
import { countedAs } from './review-status.ts';
import { ReviewTable } from './review-table.tsx';
import type { ReviewSearch } from './search.ts';
import { everyBranch } from './search.ts';
import { StatusTabs } from './status-tabs.tsx';

interface QueueProps {
  readonly status: ReviewStatus;
  /** A code, or `all`. */
  readonly branch: string;
  readonly adviser: string | undefined;
  /** The same in the address, for the links to the other queues. */
  readonly search: ReviewSearch;
}

/** The queue page by page, below the tabs that count all three. */
export function WholeQueue(props: QueueProps & { readonly isHidden: boolean }): ReactNode {
  const { status, branch, adviser, search, isHidden } = props;
  const pages = usePages<ReviewPage>('/reviews', {
    status,
    branch: branch === everyBranch ? null : branch,
    adviser,
    limit: 50,
  });
  const { data, error, refetch } = pages;
  const branches = data?.pages[0]?.counts ?? null;
  const counts = branches === null ? null : sumOf(branches);
  const reviews = data?.pages.flatMap((page) => page.reviews) ?? [];
  const count = counts?.[countedAs[status]] ?? reviews.length;
  return (
    <>
      <StatusTabs chosen={status} search={search} counts={counts} />
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && !isHidden && <LoadingState />}
      {!isHidden && data !== undefined && reviews.length === 0 && counts !== null && (
        <NobodyIsDue status={status} search={search} counts={counts} />
      )}
      {!isHidden && reviews.length > 0 && (
        <>
          <ReviewTable
            reviews={reviews}
            showsBranch={branch === everyBranch}
            caption={captionOf(status, count)}
          />
          <ShowMore pages={pages} shown={{ count: reviews.length, of: count }} />
        </>
      )}
    </>
  );
}

/** Those of the queue who could be meant by what is typed, which travels in the body. */
export function FoundInQueue({
  status,
  branch,
  adviser,
  text,
}: QueueProps & { readonly text: string }): ReactNode {
  const body = {
    status,
    text: text.slice(0, 200),
    ...(branch === everyBranch ? {} : { branch }),
    ...(adviser === undefined ? {} : { adviser }),
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['/reviews', 'found', body],
    queryFn: async ({ signal }) =>
      (await read<z.infer<typeof foundReviewsSchema>>('/reviews:search', { body, signal })).reviews,
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  if (data.length === 0) {
    return (
      <EmptyState title="Nobody of that name or number is in this queue">
        They may be in another queue, at another branch, or not due at all.
      </EmptyState>
    );
  }
  return (
    <ReviewTable
      reviews={data}
      showsBranch={branch === everyBranch}
      caption={`${sayCount(data.length, 'customer')} of this queue could be meant.`}
    />
  );
}

function captionOf(status: ReviewStatus, count: number): string {
  const who = sayCount(count, 'customer');
  if (status === 'this_week') return `${who} to be asked from today until Sunday.`;
  if (status === 'overdue') return `${who} whose date has passed, the longest ago first.`;
  return `${who} nobody has asked since the upgrade.`;
}
