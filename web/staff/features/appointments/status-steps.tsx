import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { AppointmentStatus } from '../../../../src/domain/appointment-status.ts';
import {
  appointmentStatusWords,
  isGivenUp,
  mayFollow,
  usualNext,
} from '../../../../src/domain/appointment-status.ts';
import { AppointmentStatusBadge } from '../../shared/appointment-status.tsx';
import { KeyHint } from '../../shared/key-hint.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './appointments.module.css';
import type { Appointment } from './appointments.ts';
import { carWords, changeAppointment } from './appointments.ts';

const stepWords: Readonly<Record<AppointmentStatus, string>> = {
  booked: 'Not here yet after all',
  arrived: 'It has arrived',
  in_work: 'Work begins',
  ready: 'It is ready',
  collected: 'It was collected',
  cancelled: 'Cancel the appointment',
  no_show: 'They did not come',
};

/** Where the car stands, with the time of each step, and the next step at one key. */
export function StatusSteps({ appointment }: { readonly appointment: Appointment }): ReactNode {
  const { status } = appointment;
  const mayChange = useMay('appointments:write');
  const { step, isBusy } = useStep(appointment);
  const next = usualNext(status);
  const back = (['booked', 'arrived', 'in_work', 'ready'] as const).find(
    (each) => each !== next && mayFollow(status, each),
  );
  useShortcut({ key: '.' }, () => void (next !== null && step(next)), mayChange && next !== null);
  const times = [
    ['Booked', appointment.bookedAt],
    ['Arrived', appointment.arrivedAt],
    ['Work began', appointment.workStartedAt],
    ['Ready', appointment.readyAt],
    ['Collected', appointment.collectedAt],
    [appointmentStatusWords[status], appointment.endedAt],
  ] as const;
  return (
    <Paper component="section" aria-label="Where it stands">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Where it stands</Title>
        <AppointmentStatusBadge status={status} />
      </Group>
      <ol className={classes['steps']}>
        {times.map(([words, at]) =>
          at === null ? null : (
            <li key={words}>
              <b>{words}</b>{' '}
              <Text span c="dimmed">
                <WhenText when={at} withTime={true} />
              </Text>
            </li>
          ),
        )}
      </ol>
      {mayChange && (
        <Group mt="md" gap="xs">
          {next !== null && (
            <Button loading={isBusy} onClick={() => void step(next)} aria-keyshortcuts=".">
              {stepWords[next]}&nbsp;<KeyHint>.</KeyHint>
            </Button>
          )}
          {status === 'booked' && (
            <Button variant="default" onClick={() => void step('no_show')}>
              {stepWords.no_show}
            </Button>
          )}
          {status === 'booked' && (
            <Button variant="default" onClick={() => void step('cancelled')}>
              {stepWords.cancelled}
            </Button>
          )}
          {back !== undefined && (
            <Button variant="subtle" onClick={() => void step(back)}>
              {isGivenUp(status)
                ? 'Book it in again'
                : `Back to ${appointmentStatusWords[back].toLowerCase()}`}
            </Button>
          )}
        </Group>
      )}
    </Paper>
  );
}

function useStep(appointment: Appointment) {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const step = async (status: AppointmentStatus): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      const changed = await changeAppointment(queries, appointment, { status });
      sayDone(`${carWords(changed.vehicle)}: ${appointmentStatusWords[changed.status].toLowerCase()}.`, {
        act: () => void changeAppointment(queries, changed, { status: appointment.status }).catch(sayFailed),
      });
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return { step, isBusy };
}
