import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { enquirySummarySchema } from '../../../../src/features/enquiries/contract.ts';
import { ScreenLink } from '../links.tsx';
import { Due } from './task-line.tsx';
import classes from './tasks.module.css';

type Enquiry = z.infer<typeof enquirySummarySchema>;

/** What is done next about an enquiry, among the tasks; it is done on the enquiry. */
export function NextActionLine(props: {
  readonly enquiry: Enquiry;
  readonly showsCustomer: boolean;
}): ReactNode {
  const { id, nextAction, overdueDays, displayName, ownerName } = props.enquiry;
  if (nextAction === null) return null;
  return (
    <li className={classes['line']} data-enquiry={id}>
      <span aria-hidden="true">→</span>
      <div>
        <ScreenLink to="/enquiries/$id" params={{ id }} fw={600} data-row={true}>
          {nextAction.what}
        </ScreenLink>
        <div className={classes['words']}>
          <Due on={nextAction.on} overdueDays={overdueDays} />
          <span>next on the enquiry{props.showsCustomer ? ` of ${displayName}` : ''}</span>
          {!props.showsCustomer && <span>{ownerName ?? 'nobody’s yet'}</span>}
        </div>
      </div>
    </li>
  );
}
