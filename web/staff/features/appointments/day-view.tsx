import { Paper, Stack, Text } from '@mantine/core';
import type { DragEvent, ReactNode } from 'react';
import { useState } from 'react';
import { moveByRow } from '../../shared/row-keys.ts';
import { EmptyState } from '../../shared/states.tsx';
import { AppointmentCard } from './appointment-card.tsx';
import classes from './appointments.module.css';
import type { Appointment, Diary, DiaryDay } from './appointments.ts';
import { Capacity } from './capacity.tsx';
import { sayTime, sayWeekday } from './dates.ts';
import { MoveDialog } from './move-dialog.tsx';
import type { Moving } from './moving.ts';
import { useMoving } from './moving.ts';

/** One day: the room that is left, and who comes at which time. A card is dropped on another time to move it. */
export function DayView({ diary }: { readonly diary: Diary }): ReactNode {
  const moving = useMoving();
  const [day] = diary.days;
  if (day === undefined) return null;
  return (
    <Stack>
      <Paper component="section" aria-label="Room left">
        <Capacity day={day} />
      </Paper>
      {day.isOpen || day.appointments.length > 0 ? (
        <Times day={day} moving={moving} />
      ) : (
        <EmptyState title={`The workshop is closed on ${sayWeekday(day.on)}`}>
          {day.closedBecause ?? 'Choose another day, or change the hours of the workshop.'}
        </EmptyState>
      )}
      {moving.asked !== null && (
        <MoveDialog appointment={moving.asked} branch={diary.branch} moving={moving} />
      )}
    </Stack>
  );
}

function Times({ day, moving }: { readonly day: DiaryDay; readonly moving: Moving }): ReactNode {
  const byTime = Map.groupBy(day.appointments, ({ arrivalTime }) => arrivalTime);
  const times = [...new Set([...day.arrivalTimes, ...byTime.keys()])].sort();
  return (
    <Paper component="section" aria-label="Who comes" p={0}>
      {day.appointments.length === 0 && (
        <Text c="dimmed" p="md">
          Nobody is booked in yet. Press B to book a car in.
        </Text>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the links inside. */}
      <div onKeyDown={moveByRow}>
        {times.map((time) => (
          <TimeRow key={time} time={time} booked={byTime.get(time) ?? []} moving={moving} />
        ))}
      </div>
    </Paper>
  );
}

interface TimeRowProps {
  readonly time: string;
  readonly booked: readonly Appointment[];
  readonly moving: Moving;
}

function TimeRow({ time, booked, moving }: TimeRowProps): ReactNode {
  const drop = useDrop(moving, { arrivalTime: time });
  return (
    <div className={classes['time']} data-over={drop.isOver || undefined} {...drop.handlers}>
      <span className={classes['timeName']}>{sayTime(time)}</span>
      <div className={classes['timeCards']}>
        {booked.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} moving={moving} />
        ))}
      </div>
    </div>
  );
}

interface Drop {
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** A place in the diary that takes a dragged card. */
export function useDrop(
  moving: Moving,
  place: { readonly arrivesOn?: string; readonly arrivalTime?: string },
): Drop {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event) => {
        if (moving.dragged.current === null) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        event.preventDefault();
        setOver(false);
        if (moving.dragged.current !== null) void moving.moveTo(moving.dragged.current, place);
        moving.drag(null);
      },
    },
  };
}
