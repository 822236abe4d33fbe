import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';

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
  const submission = useSubmission();
  const submit = (): void => {
    if (name.trim() === '') {
      setFault('Give it a name.');
      return;
    }
    setFault(null);
    void submission.run(
      async () => {
        await save(name.trim());
        close();
      },
      (errors) => {
        setFault(errors['name'] ?? null);
        return errors['name'] !== undefined;
      },
    );
  };
  return (
    <FormDialog title={title} verb={verb} submit={submit} submission={submission} close={close}>
      <TextInput
        label="Name"
        description="What it is for, such as “Winter health check”; no names of people"
        data-autofocus={true}
        maxLength={120}
        value={name}
        error={fault}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
