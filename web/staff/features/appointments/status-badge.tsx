import type { ReactNode } from 'react';
import type { AppointmentStatus } from '../../../../src/domain/appointment-status.ts';
import { appointmentStatusWords } from '../../../../src/domain/appointment-status.ts';
import classes from './appointments.module.css';

/** Where a car stands: a word, and a colour that repeats it. */
export function StatusBadge({ status }: { readonly status: AppointmentStatus }): ReactNode {
  return (
    <span className={classes['status']} data-status={status}>
      {appointmentStatusWords[status]}
    </span>
  );
}
