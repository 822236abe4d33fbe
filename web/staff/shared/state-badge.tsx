import type { ReactNode } from 'react';
import type { ShownState } from '../../../src/domain/shown-state.ts';
import { shownStateWords } from '../../../src/domain/shown-state.ts';
import classes from './state-badge.module.css';

interface StateBadgeProps {
  readonly state: ShownState;
  /** Other words for the same state, such as those the server sends. */
  readonly children?: ReactNode;
}

/** What is held about one way of contact: one word and one colour a state, the same everywhere; the word alone is enough. */
export function StateBadge({ state, children }: StateBadgeProps): ReactNode {
  return (
    <span className={classes['badge']} data-state={state}>
      {children ?? shownStateWords[state]}
    </span>
  );
}
