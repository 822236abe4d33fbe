import type { ReactNode } from 'react';
import { ButtonLink } from '../../shared/links.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { EmptyState } from '../../shared/states.tsx';
import type { ReviewStatus, StatusCounts } from './review-status.ts';
import { countedAs } from './review-status.ts';
import type { ReviewSearch } from './search.ts';

interface NobodyIsDueProps {
  readonly status: ReviewStatus;
  readonly search: ReviewSearch;
  readonly counts: StatusCounts;
}

const titles: Readonly<Record<ReviewStatus, string>> = {
  this_week: 'Nobody is due this week',
  overdue: 'Nobody is overdue',
  never: 'Everybody was asked since the upgrade',
};

/** An empty queue, and where there is still somebody to ask. */
export function NobodyIsDue({ status, search, counts }: NobodyIsDueProps): ReactNode {
  const other = (['overdue', 'this_week', 'never'] as const).find(
    (each) => each !== status && counts[countedAs[each]] > 0,
  );
  return (
    <EmptyState
      title={titles[status]}
      action={
        other !== undefined && (
          <ButtonLink to="/reviews" search={{ ...search, status: other }} variant="default">
            {nextStep(other, counts[countedAs[other]])}
          </ButtonLink>
        )
      }
    >
      Whoever falls due appears here by themselves, and the question opens when their record is opened.
    </EmptyState>
  );
}

function nextStep(status: ReviewStatus, count: number): string {
  if (status === 'overdue') return `See ${sayCount(count, 'customer')} overdue`;
  if (status === 'this_week') return `See ${sayCount(count, 'customer')} due this week`;
  return `See ${sayCount(count, 'customer')} never asked`;
}
