import { Kbd } from '@mantine/core';
import type { ReactNode } from 'react';

/** The key that does the same, beside what it does. Decoration for the eye: `aria-keyshortcuts` says it aloud. */
export function KeyHint({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Kbd size="xs" aria-hidden="true" visibleFrom="sm">
      {children}
    </Kbd>
  );
}
