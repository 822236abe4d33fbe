import { Button, Group, Paper, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { sayLongDay } from './dates.ts';
import { DayFields } from './day-fields.tsx';
import type { TypedException, TypedHours } from './hours.ts';
import { newException } from './hours.ts';

interface OtherDaysProps {
  readonly typed: TypedHours;
  readonly change: (others: TypedHours['others']) => void;
}

/** Days unlike their weekday, by date: closed, such as a bank holiday, or short, such as Christmas Eve. */
export function OtherDays({ typed, change }: OtherDaysProps): ReactNode {
  const { others } = typed;
  return (
    <Paper component="section" aria-label="Closed and short days">
      <Title order={2}>Closed and short days</Title>
      {others.length === 0 && (
        <Text c="dimmed">
          None: bank holidays and days that close early stand here, beside the week above.
        </Text>
      )}
      {others.map((other, index) => (
        <OtherDay
          key={`${String(index)} of ${others.length}`}
          other={other}
          put={(changes) =>
            change(others.map((each, place) => (place === index ? { ...each, ...changes } : each)))
          }
          remove={() => change(others.filter((each) => each !== other))}
        />
      ))}
      <Group mt="sm" gap="xs">
        <Button variant="default" onClick={() => change([...others, newException(typed, false)])}>
          Add a closed day
        </Button>
        <Button variant="default" onClick={() => change([...others, newException(typed, true)])}>
          Add a short day
        </Button>
      </Group>
    </Paper>
  );
}

interface OtherDayProps {
  readonly other: TypedException;
  readonly put: (changes: Partial<TypedException>) => void;
  readonly remove: () => void;
}

function OtherDay({ other, put, remove }: OtherDayProps): ReactNode {
  const { on, reason, day } = other;
  return (
    <>
      <Group align="flex-end" gap="xs" mt="sm">
        <TextInput
          type="date"
          label="Day"
          value={on}
          onChange={(event) => put({ on: event.currentTarget.value })}
        />
        <TextInput
          label="Because"
          placeholder={day.isOpen ? 'Christmas Eve' : 'Christmas Day'}
          value={reason}
          onChange={(event) => put({ reason: event.currentTarget.value })}
        />
        <Button variant="subtle" onClick={remove}>
          Remove {reason || 'this day'}
        </Button>
      </Group>
      <DayFields
        name={on === '' ? 'That day' : sayLongDay(on)}
        day={day}
        change={(fields) => put({ day: { ...day, ...fields } })}
      />
    </>
  );
}
