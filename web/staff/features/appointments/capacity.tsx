import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { durationWords, skillWords } from '../../../../src/domain/workshop.ts';
import classes from './appointments.module.css';
import type { DiaryDay } from './appointments.ts';

/** How much of a day is taken, in words first: "Workshop 18 h of 32 h". */
export function Capacity({
  day,
  isShort = false,
}: {
  readonly day: DiaryDay;
  readonly isShort?: boolean;
}): ReactNode {
  if (!day.isOpen) {
    return (
      <Text size="sm" c="dimmed">
        Closed{day.closedBecause === null ? '' : `: ${day.closedBecause}`}
      </Text>
    );
  }
  return (
    <div className={isShort ? classes['capacityShort'] : classes['capacity']}>
      {day.capacity.map(({ skill, capacityMinutes, takenMinutes }) => {
        const share = capacityMinutes === 0 ? 100 : Math.round((100 * takenMinutes) / capacityMinutes);
        return (
          <div key={skill}>
            <Text size="xs" c="dimmed">
              {isShort
                ? `${skillWords[skill]} ${share}% taken`
                : `${skillWords[skill]}: ${durationWords(takenMinutes)} of ${durationWords(capacityMinutes)} taken`}
            </Text>
            <div className={classes['bar']} aria-hidden="true" data-full={share >= 100 || undefined}>
              <div style={{ width: `${Math.min(share, 100)}%` }} />
            </div>
          </div>
        );
      })}
      {!isShort && (
        <Text size="xs" c="dimmed">
          Courtesy cars: {day.courtesyCarsOut} of {day.courtesyCars} promised
          {day.closedBecause === null ? '' : ` · ${day.closedBecause}`}
        </Text>
      )}
    </div>
  );
}
