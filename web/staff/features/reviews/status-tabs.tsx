import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sayNumber } from '../../shared/numbers.ts';
import tabs from '../../shared/tabs.module.css';
import type { ReviewStatus, StatusCounts } from './review-status.ts';
import { countedAs, reviewStatuses, statusWords } from './review-status.ts';
import classes from './reviews.module.css';
import type { ReviewSearch } from './search.ts';

interface StatusTabsProps {
  readonly chosen: ReviewStatus;
  readonly search: ReviewSearch;
  /** Null while they are counted. */
  readonly counts: StatusCounts | null;
}

/** The three queues with how many are in each: links, so that each has an address. */
export function StatusTabs({ chosen, search, counts }: StatusTabsProps): ReactNode {
  return (
    <nav aria-label="Queues" className={tabs['tabs']}>
      {reviewStatuses.map((status) => (
        <Link
          key={status}
          to="/reviews"
          search={{ ...search, status }}
          className={tabs['tab']}
          aria-current={status === chosen ? 'page' : undefined}
        >
          {statusWords[status]}
          {counts !== null && (
            <Badge className={classes['count'] ?? ''} variant="default" tt="none">
              {sayNumber(counts[countedAs[status]])}
            </Badge>
          )}
        </Link>
      ))}
    </nav>
  );
}
