import { Checkbox, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './appointments.module.css';
import type { TypedDay } from './hours.ts';

interface DayFieldsProps {
  readonly name: string;
  readonly day: TypedDay;
  readonly change: (fields: Partial<TypedDay>) => void;
}

const fields = [
  ['opens', 'Opens', 'time'],
  ['lastArrival', 'Last car', 'time'],
  ['closes', 'Closes', 'time'],
  ['serviceHours', 'Workshop hours', 'text'],
  ['motHours', 'MOT bay hours', 'text'],
  ['arrivalsAtOnce', 'Cars at once', 'text'],
  ['courtesyCars', 'Courtesy cars', 'text'],
] as const;

/** When a day is open and how much it can do. */
export function DayFields({ name, day, change }: DayFieldsProps): ReactNode {
  return (
    <fieldset className={classes['hoursDay']}>
      <legend className={classes['legend']}>{name}</legend>
      <Checkbox
        label="Open"
        checked={day.isOpen}
        onChange={(event) => change({ isOpen: event.currentTarget.checked })}
      />
      {day.isOpen &&
        fields.map(([field, label, type]) => (
          <TextInput
            key={field}
            label={label}
            type={type}
            inputMode={type === 'text' ? 'decimal' : undefined}
            w={type === 'time' ? '7.5rem' : '6.5rem'}
            value={day[field]}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        ))}
    </fieldset>
  );
}
