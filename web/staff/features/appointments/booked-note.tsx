import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../shared/links.tsx';
import type { Appointment } from './appointments.ts';
import { carWords, meanwhileWords, workWords } from './appointments.ts';
import { sayLongDay, sayTime } from './dates.ts';

interface BookedNoteProps {
  readonly appointment: Appointment;
  readonly startAgain: () => void;
}

/** What to say back to the customer, and the next step. */
export function BookedNote({ appointment, startAgain }: BookedNoteProps): ReactNode {
  const { id, arrivesOn, arrivalTime, vehicle, displayName, jobs, meanwhile, branch } = appointment;
  return (
    <div role="status">
      <Stack gap="sm">
        <Title order={2}>Booked in</Title>
        <Text fw={700}>
          {sayLongDay(arrivesOn)} at {sayTime(arrivalTime)}
        </Text>
        <Text>
          {carWords(vehicle)}, {displayName}. {workWords(jobs)}. {meanwhileWords[meanwhile]}.
        </Text>
        <Text size="sm">Reminders about this work end with the booking.</Text>
        <Group>
          <Button autoFocus={true} onClick={startAgain}>
            Book another car
          </Button>
          <ButtonLink to="/appointments/$id" params={{ id }} variant="default">
            Open the appointment
          </ButtonLink>
          <ButtonLink to="/diary" search={{ on: arrivesOn, branch }} variant="default">
            See the day
          </ButtonLink>
        </Group>
      </Stack>
    </div>
  );
}
