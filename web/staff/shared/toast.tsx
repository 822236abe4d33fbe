import { Button, Group } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { sentenceOf } from './api-problem.ts';

interface Undo {
  readonly label?: string;
  readonly act: () => void;
}

let lastToast = 0;

/** Says in passing that something is done; with `undo` where it can be taken back at a press. */
export function sayDone(sentence: string, undo?: Undo): void {
  lastToast += 1;
  const id = `toast-${lastToast}`;
  const act = (): void => {
    hideNotification(id);
    undo?.act();
  };
  showNotification({
    id,
    color: 'petrol',
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close this message' },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span>{sentence}</span>
        {undo !== undefined && (
          <Button size="compact-sm" variant="default" onClick={act}>
            {undo.label ?? 'Undo'}
          </Button>
        )}
      </Group>
    ),
  });
}

/** Says that something failed where there is no better place for it; it stays until it is closed. */
export function sayFailed(error: unknown): void {
  showNotification({
    color: 'red',
    withBorder: true,
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Close this message' },
    message: sentenceOf(error),
  });
}
