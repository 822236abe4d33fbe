import type { ReactNode } from 'react';
import type { AppointmentStatus } from '../../../src/domain/appointment-status.ts';
import { appointmentStatusWords } from '../../../src/domain/appointment-status.ts';
import classes from './appointment-status.module.css';

/** Where a car stands: a word, and a colour that repeats it. */
export function AppointmentStatusBadge({ status }: { readonly status: AppointmentStatus }): ReactNode {
  return (
    <span className={classes['status']} data-status={status}>
      {appointmentStatusWords[status]}
    </span>
  );
}
