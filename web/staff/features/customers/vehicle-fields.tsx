import { Group, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { ReactNode } from 'react';

/** What is typed about a vehicle, as text. */
export interface TypedVehicle {
  readonly registration: string;
  readonly make: string;
  readonly model: string;
  readonly motDueOn: string;
  readonly serviceDueOn: string;
}

export const emptyVehicle: TypedVehicle = {
  registration: '',
  make: '',
  model: '',
  motDueOn: '',
  serviceDueOn: '',
};

/** What was typed, as the API takes it; what was left empty is left out. */
export function givenVehicle(typed: TypedVehicle): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([field, value]) => {
      const text = value.trim();
      return text === '' ? [] : [[field, text]];
    }),
  );
}

interface VehicleFieldsProps {
  readonly inputPropsOf: (field: keyof TypedVehicle) => GetInputPropsReturnType;
}

/** Everything about a vehicle but its registration, which every form asks for in its own place. */
export function VehicleFields({ inputPropsOf }: VehicleFieldsProps): ReactNode {
  return (
    <>
      <Group grow={true} align="flex-start">
        <TextInput label="Make" placeholder="Ford" {...inputPropsOf('make')} />
        <TextInput label="Model" placeholder="Focus" {...inputPropsOf('model')} />
      </Group>
      <Group grow={true} align="flex-start">
        <TextInput type="date" label="MOT due" {...inputPropsOf('motDueOn')} />
        <TextInput type="date" label="Service due" {...inputPropsOf('serviceDueOn')} />
      </Group>
    </>
  );
}
