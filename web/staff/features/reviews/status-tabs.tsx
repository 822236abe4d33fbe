import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sayNumber } from '../../shared/numbers.ts';
import tabs from '../../shared/tabs.module.css';
import type { ReviewStatus } from './review-status.ts';
import { reviewStatuses } from './review-status.ts';
import classes from './reviews.module.css';

const statusWords: Readonly<Record<ReviewStatus, string>> = {
  due: 'Due today',
  overdue: 'Overdue',
  never: 'Never asked',
};

interface StatusTabsProps {
  readonly chosen: ReviewStatus;
  readonly branch: string;
  /** Null while they are counted. */
  readonly counts: Readonly<Record<ReviewStatus, number>> | null;
}

/** The three queues with how many are in each: links, so that each has an address. */
export function StatusTabs({ chosen, branch, counts }: StatusTabsProps): ReactNode {
  return (
    <nav aria-label="Queues" className={tabs['tabs']}>
      {reviewStatuses.map((status) => (
        <Link
          key={status}
          to="/reviews"
          search={{ status, branch }}
          className={tabs['tab']}
          aria-current={status === chosen ? 'page' : undefined}
        >
          {statusWords[status]}
          {counts !== null && (
            <Badge className={classes['count'] ?? ''} variant="default" tt="none">
              {sayNumber(counts[status])}
            </Badge>
          )}
        </Link>
      ))}
    </nav>
  );
}
