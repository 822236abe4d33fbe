import { Alert, Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { careNoteLengthMax, readyCarePhrases, soundsMedical } from '../../../../src/domain/care-note.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import classes from '../../shared/notes/notes.module.css';
import { writeNote } from '../../shared/notes/notes.ts';
import { sayDone } from '../../shared/toast.tsx';

/** A few words for the top of the record: one of the ready phrases, or words of one's own. */
export function CareNoteDialog({
  customerId,
  close,
}: {
  readonly customerId: string;
  readonly close: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const submission = useSubmission();
  const [text, setText] = useState('');
  const submit = (): void =>
    void submission.run(async () => {
      await writeNote(queries, customerId, { kind: 'care', text });
      sayDone('The care note stands on top now.');
      close();
    });
  return (
    <FormDialog
      title="How do they like to be met?"
      verb="Put it on top"
      submit={submit}
      submission={submission}
      missing={text.trim() === '' ? 'Choose a phrase, or write one.' : null}
      close={close}
    >
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>Ready phrases</legend>
        <div className={classes['phrases']}>
          {readyCarePhrases.map((phrase) => (
            <Button
              key={phrase}
              size="compact-sm"
              variant={phrase === text ? 'filled' : 'default'}
              aria-pressed={phrase === text}
              onClick={() => setText(phrase)}
            >
              {phrase}
            </Button>
          ))}
        </div>
      </fieldset>
      <Textarea
        label="Or in your own words"
        description={
          'Say what to do, not why. Write nothing about health, illness or disability: it is not needed, and the law ' +
          `protects it specially. ${careNoteLengthMax - text.length} characters left.`
        }
        autosize={true}
        minRows={2}
        maxLength={careNoteLengthMax}
        value={text}
        data-autofocus={true}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {soundsMedical(text) && (
        <Alert color="yellow" variant="light" role="status">
          <span style={{ color: 'var(--text)' }}>
            This reads as if it said something about health. Say only what we should do.
          </span>
        </Alert>
      )}
    </FormDialog>
  );
}
