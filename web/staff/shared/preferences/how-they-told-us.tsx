import { Chip, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { KeyHint } from '../key-hint.tsx';
import { useShortcut } from '../shortcut.ts';
import classes from './preferences.module.css';
import type { Method } from './preferences.ts';

const methods: readonly { readonly value: Method; readonly label: string; readonly key: string }[] = [
  { value: 'in_person', label: 'In person', key: '1' },
  { value: 'phone', label: 'By phone', key: '2' },
  { value: 'paper', label: 'On a signed form', key: '3' },
];

interface HowTheyToldUsProps {
  readonly name: string;
  readonly method: Method | null;
  readonly choose: (method: Method) => void;
  readonly error: string | null;
}

/** A yes needs to say how it was given (UK GDPR 7(1)); a no needs nothing. */
export function HowTheyToldUs({ name, method, choose, error }: HowTheyToldUsProps): ReactNode {
  const field = useRef<HTMLFieldSetElement>(null);
  // What is missing is brought into view: on a small screen it lies under the edge.
  useEffect(() => {
    if (error !== null) field.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  useShortcut({ key: '1', inDialog: true }, () => choose('in_person'));
  useShortcut({ key: '2', inDialog: true }, () => choose('phone'));
  useShortcut({ key: '3', inDialog: true }, () => choose('paper'));
  return (
    <fieldset
      ref={field}
      className={classes['told']}
      aria-describedby={error === null ? undefined : 'told-error'}
    >
      <legend>How did {name} tell us?</legend>
      <Chip.Group value={method ?? ''} onChange={(value) => choose(value as Method)}>
        <Group gap="xs">
          {methods.map(({ value, label, key }) => (
            <Chip key={value} value={value} name="told" variant="outline">
              {label} <KeyHint>{key}</KeyHint>
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {error !== null && (
        <Text id="told-error" c="var(--no)" size="sm" mt={4} role="alert">
          {error}
        </Text>
      )}
    </fieldset>
  );
}
