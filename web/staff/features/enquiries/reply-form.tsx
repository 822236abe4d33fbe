import { Alert, Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { sentenceOf } from '../../shared/api-problem.ts';
import { sayDone } from '../../shared/toast.tsx';
import type { Enquiry } from './enquiries.ts';
import { enquiriesChanged } from './enquiries.ts';

/** Puts on record that this customer was answered, now; a refusal of that instant is said with its reason. */
export function ReplyForm({ enquiry }: { readonly enquiry: Enquiry }): ReactNode {
  const queries = useQueryClient();
  const allowed = enquiry.answers.filter((answer) => answer.allowed);
  const [channel, setChannel] = useState<string>(allowed[0]?.channel ?? '');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (allowed.length === 0) return null;
  const record = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await ask(`/enquiries/${enquiry.id}/replies`, {
        body: { channel, text: text.trim() || null },
        idempotencyKey: newIdempotencyKey(),
      });
      setText('');
      sayDone('The answer is on record.');
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      await enquiriesChanged(queries, enquiry.customerId);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void record(event)}>
      <Group align="flex-start" mt="sm" gap="sm">
        <NativeSelect
          label="Answered by"
          w="9rem"
          value={channel}
          data={allowed.map((answer) => ({ value: answer.channel, label: answer.label }))}
          onChange={(event) => setChannel(event.currentTarget.value)}
        />
        <Textarea
          label="What you answered"
          autosize={true}
          minRows={1}
          maxLength={4_000}
          flex="1 1 16rem"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Group>
      {problem !== null && (
        <Alert color="red" variant="light" role="alert" mt="xs">
          {problem}
        </Alert>
      )}
      <Button type="submit" variant="default" mt="xs" loading={isBusy}>
        Record the answer
      </Button>
    </form>
  );
}
