import { Paper, Text, Title, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { customerSchema } from '../../../src/features/customers/contract.ts';
import { read } from './api.ts';
import { dueWork } from './due-words.ts';
import classes from './kept-vehicles.module.css';
import { KeyHint } from './key-hint.tsx';
import { useNoLongerOwned, vehicleName } from './no-longer-owned.ts';
import { useMay } from './session.ts';
import { useShortcut } from './shortcut.ts';

interface KeptVehiclesProps {
  readonly customerId: string;
  /** The key that ends the keeping of the first one. */
  readonly shortcut: string;
  /** The vehicle that this is about, which comes first. */
  readonly aboutId?: string;
}

/** What the customer of an appointment or an enquiry drives: what is due, and No longer owned at one key. */
export function KeptVehicles({ customerId, shortcut, aboutId }: KeptVehiclesProps): ReactNode {
  const mayChange = useMay('customers:write');
  const noLongerOwned = useNoLongerOwned(customerId);
  const { data } = useQuery({
    queryKey: ['/customers', customerId],
    queryFn: ({ signal }) =>
      read<z.infer<typeof customerSchema>>(`/customers/${encodeURIComponent(customerId)}`, { signal }),
  });
  const kept = (data?.vehicles ?? [])
    .filter(({ untilOn }) => untilOn === null)
    .toSorted((a, b) => Number(b.vehicleId === aboutId) - Number(a.vehicleId === aboutId));
  const [first] = kept;
  const end = (): void => {
    if (first !== undefined) void noLongerOwned(first);
  };
  useShortcut({ key: shortcut }, end, mayChange && first !== undefined);
  if (data === undefined) return null;
  return (
    <Paper component="section" aria-label="Their vehicles">
      <Title order={2}>Their vehicles</Title>
      {kept.length === 0 && (
        <Text mt="xs" c="dimmed">
          None is theirs now.
        </Text>
      )}
      <ul className={classes['list']}>
        {kept.map((vehicle) => (
          <li key={vehicle.vehicleId} className={classes['vehicle']}>
            <span>
              <b>{vehicleName(vehicle)}</b>
              <Text span={true} display="block" size="sm" c="dimmed">
                {dueWork(vehicle)
                  .map(({ words }) => words)
                  .join(' · ')}
              </Text>
            </span>
            {mayChange && (
              <UnstyledButton className={classes['end']} onClick={() => void noLongerOwned(vehicle)}>
                No longer owned<VisuallyHidden>: {vehicleName(vehicle)}</VisuallyHidden>{' '}
                {vehicle === first && <KeyHint>{shortcut.toUpperCase()}</KeyHint>}
              </UnstyledButton>
            )}
          </li>
        ))}
      </ul>
    </Paper>
  );
}
