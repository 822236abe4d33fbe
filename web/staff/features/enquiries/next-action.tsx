import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { sayCount } from '../../shared/numbers.ts';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';
import type { EnquirySummary } from './enquiries.ts';

/** What is done next and when, in words; what should have been done by now says for how long. */
export function NextAction({
  enquiry,
}: {
  readonly enquiry: Pick<EnquirySummary, 'nextAction' | 'overdueDays' | 'open'>;
}): ReactNode {
  const { nextAction, overdueDays, open } = enquiry;
  if (nextAction === null) {
    return (
      <Text span size="sm" c="dimmed">
        {open ? 'No next action' : '–'}
      </Text>
    );
  }
  return (
    <span className={classes['action']}>
      <span>{nextAction.what}</span>
      <span className={classes['due']} data-overdue={overdueDays > 0 || undefined}>
        {overdueDays > 0 ? (
          `${sayCount(overdueDays, 'day')} overdue`
        ) : (
          <>
            due <WhenText when={nextAction.on} />
          </>
        )}
      </span>
    </span>
  );
}
