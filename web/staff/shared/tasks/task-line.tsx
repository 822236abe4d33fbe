import { Checkbox, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScreenLink } from '../links.tsx';
import { sayCount } from '../numbers.ts';
import { WhenText } from '../when-text.tsx';
import classes from './tasks.module.css';
import type { Task } from './tasks.ts';
import { useDone } from './use-done.ts';

interface TaskLineProps {
  readonly task: Task;
  readonly open: (task: Task) => void;
  /** Left out where whoever looks knows it already. */
  readonly showsWhose: boolean;
  readonly showsCustomer: boolean;
}

/** One task: done at a press, and opened by what it says. */
export function TaskLine({ task, open, showsWhose, showsCustomer }: TaskLineProps): ReactNode {
  const done = useDone();
  const { what, doneAt, dueOn, overdueDays, assignedToName, customer, vehicle, enquiryId } = task;
  return (
    <li className={classes['line']} data-task={task.id}>
      <Checkbox
        mt={3}
        checked={doneAt !== null}
        aria-label={`Done: ${what}`}
        onChange={() => void done(task)}
      />
      <div>
        <UnstyledButton
          className={classes['what'] ?? ''}
          data-done={doneAt !== null || undefined}
          data-row={true}
          onClick={() => open(task)}
        >
          {what}
        </UnstyledButton>
        <div className={classes['words']}>
          <Due on={dueOn} overdueDays={overdueDays} />
          {showsWhose && <span>{assignedToName}</span>}
          {showsCustomer && customer !== null && (
            <ScreenLink to="/customers/$id" params={{ id: customer.id }} inherit={true}>
              {customer.displayName}
            </ScreenLink>
          )}
          {vehicle !== null && <span>{vehicle.name}</span>}
          {enquiryId !== null && (
            <ScreenLink to="/enquiries/$id" params={{ id: enquiryId }} inherit={true}>
              the enquiry
            </ScreenLink>
          )}
        </div>
      </div>
    </li>
  );
}

/** When it is due; what should have been done by now says for how long. */
export function Due({ on, overdueDays }: { readonly on: string; readonly overdueDays: number }): ReactNode {
  return (
    <span className={classes['due']} data-overdue={overdueDays > 0 || undefined}>
      {overdueDays > 0 ? (
        `${sayCount(overdueDays, 'day')} overdue`
      ) : (
        <>
          due <WhenText when={on} />
        </>
      )}
    </span>
  );
}
