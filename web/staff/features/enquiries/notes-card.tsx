import { Button, Group, Paper, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';
import type { Enquiry } from './enquiries.ts';
import { enquiriesChanged } from './enquiries.ts';

/** What was said and agreed, the latest first. */
export function NotesCard({
  enquiry,
  mayWrite,
}: {
  readonly enquiry: Enquiry;
  readonly mayWrite: boolean;
}): ReactNode {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '') return;
    setBusy(true);
    try {
      await ask(`/enquiries/${enquiry.id}/notes`, { body: { text }, idempotencyKey: newIdempotencyKey() });
      await enquiriesChanged(queries, enquiry.customerId);
      setText('');
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Paper component="section" aria-label="Notes">
      <Title order={2} mb="xs">
        Notes
      </Title>
      {mayWrite && (
        <form onSubmit={(event) => void add(event)}>
          <Textarea
            label="New note"
            autosize={true}
            minRows={2}
            maxLength={4_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group my="xs">
            <Button type="submit" variant="default" loading={isBusy}>
              Add the note
            </Button>
          </Group>
        </form>
      )}
      {enquiry.notes.length === 0 && <Text c="dimmed">Nothing noted yet.</Text>}
      <ul className={classes['plain']}>
        {enquiry.notes.map((note) => (
          <li key={note.id} className={classes['note']}>
            {note.text}
            <Text size="xs" c="dimmed">
              {note.writtenBy}, <WhenText when={note.writtenAt} withTime={true} />
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
