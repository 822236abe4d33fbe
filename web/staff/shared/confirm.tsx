import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';

/** What is about to happen, as a question with a verb on the button; never "Are you sure?" with OK. */
export interface Question {
  readonly title: string;
  readonly body: ReactNode;
  /** The verb, such as "Stop all marketing". */
  readonly confirm: string;
  readonly dangerous?: boolean;
}

// why: asked from within a dialog, it would open behind it.
const aboveDialogs = 300;

type Ask = (question: Question) => Promise<boolean>;
const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** Asks before something that cannot be undone at a press: `if (await confirm({ … })) …`. */
export function useConfirm(): Ask {
  return useContext(ConfirmContext);
}

interface Asked {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

export function ConfirmProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isOpen, setOpen] = useState(false);
  const confirm = useCallback<Ask>((question) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    setAsked({ question, answer: resolve });
    setOpen(true);
    return promise;
  }, []);
  const close = useMemo(
    () =>
      (yes: boolean): void => {
        asked?.answer(yes);
        setOpen(false);
      },
    [asked],
  );
  return (
    <ConfirmContext value={confirm}>
      {children}
      <Modal opened={isOpen} onClose={() => close(false)} title={asked?.question.title} zIndex={aboveDialogs}>
        <Stack>
          <div>{asked?.question.body}</div>
          <Group>
            <Button
              data-autofocus={asked?.question.dangerous !== true || undefined}
              color={asked?.question.dangerous === true ? 'red.9' : 'petrol'}
              onClick={() => close(true)}
            >
              {asked?.question.confirm}
            </Button>
            <Button
              variant="default"
              data-autofocus={asked?.question.dangerous === true || undefined}
              onClick={() => close(false)}
            >
              Cancel
            </Button>
          </Group>
        </Stack>
      </Modal>
    </ConfirmContext>
  );
}
