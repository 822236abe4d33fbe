import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import classes from './app-shell.module.css';
import { sayNumber } from './numbers.ts';
import { reviewCountsQuery } from './review-counts.ts';
import { useSession } from './session.ts';

/** How many are to be asked at the branch worked at, due today or before. */
export function ReviewsWaiting(): ReactNode {
  const { branch } = useSession();
  const { data } = useQuery(reviewCountsQuery(branch.code));
  const waiting = data === undefined ? 0 : data.due + data.overdue;
  if (waiting === 0) return null;
  return (
    <Badge className={classes['count'] ?? ''} aria-label={`${sayNumber(waiting)} due`}>
      {sayNumber(waiting)}
    </Badge>
  );
}
