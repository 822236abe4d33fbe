import { Button, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { lazy, useRef, useState } from 'react';
import { useNoLongerOwned } from '../../shared/no-longer-owned.ts';
import type { Preferences } from '../../shared/preferences/preferences.ts';
import { DialogOnDemand } from '../../shared/return-focus.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import type { Customer } from './customer.ts';
import { VehicleRow } from './vehicle-row.tsx';

// Loaded when it is wanted, since everybody waits for what comes first.
const AddVehicleDialog = lazy(async () => ({
  default: (await import('./add-vehicle-dialog.tsx')).AddVehicleDialog,
}));

interface VehiclesCardProps {
  readonly customer: Customer;
  /** Null while it is being read. */
  readonly held: Preferences | null;
  readonly mayChange: boolean;
}

/** What they drive: what is due, and No longer owned in one key on the vehicle in focus, else on the first one. */
export function VehiclesCard({ customer, held, mayChange }: VehiclesCardProps): ReactNode {
  const [isAdding, setAdding] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const noLongerOwned = useNoLongerOwned(customer.id);
  const mayRecord = useMay('permissions:write') && mayChange;
  const current = customer.vehicles.filter(({ untilOn }) => untilOn === null);
  const former = customer.vehicles.filter(({ untilOn }) => untilOn !== null);
  const endFocused = (): void => {
    const id = list.current?.querySelector<HTMLElement>(':focus-within[data-vehicle]')?.dataset['vehicle'];
    const vehicle = current.find(({ vehicleId }) => vehicleId === id) ?? current[0];
    if (vehicle !== undefined) void noLongerOwned(vehicle);
  };
  useShortcut({ key: 'n' }, endFocused, mayChange && current.length > 0);
  return (
    <Paper component="section" aria-label="Vehicles">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Vehicles</Title>
        {mayChange && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            Add a vehicle
          </Button>
        )}
      </Group>
      {customer.vehicles.length === 0 && (
        <Text c="dimmed">None yet. Reminders of MOT and service need one: its registration is enough.</Text>
      )}
      <ul ref={list} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {[...current, ...former].map((vehicle, index) => (
          <VehicleRow
            key={vehicle.vehicleId}
            vehicle={vehicle}
            held={held}
            noLongerOwned={mayChange ? () => void noLongerOwned(vehicle) : null}
            hint={index === 0}
            mayRecord={mayRecord}
          />
        ))}
      </ul>
      {isAdding && (
        <DialogOnDemand>
          <AddVehicleDialog customerId={customer.id} close={() => setAdding(false)} />
        </DialogOnDemand>
      )}
    </Paper>
  );
}
