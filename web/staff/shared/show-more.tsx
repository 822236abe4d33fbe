import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { sayNumber } from './numbers.ts';

interface ShowMoreProps {
  /** What `usePages` answered. */
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** How many are shown, and of how many, where that is known. */
  readonly shown?: { readonly count: number; readonly of: number };
}

/** Leads on where a list goes on; nothing where it ends. */
export function ShowMore({ pages, shown }: ShowMoreProps): ReactNode {
  if (!pages.hasNextPage) return null;
  return (
    <Group mt="md">
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        Show more
      </Button>
      {shown !== undefined && (
        <Text size="sm" c="dimmed">
          {sayNumber(shown.count)} of {sayNumber(shown.of)}
        </Text>
      )}
    </Group>
  );
}
