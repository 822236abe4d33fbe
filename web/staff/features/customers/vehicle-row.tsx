import { Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { dueWork } from '../../shared/due-words.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import type { Preferences } from '../../shared/preferences/preferences.ts';
import { WhenText } from '../../shared/when-text.tsx';
import type { CustomerVehicle } from './customer.ts';
import classes from './record.module.css';
import { ServiceContact } from './service-contact.tsx';
import { modelWords, plateWords, vehicleName } from './vehicle-words.ts';

interface VehicleRowProps {
  readonly vehicle: CustomerVehicle;
  /** Null while it is being read. */
  readonly held: Preferences | null;
  /** Null where the record may not be changed. */
  readonly noLongerOwned: (() => void) | null;
  /** Shows the key on the vehicle that it acts on. */
  readonly hint: boolean;
  readonly mayRecord: boolean;
}

export function VehicleRow(props: VehicleRowProps): ReactNode {
  const { vehicle, held, noLongerOwned, hint, mayRecord } = props;
  const { untilOn, mileage } = vehicle;
  return (
    <li className={classes['row']} data-vehicle={vehicle.vehicleId}>
      <Text>
        <b>{modelWords(vehicle)}</b> · <span className={classes['plate']}>{plateWords(vehicle)}</span>
        {mileage !== null && ` · ${mileage.toLocaleString('en-GB')} miles`}
      </Text>
      {untilOn === null ? (
        <>
          <Due vehicle={vehicle} />
          <Group justify="space-between" gap="xs" mt={6}>
            {held !== null && <ServiceContact vehicle={vehicle} held={held} mayRecord={mayRecord} />}
            {noLongerOwned !== null && (
              <UnstyledButton
                className={classes['quietButton']}
                onClick={noLongerOwned}
                aria-keyshortcuts="N"
              >
                No longer owned<VisuallyHidden>: {vehicleName(vehicle)}</VisuallyHidden>{' '}
                {hint && <KeyHint>N</KeyHint>}
              </UnstyledButton>
            )}
          </Group>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          No longer theirs since <WhenText when={untilOn} />
        </Text>
      )}
    </li>
  );
}

function Due({ vehicle }: { readonly vehicle: CustomerVehicle }): ReactNode {
  const due = dueWork(vehicle);
  if (due.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No date for MOT or service is recorded.
      </Text>
    );
  }
  return (
    <Group gap="0 0.625rem" mt={2}>
      {due.map(({ words, urgency }) => (
        <span key={words} className={classes['due']} data-urgency={urgency}>
          {words}
        </span>
      ))}
    </Group>
  );
}
