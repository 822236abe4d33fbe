import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import type { Appointment } from './appointments.ts';
import { carWords, slotsQuery, workWords } from './appointments.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { isDay, sayLongDay, sayTime } from './dates.ts';
import type { Moving } from './moving.ts';
import { isGiven, nothingBeyond, OverCapacity } from './over-capacity.tsx';

interface MoveDialogProps {
  readonly appointment: Appointment;
  readonly branch: string;
  readonly moving: Moving;
}

/** Moves an appointment by keys: a day, and one of its free times. */
export function MoveDialog({ appointment, branch, moving }: MoveDialogProps): ReactNode {
  useReturnFocus();
  const [day, setDay] = useState(moving.wanted?.arrivesOn ?? appointment.arrivesOn);
  const [time, setTime] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [beyond, setBeyond] = useState(nothingBeyond);
  const mayGoBeyond = useMay('workshop:write');
  const jobs = appointment.jobs.map(({ jobType, minutes }) => ({ jobType, minutes }));
  const question = { branch, jobs, meanwhile: appointment.meanwhile, exceptId: appointment.id };
  const { data, error, refetch } = useQuery({
    ...slotsQuery({ ...question, fromOn: day, everyTime: true }),
    enabled: isDay(day),
  });
  const free = (data?.slots ?? [])
    .filter(({ arrivesOn }) => arrivesOn === day)
    .map(({ arrivalTime }) => arrivalTime);
  const chosen =
    time !== null && free.includes(time)
      ? time
      : (free.find((each) => each === appointment.arrivalTime) ?? free[0] ?? null);
  const isBeyond = free.length === 0 && isGiven(beyond);
  const close = (): void => moving.ask(null);
  const move = async (): Promise<void> => {
    if (isBusy || (chosen === null && !isBeyond)) return;
    setBusy(true);
    const isMoved = await moving.moveTo(
      appointment,
      { arrivesOn: day, arrivalTime: isBeyond ? beyond.arrivalTime : (chosen ?? '') },
      isBeyond ? beyond.because.trim() : undefined,
    );
    if (isMoved) close();
    else await refetch();
    setBusy(false);
  };
  return (
    <Modal opened={true} onClose={close} title={`Move ${carWords(appointment.vehicle)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void move();
        }}
      >
        <Stack>
          <Text c="dimmed" size="sm">
            {appointment.displayName} · {workWords(appointment.jobs)} · now{' '}
            {sayLongDay(appointment.arrivesOn)} at {sayTime(appointment.arrivalTime)}
          </Text>
          <TextInput
            type="date"
            label="Day"
            value={day}
            data-autofocus={true}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
          {data === undefined && error === null && isDay(day) && <LoadingState />}
          {data !== undefined && free.length === 0 && (
            <>
              <Text role="status">
                {data.full ?? 'There is no room on that day for this work: choose another one.'}
              </Text>
              {mayGoBeyond && <OverCapacity beyond={beyond} change={setBeyond} />}
            </>
          )}
          {free.length > 0 && (
            <ChoiceChips
              label="Time"
              name="move-time"
              choices={free.map((each) => ({ value: each, label: sayTime(each) }))}
              chosen={chosen}
              choose={setTime}
            />
          )}
          <Group>
            <Button type="submit" loading={isBusy} disabled={chosen === null && !isBeyond}>
              {chosen === null || !isDay(day) ? 'Move' : `Move to ${sayLongDay(day)}, ${sayTime(chosen)}`}
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
