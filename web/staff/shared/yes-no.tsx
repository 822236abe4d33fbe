import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Whether they may be contacted: a word first, a colour second. */
export function YesNo({ yes }: { readonly yes: boolean }): ReactNode {
  return (
    <Text span fw={700} c={yes ? 'var(--yes)' : 'var(--no)'}>
      {yes ? 'Yes' : 'No'}
    </Text>
  );
}
