import { Group, Switch, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { dueWork } from '../../shared/due-words.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import type { CustomerVehicle } from './customer.ts';
import { changeCustomer } from './customer.ts';
import classes from './record.module.css';
import { modelWords, plateWords, vehicleName } from './vehicle-words.ts';

interface VehicleRowProps {
  readonly customerId: string;
  readonly vehicle: CustomerVehicle;
  /** Whether reminders about this one are welcome; null while it is not known. */
  readonly serviceContact: boolean | null;
  /** Null where the record may not be changed. */
  readonly noLongerOwned: (() => void) | null;
  /** Shows the key on the vehicle that it acts on. */
  readonly hint: boolean;
  readonly mayRecord: boolean;
}

export function VehicleRow(props: VehicleRowProps): ReactNode {
  const { customerId, vehicle, serviceContact, noLongerOwned, hint, mayRecord } = props;
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
            {serviceContact !== null && (
              <ServiceContact
                customerId={customerId}
                vehicle={vehicle}
                isWelcome={serviceContact}
                mayRecord={mayRecord}
              />
            )}
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

interface ServiceContactProps {
  readonly customerId: string;
  readonly vehicle: CustomerVehicle;
  readonly isWelcome: boolean;
  readonly mayRecord: boolean;
}

/** A no to reminders about this one vehicle, whatever the boxes say about the others. */
function ServiceContact({ customerId, vehicle, isWelcome, mayRecord }: ServiceContactProps): ReactNode {
  const queries = useQueryClient();
  // What was just chosen, until the record has been read again.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const set = async (permitted: boolean): Promise<void> => {
    setChosen(permitted);
    try {
      await changeCustomer(queries, customerId, '/permission-events', {
        body: { kind: 'vehicle_contact', vehicleId: vehicle.vehicleId, permitted },
      });
      sayDone(
        permitted
          ? `Reminders about ${vehicleName(vehicle)} are welcome again, where the boxes allow them.`
          : `No reminders about ${vehicleName(vehicle)} from this moment.`,
      );
    } catch (error) {
      sayFailed(error);
    } finally {
      setChosen(null);
    }
  };
  return (
    <Switch
      size="sm"
      label="No service contact"
      aria-label={`No service contact about ${vehicleName(vehicle)}`}
      checked={!(chosen ?? isWelcome)}
      disabled={chosen !== null || !mayRecord}
      onChange={(event) => void set(!event.currentTarget.checked)}
    />
  );
}
