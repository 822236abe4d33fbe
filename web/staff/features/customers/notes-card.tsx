import { Button, Group, Paper, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { soundsMedical } from '../../../../src/domain/care-note.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import classes from '../../shared/notes/notes.module.css';
import type { NotePage } from '../../shared/notes/notes.ts';
import { writeNote } from '../../shared/notes/notes.ts';
import { usePages } from '../../shared/paging.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayFailed } from '../../shared/toast.tsx';
import { CareNoteDialog } from './care-note-dialog.tsx';
import { pathOf } from './customer.ts';
import { NoteLine } from './note-line.tsx';

interface NotesCardProps {
  readonly customerId: string;
  readonly mayWrite: boolean;
}

/** What staff want to remember of them, the latest first. */
export function NotesCard({ customerId, mayWrite }: NotesCardProps): ReactNode {
  const [isCaring, setCaring] = useState(false);
  const pages = usePages<NotePage>(`${pathOf(customerId)}/notes`, { limit: 5 }, [
    '/customers',
    customerId,
    'notes',
  ]);
  const { data, error, refetch } = pages;
  const notes = data?.pages.flatMap((page) => page.notes) ?? [];
  return (
    <Paper component="section" aria-label="Notes">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Notes</Title>
        {mayWrite && (
          <Button size="compact-sm" variant="default" onClick={() => setCaring(true)}>
            Add a care note
          </Button>
        )}
      </Group>
      {mayWrite && <NewNote customerId={customerId} />}
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && notes.length === 0 && <Text c="dimmed">Nothing noted yet.</Text>}
      <ul className={classes['list']}>
        {notes.map((note) => (
          <NoteLine key={note.id} customerId={customerId} note={note} mayWrite={mayWrite} />
        ))}
      </ul>
      <ShowMore pages={pages} />
      {isCaring && <CareNoteDialog customerId={customerId} close={() => setCaring(false)} />}
    </Paper>
  );
}

function NewNote({ customerId }: { readonly customerId: string }): ReactNode {
  const queries = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  useShortcut({ key: 'w' }, () => field.current?.focus());
  const add = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    try {
      await writeNote(queries, customerId, { text });
      setText('');
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void add(event)}>
      <Textarea
        ref={field}
        label={
          <>
            New note&nbsp;<KeyHint>W</KeyHint>
          </>
        }
        aria-label="New note"
        aria-keyshortcuts="W"
        autosize={true}
        minRows={2}
        maxLength={4_000}
        value={text}
        description={
          soundsMedical(text) ? 'This reads as if it said something about health: leave that out.' : null
        }
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add();
        }}
      />
      <Group my="xs" gap="xs">
        <Button type="submit" variant="default" loading={isBusy} aria-keyshortcuts="Control+Enter">
          Add the note&nbsp;<KeyHint>Ctrl Enter</KeyHint>
        </Button>
      </Group>
    </form>
  );
}
