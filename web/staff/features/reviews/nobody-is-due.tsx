import type { ReactNode } from 'react';
import { ButtonLink } from '../../shared/links.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { EmptyState } from '../../shared/states.tsx';
import type { ReviewStatus } from './review-status.ts';

interface NobodyIsDueProps {
  readonly status: ReviewStatus;
  readonly branch: string;
  readonly counts: Readonly<Record<ReviewStatus, number>>;
}

const titles: Readonly<Record<ReviewStatus, string>> = {
  due: 'Nobody is due today',
  overdue: 'Nobody is overdue',
  never: 'Everybody was asked since the upgrade',
};

/** An empty queue, and where there is still somebody to ask. */
export function NobodyIsDue({ status, branch, counts }: NobodyIsDueProps): ReactNode {
  const other = (['overdue', 'due', 'never'] as const).find((each) => each !== status && counts[each] > 0);
  return (
    <EmptyState
      title={titles[status]}
      action={
        other !== undefined && (
          <ButtonLink to="/reviews" search={{ status: other, branch }} variant="default">
            {nextStep(other, counts[other])}
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
  if (status === 'due') return `See ${sayCount(count, 'customer')} due today`;
  return `See ${sayCount(count, 'customer')} never asked`;
}
