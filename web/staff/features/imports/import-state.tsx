import type { ReactNode } from 'react';
import classes from './imports.module.css';
import type { Import } from './imports.ts';

/** Where an import stands: a word first, a colour second. */
export function ImportState({
  state,
  children,
}: {
  readonly state: Pick<Import, 'status' | 'atWork'>;
  readonly children: ReactNode;
}): ReactNode {
  const isStuck = !state.atWork && (state.status === 'running' || state.status === 'reversing');
  return (
    <span className={classes['state']} data-state={isStuck ? 'interrupted' : state.status}>
      {children}
    </span>
  );
}
