import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import tabs from '../../shared/tabs.module.css';
import type { ReviewSearch } from './search.ts';

const views = [
  { to: '/reviews', label: 'Queue' },
  { to: '/reviews/calls', label: 'Call list' },
  { to: '/reviews/outcomes', label: 'Outcomes' },
] as const;

/** From the queue to whom of it we may phone, and to what came of it; the filters go along. */
export function ReviewViews({
  chosen,
  search,
}: {
  readonly chosen: (typeof views)[number]['to'];
  readonly search: ReviewSearch;
}): ReactNode {
  return (
    <nav aria-label="Views" className={tabs['tabs']}>
      {views.map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          search={search}
          activeOptions={{ exact: true }}
          className={tabs['tab']}
          aria-current={to === chosen ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
