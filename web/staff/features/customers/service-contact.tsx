import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type { recordedEventSchema } from '../../../../src/features/permissions/answers/contract.ts';
import type { Preferences } from '../../shared/preferences/preferences.ts';
import { useMay } from '../../shared/session.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { CustomerVehicle } from './customer.ts';
import { changeCustomer } from './customer.ts';
import { vehicleName } from './vehicle-words.ts';
import { WelcomeAgainDialog } from './welcome-again-dialog.tsx';

interface ServiceContactProps {
  readonly vehicle: CustomerVehicle;
  readonly held: Preferences;
  readonly mayRecord: boolean;
}

/**
 * A no to reminders about this one vehicle, whatever the boxes say about the others. The no is recorded at once; to
 * take it back needs the customer's word, and a slip of the hand is corrected.
 */
export function ServiceContact({ vehicle, held, mayRecord }: ServiceContactProps): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const stop = useStop(held.customer.id, vehicle);
  const known = held.vehicles.find(({ id }) => id === vehicle.vehicleId);
  if (known === undefined) return null;
  const stopNow = async (): Promise<void> => {
    setBusy(true);
    await stop();
    setBusy(false);
  };
  return (
    <>
      <Switch
        size="sm"
        label="No service contact"
        aria-label={`No service contact about ${vehicleName(vehicle)}`}
        checked={isBusy || !known.serviceContact}
        disabled={isBusy || !mayRecord}
        onChange={(event) => (event.currentTarget.checked ? void stopNow() : setAsking(true))}
      />
      {isAsking && <WelcomeAgainDialog vehicle={vehicle} held={held} close={() => setAsking(false)} />}
    </>
  );
}

type Recorded = z.infer<typeof recordedEventSchema>;

/** Records the no; the message that says so makes it void at a press, for whoever may correct. */
function useStop(customerId: string, vehicle: CustomerVehicle): () => Promise<void> {
  const queries = useQueryClient();
  const mayCorrect = useMay('permissions:correct');
  const correct = async (corrects: number): Promise<void> => {
    try {
      await changeCustomer(queries, customerId, '/permission-events', {
        body: { kind: 'correct', corrects },
      });
    } catch (error) {
      sayFailed(error);
    }
  };
  return async () => {
    try {
      const { entry } = await changeCustomer<Recorded>(queries, customerId, '/permission-events', {
        body: { kind: 'vehicle_contact', vehicleId: vehicle.vehicleId, permitted: false },
      });
      sayDone(
        `No reminders about ${vehicleName(vehicle)} from this moment.`,
        mayCorrect ? { act: () => void correct(entry.sequence) } : undefined,
      );
    } catch (error) {
      sayFailed(error);
    }
  };
}
