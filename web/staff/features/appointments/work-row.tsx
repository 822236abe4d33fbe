import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { JobType } from '../../../../src/domain/workshop.ts';
import { jobTypeWords } from '../../../../src/domain/workshop.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { useShortcut } from '../../shared/shortcut.ts';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './appointments.module.css';
import type { Booking, Work } from './booking.ts';
import { workOf } from './booking.ts';
import type { Choice } from './choice-chips.tsx';
import { TickChips } from './choice-chips.tsx';

const keyOf: Readonly<Record<Exclude<JobType, 'vhc'>, string>> = {
  service: 'S',
  mot: 'M',
  diagnosis: 'D',
  repair: 'P',
  recall: 'L',
  warranty: 'W',
};
const jobTypesWithKey = Object.keys(keyOf) as (keyof typeof keyOf)[];

/** What is due on the car, which one press adds, and what it comes for. */
export function WorkRow({ booking }: { readonly booking: Booking }): ReactNode {
  const { vehicle, work, toggle } = booking;
  const deferred = (vehicle?.due ?? []).filter(({ findingId }) => findingId !== null);
  const choices: Choice<Work>[] = [
    ...jobTypesWithKey.map((value) => ({ value, label: jobTypeWords[value], shortcut: keyOf[value] })),
    ...deferred
      .filter((due) => work.has(workOf(due)))
      .map((due) => ({ value: workOf(due), label: due.sentence })),
  ];
  return (
    <>
      <Maintenance booking={booking} />
      <div className={classes['row']}>
        <TickChips label="What for" choices={choices} chosen={work} toggle={toggle} />
        {jobTypesWithKey.map((value) => (
          <WorkKey key={value} letter={keyOf[value]} act={() => toggle(value)} />
        ))}
      </div>
    </>
  );
}

function WorkKey({ letter, act }: { readonly letter: string; readonly act: () => void }): ReactNode {
  useShortcut({ key: letter }, act);
  return null;
}

/** In words and colour: overdue, due within the lead time, later, or booked already. */
function Maintenance({ booking }: { readonly booking: Booking }): ReactNode {
  const { vehicle, due, work, addDue } = booking;
  const missing = due.filter((each) => !work.has(workOf(each)));
  useShortcut({ key: 'a' }, () => addDue(missing), missing.length > 0);
  if (vehicle === null) return null;
  return (
    <div className={classes['row']}>
      <Text className={classes['legend'] ?? ''}>Maintenance</Text>
      {vehicle.due.length === 0 ? (
        <Text c="dimmed">Nothing is known to be due.</Text>
      ) : (
        <ul className={classes['due']}>
          {vehicle.due.map((each) => (
            <li
              key={workOf(each)}
              className={classes['dueItem']}
              data-urgency={each.bookedOn === null ? each.urgency : 'later'}
            >
              {each.sentence}
              {each.bookedOn !== null && (
                <>
                  , booked for <WhenText when={each.bookedOn} />
                </>
              )}
            </li>
          ))}
          {missing.length > 0 && (
            <li>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => addDue(missing)}
                aria-keyshortcuts="A"
              >
                {missing.length === 1
                  ? 'Add it'
                  : missing.length === 2
                    ? 'Add both'
                    : `Add all ${missing.length}`}
                &nbsp;<KeyHint>A</KeyHint>
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
