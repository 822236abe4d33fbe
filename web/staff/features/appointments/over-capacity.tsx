import { Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A booking beyond what a day can do: at which time, and why. */
export interface Beyond {
  readonly arrivalTime: string;
  readonly because: string;
}

export const nothingBeyond: Beyond = { arrivalTime: '', because: '' };

/** Both are needed before it is booked. */
export function isGiven({ arrivalTime, because }: Beyond): boolean {
  return arrivalTime !== '' && because.trim().length >= 3;
}

interface OverCapacityProps {
  readonly beyond: Beyond;
  readonly change: (beyond: Beyond) => void;
}

/** For whoever answers for the workshop: books beyond what the day can do, with a reason that stays on record. */
export function OverCapacity({ beyond, change }: OverCapacityProps): ReactNode {
  return (
    <Group align="flex-start" gap="xs" mt="xs">
      <TextInput
        type="time"
        label="Book it all the same, at"
        w="11rem"
        value={beyond.arrivalTime}
        onChange={(event) => change({ ...beyond, arrivalTime: event.currentTarget.value })}
      />
      <TextInput
        label="Because"
        placeholder="Wheel bearing failed, not safe to drive"
        flex="1 1 14rem"
        maxLength={200}
        value={beyond.because}
        onChange={(event) => change({ ...beyond, because: event.currentTarget.value })}
      />
      <Text size="xs" c="dimmed" w="100%">
        You answer for the workshop, so you may go beyond what the day can do. The reason stays with the
        booking.
      </Text>
    </Group>
  );
}

/** What stands on a booking that goes beyond what its day can do. */
export function OverCapacityNote(of: {
  readonly overbookedBecause: string | null;
  readonly overbookedByName: string | null;
}): ReactNode {
  if (of.overbookedBecause === null) return null;
  return (
    <Text size="sm" mt="xs" c="var(--state-assumed)" fw={700}>
      Over capacity: {of.overbookedBecause}
      {of.overbookedByName !== null && ` (${of.overbookedByName})`}
    </Text>
  );
}
