import type { ReactNode } from 'react';
import classes from './state-badge.module.css';

/** What is held about one way of contact, as screens say it. */
export type PermissionState = 'consented' | 'existing' | 'assumed' | 'not-asked' | 'said-no' | 'withdrawn';

const words: Readonly<Record<PermissionState, string>> = {
  consented: 'Consented',
  existing: 'Existing customer',
  assumed: 'Assumed at upgrade',
  'not-asked': 'Not asked',
  'said-no': 'Said no',
  withdrawn: 'Withdrawn',
};

interface StateBadgeProps {
  readonly state: PermissionState;
  /** Other words for the same state, such as those the server sends. */
  readonly children?: ReactNode;
}

/** One word and one colour a state, the same everywhere; the word alone is enough. */
export function StateBadge({ state, children }: StateBadgeProps): ReactNode {
  return (
    <span className={classes['badge']} data-state={state}>
      {children ?? words[state]}
    </span>
  );
}
