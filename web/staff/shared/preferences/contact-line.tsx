import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PreferenceChannel } from './preferences.ts';

const statusWords = { ok: null, bounced: 'came back undelivered', unverified: 'not confirmed' } as const;

/** The number or address a channel uses, with what has to be known about it. */
export function ContactLine({ contact }: { readonly contact: PreferenceChannel['contact'] }): ReactNode {
  const words =
    contact === null
      ? ['nothing recorded']
      : [contact.display, statusWords[contact.status], ...contact.remarks].filter((part) => part !== null);
  return (
    <Text span display="block" size="xs" c="dimmed" fw={400}>
      {words.join(' · ')}
    </Text>
  );
}
