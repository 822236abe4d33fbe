import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useState } from 'react';
import { aboveDialogs, dialogAbove, usePresent } from './presence.ts';
import { useReturnFocus } from './return-focus.tsx';

/** What is about to happen, as a question with a verb on the button; never "Are you sure?" with OK. */
export interface Question {
  readonly title: string;
  readonly body: ReactNode;
  /** The verb, such as "Stop all marketing". */
  readonly confirm: string;
  readonly dangerous?: boolean;
}

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
  const confirm = useCallback<Ask>((question) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    setAsked({ question, answer: resolve });
    return promise;
  }, []);
  const close = (yes: boolean): void => {
    asked?.answer(yes);
    setAsked(null);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {asked !== null && <QuestionDialog question={asked.question} close={close} />}
    </ConfirmContext>
  );
}

interface QuestionDialogProps {
  readonly question: Question;
  readonly close: (yes: boolean) => void;
}

function QuestionDialog({ question, close }: QuestionDialogProps): ReactNode {
  useReturnFocus();
  usePresent(dialogAbove);
  const { title, body, confirm, dangerous = false } = question;
  return (
    <Modal opened={true} onClose={() => close(false)} title={title} zIndex={aboveDialogs}>
      <Stack>
        <div>{body}</div>
        <Group>
          <Button
            data-autofocus={!dangerous || undefined}
            color={dangerous ? 'red.9' : 'petrol'}
            onClick={() => close(true)}
          >
            {confirm}
          </Button>
          <Button variant="default" data-autofocus={dangerous || undefined} onClick={() => close(false)}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
