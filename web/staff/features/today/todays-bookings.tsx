import { Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { isGivenUp } from '../../../../src/domain/appointment-status.ts';
import { jobTypeWords } from '../../../../src/domain/workshop.ts';
import type { AppointmentAnswer, diarySchema } from '../../../../src/features/appointments/contract.ts';
import { read } from '../../shared/api.ts';
import { AppointmentStatusBadge } from '../../shared/appointment-status.tsx';
import { contactPermissionsQuery } from '../../shared/contact-permissions/contact-permissions.ts';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import { ButtonLink, ScreenLink } from '../../shared/links.tsx';
import { vehicleName } from '../../shared/no-longer-owned.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import classes from './today.module.css';

/** Who comes to the workshop today, in the order in which they arrive, and whom to ask about their preferences. */
export function TodaysBookings({ branch }: { readonly branch: string }): ReactNode {
  const mayBook = useMay('appointments:write');
  const { data, error, refetch } = useQuery({
    queryKey: ['/diary', branch, 'today'],
    queryFn: ({ signal }) => read<z.infer<typeof diarySchema>>('/diary', { query: { branch }, signal }),
    refetchInterval: 60_000,
  });
  const booked = (data?.days[0]?.appointments ?? []).filter(({ status }) => !isGivenUp(status));
  return (
    <Paper component="section" aria-label="Booked in today">
      <Group justify="space-between">
        <Title order={2}>Booked in today</Title>
        <ButtonLink to="/diary" variant="default" size="compact-sm">
          Open the diary
        </ButtonLink>
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && booked.length === 0 && (
        <Text mt="xs" c="dimmed">
          Nobody is booked in for today.{' '}
          {mayBook && (
            <ScreenLink to="/appointments/new" underline="always">
              Book a car in
            </ScreenLink>
          )}
        </Text>
      )}
      <ul className={classes['bookings']} onKeyDown={moveByRow}>
        {booked.map((appointment) => (
          <Arrival key={appointment.id} appointment={appointment} />
        ))}
      </ul>
    </Paper>
  );
}

function Arrival({ appointment }: { readonly appointment: AppointmentAnswer }): ReactNode {
  const { id, arrivalTime, displayName, vehicle, jobs, adviserName, status, customerId } = appointment;
  return (
    <li className={classes['booking']}>
      <span className={classes['time']}>{arrivalTime.replace(/^0/, '')}</span>
      <span>
        <ScreenLink to="/appointments/$id" params={{ id }} data-row={true} fw={700}>
          {vehicleName(vehicle)}
        </ScreenLink>
        <Text span={true} display="block">
          {displayName}
          <ReviewMark customerId={customerId} />
        </Text>
        <Text span={true} display="block" size="sm" c="dimmed">
          {[jobs.map(({ jobType, item }) => item ?? jobTypeWords[jobType]).join(', '), adviserName]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Reach customerId={customerId} show="phone" />
      </span>
      <AppointmentStatusBadge status={status} />
    </li>
  );
}

const reviewWords = { never: 'never asked', due: 'review due today', overdue: 'review overdue' } as const;

function ReviewMark({ customerId }: { readonly customerId: string }): ReactNode {
  const { data } = useQuery(contactPermissionsQuery(customerId));
  const due = data?.reviewDue ?? null;
  if (due === null) return null;
  return <span className={classes['review']}>Preferences: {reviewWords[due]}</span>;
}
