import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { formatRegistration } from '../../../../src/domain/vehicle-registration.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { fieldErrorsOf } from '../../shared/api-problem.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { useNoLongerOwned } from '../../shared/no-longer-owned.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { sayFailed } from '../../shared/toast.tsx';
import classes from './appointments.module.css';
import type { MaintainedVehicle } from './appointments.ts';
import type { Booking, Who } from './booking.ts';
import { ChoiceChips } from './choice-chips.tsx';

interface CarRowProps {
  readonly booking: Booking;
  readonly who: Who;
}

/** Which of their cars it is; one that is theirs no longer goes at one key, and another is entered here. */
export function CarRow({ booking, who }: CarRowProps): ReactNode {
  const { vehicle, chooseVehicle } = booking;
  const vehicles = booking.vehicles ?? [];
  const [isAdding, setAdding] = useState(vehicles.length === 0);
  const noLongerOwned = useNoLongerOwned(who.customerId);
  useShortcut({ key: 'n' }, () => void (vehicle !== null && noLongerOwned(vehicle)), vehicle !== null);
  return (
    <div className={classes['row']}>
      {vehicles.length > 0 && (
        <ChoiceChips
          label="Car"
          name="car"
          choices={vehicles.map((each) => ({ value: each.vehicleId, label: chipWords(each) }))}
          chosen={vehicle?.vehicleId ?? null}
          choose={chooseVehicle}
        />
      )}
      <Group mt="xs" gap="xs">
        {vehicles.map((each) => (
          <Button
            key={each.vehicleId}
            size="compact-sm"
            variant="subtle"
            onClick={() => void noLongerOwned(each)}
          >
            {plated(each)} no longer owned{each.vehicleId === vehicle?.vehicleId && <>&nbsp;</>}
            {each.vehicleId === vehicle?.vehicleId && <KeyHint>N</KeyHint>}
          </Button>
        ))}
        {!isAdding && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAdding(true)}>
            Another car
          </Button>
        )}
      </Group>
      {isAdding && <AnotherCar who={who} chooseVehicle={chooseVehicle} close={() => setAdding(false)} />}
    </div>
  );
}

function plated({ registration, vin }: MaintainedVehicle): string {
  return registration === null ? (vin ?? '') : formatRegistration(registration);
}

function chipWords(vehicle: MaintainedVehicle): string {
  const { make, model, mileage } = vehicle;
  const miles = mileage === null ? null : `${mileage.toLocaleString('en-GB')} miles`;
  return [plated(vehicle), [make, model].filter(Boolean).join(' '), miles].filter(Boolean).join(' · ');
}

interface AnotherCarProps {
  readonly who: Who;
  readonly chooseVehicle: (vehicleId: string) => void;
  readonly close: () => void;
}

/** A car that is not on their record: one that is known is found by its registration rather than entered twice. */
function AnotherCar({ who, chooseVehicle, close }: AnotherCarProps): ReactNode {
  const queries = useQueryClient();
  const form = useForm({ initialValues: { registration: '', make: '', model: '', newKeeper: true } });
  const add = async (): Promise<void> => {
    const { registration, make, model, newKeeper } = form.getValues();
    try {
      const { body } = await ask<{ vehicles: { vehicleId: string; registration: string | null }[] }>(
        `/customers/${who.customerId}/vehicles`,
        {
          body: { registration, make: make.trim() || null, model: model.trim() || null, newKeeper },
          idempotencyKey: newIdempotencyKey(),
        },
      );
      await queries.invalidateQueries({ queryKey: ['/customers', who.customerId] });
      const plain = registration.replaceAll(' ', '').toUpperCase();
      const added = body.vehicles.find((each) => each.registration?.replaceAll(' ', '') === plain);
      if (added !== undefined) chooseVehicle(added.vehicleId);
      close();
    } catch (error) {
      const errors = fieldErrorsOf(error);
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) sayFailed(error);
    }
  };
  return (
    <Stack gap="xs" mt="sm">
      <Text size="sm" c="dimmed">
        A car that is not on their record yet
      </Text>
      <Group align="flex-start" gap="xs">
        <TextInput
          label="Registration"
          autoFocus={true}
          autoCapitalize="characters"
          spellCheck={false}
          {...form.getInputProps('registration')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void add();
          }}
        />
        <TextInput label="Make" {...form.getInputProps('make')} />
        <TextInput label="Model" {...form.getInputProps('model')} />
      </Group>
      <Checkbox
        label="It changed hands: whoever had it until now has it no longer, from today"
        {...form.getInputProps('newKeeper', { type: 'checkbox' })}
      />
      <Group gap="xs">
        <Button size="compact-md" variant="default" onClick={() => void add()}>
          Add the car
        </Button>
        <Button size="compact-md" variant="subtle" onClick={close}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
