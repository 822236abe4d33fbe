import { Alert, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { namesDealer, readOut, unknownPlaceholders } from '../../../../src/domain/counter-wording.ts';
import type { NewWording } from '../../../../src/features/wordings/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import classes from './settings.module.css';

interface WordingDialogProps {
  /** The version it begins from. */
  readonly from: { readonly text: string; readonly legalEntity: string; readonly version: number };
  readonly close: () => void;
}

/** Writes what is read out from now on, and shows how it will sound. */
export function WordingDialog({
  from: { text: before, legalEntity, version },
  close,
}: WordingDialogProps): ReactNode {
  const queries = useQueryClient();
  const [text, setText] = useState(before);
  const [fault, setFault] = useState<string | null>(null);
  const submission = useSubmission();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const save = (): void => {
    const missing = faultOf(text, before, legalEntity);
    setFault(missing);
    if (missing !== null) return;
    void submission.run(
      async () => {
        const body: NewWording = { text: text.trim(), legalEntity };
        await ask('/wordings', { body, idempotencyKey });
        await queries.invalidateQueries();
        sayDone(`Version ${version + 1} is read out from now on.`);
        close();
      },
      (errors) => {
        setFault(errors['text'] ?? null);
        return errors['text'] !== undefined;
      },
    );
  };
  return (
    <FormDialog
      title={`What is read out for ${legalEntity}`}
      size="lg"
      verb="Read this out from now on"
      submit={save}
      submission={submission}
      close={close}
    >
      <Textarea
        label="The words"
        description="{dealer} becomes the name above, {car} the customer’s car."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fault}
        autosize={true}
        minRows={4}
        maxLength={2_000}
        data-autofocus={true}
      />
      <div>
        <Text fw={600} mb={4}>
          How it sounds
        </Text>
        <blockquote className={classes['quote']} aria-live="polite">
          “{readOut(text, { dealer: legalEntity, car: 'Focus' })}”
        </blockquote>
      </div>
      <Alert color="petrol" variant="light">
        <Text c="var(--text)">
          The version before it stays as it is: what was agreed to on it can still be shown.
        </Text>
      </Alert>
    </FormDialog>
  );
}

function faultOf(text: string, before: string, legalEntity: string): string | null {
  if (text.trim() === before.trim()) return 'These are the words that are read out already.';
  if (text.trim().length < 40) return 'Say who asks, what for, and that they can change their mind.';
  const [unknown] = unknownPlaceholders(text);
  if (unknown !== undefined) return `${unknown} would be read out as it stands: write {dealer} or {car}.`;
  if (!namesDealer(text, legalEntity)) return 'Name who asks: write {dealer}, or the name itself.';
  return null;
}
