import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';

interface NameDialogProps {
  readonly title: string;
  readonly name: string;
  /** The verb of the button. */
  readonly verb: string;
  /** Throws ApiProblem; the dialog stays open and says why. */
  readonly save: (name: string) => Promise<void>;
  readonly close: () => void;
}

/** Asks under which name a selection is kept. */
export function NameDialog({ title, name: first, verb, save, close }: NameDialogProps): ReactNode {
  const [name, setName] = useState(first);
  const [fault, setFault] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (name.trim() === '') {
      setFault('Give it a name.');
      return;
    }
    setBusy(true);
    setFault(null);
    setProblem(null);
    try {
      await save(name.trim());
      close();
    } catch (error) {
      const beside = fieldErrorsOf(error)['name'] ?? null;
      setFault(beside);
      if (beside === null) setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened={true} onClose={close} title={title}>
      <form
        noValidate={true}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label="Name"
            description="What it is for, such as “Winter health check”; no names of people"
            data-autofocus={true}
            maxLength={120}
            value={name}
            error={fault}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={isBusy}>
              {verb}
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
