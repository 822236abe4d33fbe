import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AppointmentStatusBadge } from '../../shared/appointment-status.tsx';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { useMay } from '../../shared/session.ts';
import classes from './appointments.module.css';
import type { Appointment } from './appointments.ts';
import { carWords, jobWords, meanwhileWords, workWords } from './appointments.ts';
import { sayTime } from './dates.ts';
import type { Moving } from './moving.ts';

interface AppointmentCardProps {
  readonly appointment: Appointment;
  readonly moving: Moving;
  readonly isShort?: boolean;
}

/** One appointment in the diary: a link to it that can be dragged, or moved by M and by Alt with an arrow. */
export function AppointmentCard({ appointment, moving, isShort = false }: AppointmentCardProps): ReactNode {
  const { id, arrivalTime, displayName, vehicle, jobs, meanwhile, adviserName, status } = appointment;
  const mayMove = useMay('appointments:write') && status === 'booked';
  const card = (
    <Link
      to="/appointments/$id"
      params={{ id }}
      className={classes['card']}
      data-row={true}
      data-appointment={id}
      data-status={status}
      data-short={isShort || undefined}
      draggable={mayMove}
      aria-keyshortcuts={mayMove ? 'M Alt+ArrowLeft Alt+ArrowRight' : undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', id);
        moving.drag(appointment);
      }}
      onDragEnd={() => moving.drag(null)}
      onKeyDown={(event) => {
        if (mayMove) moving.onCardKey(event, appointment);
      }}
    >
      <span className={classes['cardTop']}>
        <b>
          {sayTime(arrivalTime)} {isShort ? (vehicle.model ?? carWords(vehicle)) : carWords(vehicle)}
        </b>
        {(!isShort || status !== 'booked') && <AppointmentStatusBadge status={status} />}
      </span>
      {appointment.overbookedBecause !== null && (
        <span className={classes['over']}>Over capacity: {appointment.overbookedBecause}</span>
      )}
      {isShort ? (
        <span>{jobWords(jobs)}</span>
      ) : (
        <>
          <span>{displayName}</span>
          <span className={classes['quiet']}>
            {[workWords(jobs), meanwhileWords[meanwhile], adviserName].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
    </Link>
  );
  if (isShort) return card;
  return (
    <div className={classes['cardWithNumber']}>
      {card}
      <Reach customerId={appointment.customerId} show="phone" />
    </div>
  );
}
