import { Alert, Button, Group, Modal, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { LostReason } from '../../../../src/domain/enquiry.ts';
import { lostReasons, lostReasonWords } from '../../../../src/domain/enquiry.ts';
import { sentenceOf } from '../../shared/api-problem.ts';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { changeEnquiry, movedWords } from './enquiries.ts';
import type { Movable } from './move.tsx';

/** Why a sale did not come about. Without a reason it stays open. */
export function LostDialog({
  enquiry,
  close,
}: {
  readonly enquiry: Movable;
  readonly close: () => void;
}): ReactNode {
  useReturnFocus();
  const queries = useQueryClient();
  const [reason, setReason] = useState<LostReason | ''>('');
  const [note, setNote] = useState('');
  const [reasonError, setReasonError] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason === '') {
      setReasonError('Say why it was lost: choose a reason.');
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const lostNote = note.trim();
      await changeEnquiry(queries, enquiry, {
        stage: 'lost',
        lostReason: reason,
        ...(lostNote === '' ? {} : { lostNote }),
      });
      sayDone(movedWords(enquiry.displayName, 'lost'));
      close();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={true} onClose={close} title={`Why was the sale to ${enquiry.displayName} lost?`}>
      <form onSubmit={(event) => void submit(event)} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <NativeSelect
            label="Reason"
            data-autofocus={true}
            value={reason}
            error={reasonError}
            data={[
              { value: '', label: 'Choose a reason' },
              ...lostReasons.map((value) => ({ value, label: lostReasonWords[value] })),
            ]}
            onChange={(event) => {
              setReason(event.currentTarget.value as LostReason | '');
              setReasonError(null);
            }}
          />
          <Textarea
            label="More about it"
            description="Nobody has to say more than the reason."
            maxLength={500}
            autosize={true}
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={isBusy}>
              Mark as lost
            </Button>
            <Button variant="default" onClick={close}>
              Keep it open
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
