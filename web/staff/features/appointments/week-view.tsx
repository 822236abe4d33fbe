import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isGivenUp } from '../../../../src/domain/appointment-status.ts';
import { ScreenLink } from '../../shared/links.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { AppointmentCard } from './appointment-card.tsx';
import classes from './appointments.module.css';
import type { Diary, DiaryDay } from './appointments.ts';
import { Capacity } from './capacity.tsx';
import { sayLongDay, sayShortDay } from './dates.ts';
import { useDrop } from './day-view.tsx';
import { MoveDialog } from './move-dialog.tsx';
import type { Moving } from './moving.ts';
import { useMoving } from './moving.ts';

/** How full the days of a week are, without who comes: for whoever books. */
export function WeekRoom({ diary, today }: { readonly diary: Diary; readonly today: string }): ReactNode {
  const days = diary.days.filter(({ on, isOpen }) => isOpen && on >= today);
  if (days.length === 0) return <Text c="dimmed">The workshop is closed for the rest of this week.</Text>;
  return (
    <div className={classes['week']}>
      {days.map((day) => (
        <section key={day.on} className={classes['dayRoom']} aria-label={sayLongDay(day.on)}>
          <ScreenLink
            to="/diary"
            search={{ on: day.on, branch: diary.branch }}
            className={classes['dayName'] ?? ''}
          >
            {sayShortDay(day.on)}
            {day.on === today && ', today'}
          </ScreenLink>
          <Capacity day={day} isShort={true} />
          <Text size="sm" c="dimmed">
            {sayCount(day.appointments.filter(({ status }) => !isGivenUp(status)).length, 'car')} booked in
          </Text>
        </section>
      ))}
    </div>
  );
}

/** A week side by side. A card is dropped on another day to move it; days that are closed and empty are left out. */
export function WeekView({ diary, today }: { readonly diary: Diary; readonly today: string }): ReactNode {
  const moving = useMoving();
  const days = diary.days.filter(
    ({ isOpen, appointments, closedBecause }) => isOpen || appointments.length > 0 || closedBecause !== null,
  );
  return (
    <>
      <div className={classes['week']}>
        {days.map((day) => (
          <Day key={day.on} day={day} branch={diary.branch} isToday={day.on === today} moving={moving} />
        ))}
      </div>
      {moving.asked !== null && (
        <MoveDialog appointment={moving.asked} branch={diary.branch} moving={moving} />
      )}
    </>
  );
}

interface DayProps {
  readonly day: DiaryDay;
  readonly branch: string;
  readonly isToday: boolean;
  readonly moving: Moving;
}

function Day({ day, branch, isToday, moving }: DayProps): ReactNode {
  const drop = useDrop(moving, { arrivesOn: day.on });
  return (
    <section
      className={classes['day']}
      aria-label={sayLongDay(day.on)}
      data-today={isToday || undefined}
      data-over={drop.isOver || undefined}
      {...drop.handlers}
    >
      <ScreenLink to="/diary" search={{ on: day.on, branch }} className={classes['dayName'] ?? ''}>
        {sayShortDay(day.on)}
        {isToday && ', today'}
      </ScreenLink>
      <Capacity day={day} isShort={true} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the links inside. */}
      <div onKeyDown={moveByRow} className={classes['dayCards']}>
        {day.appointments.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} moving={moving} isShort={true} />
        ))}
        {day.isOpen && day.appointments.length === 0 && (
          <Text size="sm" c="dimmed">
            Nobody yet
          </Text>
        )}
      </div>
    </section>
  );
}
