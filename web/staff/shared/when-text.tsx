import type { ReactNode } from 'react';
import { nowOfBrowser } from './clock.ts';
import { sayDay, sayInstant, sayWholeDay } from './days.ts';

interface WhenTextProps {
  /** A date (2026-05-23) or an instant (2026-05-23T09:00:00Z). */
  readonly when: string;
  readonly withTime?: boolean;
}

/** A date as people say it; pointing at it shows the whole date. */
export function WhenText({ when, withTime = false }: WhenTextProps): ReactNode {
  const now = nowOfBrowser();
  return (
    <time dateTime={when} title={sayWholeDay(when)}>
      {withTime ? sayInstant(when, now) : sayDay(when, now)}
    </time>
  );
}
