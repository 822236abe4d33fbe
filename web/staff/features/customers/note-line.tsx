import { Badge, Button, Group, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { careNoteLengthMax } from '../../../../src/domain/care-note.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import classes from '../../shared/notes/notes.module.css';
import type { Note } from '../../shared/notes/notes.ts';
import { changeNote, noteVersionsQuery, removeNote } from '../../shared/notes/notes.ts';
import { useMay } from '../../shared/session.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';

interface NoteLineProps {
  readonly customerId: string;
  readonly note: Note;
  readonly mayWrite: boolean;
}

/** One note: what it says, who wrote it, and what it said before. */
export function NoteLine({ customerId, note, mayWrite }: NoteLineProps): ReactNode {
  const mayRemove = useMay('notes:remove');
  const [open, setOpen] = useState<'edit' | 'versions' | null>(null);
  const remove = useRemoval(customerId, note);
  if (note.text === null) {
    return (
      <li className={classes['note']}>
        <Text c="dimmed" size="sm">
          A note of <WhenText when={note.writtenAt} />, removed by {note.removedBy}
        </Text>
      </li>
    );
  }
  return (
    <li className={classes['note']}>
      {note.kind === 'care' && (
        <Badge variant="default" tt="none" mb={4}>
          {note.endedAt === null ? 'Care note' : 'Care note, ended'}
        </Badge>
      )}
      <div className={classes['text']}>{note.text}</div>
      <Group gap="xs" justify="space-between">
        <Text size="xs" c="dimmed">
          {note.writtenBy}, <WhenText when={note.writtenAt} withTime={true} />
          {note.editedBy !== null && ` · edited by ${note.editedBy}`}
        </Text>
        <Group gap={4}>
          {note.version > 1 && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={open === 'versions'}
              onClick={() => setOpen(open === 'versions' ? null : 'versions')}
            >
              Earlier versions
            </Button>
          )}
          {mayWrite && (
            <Button size="compact-xs" variant="subtle" onClick={() => setOpen('edit')}>
              Edit
            </Button>
          )}
          {mayRemove && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="red.9"
              c="var(--no)"
              onClick={() => void remove()}
            >
              Remove
            </Button>
          )}
        </Group>
      </Group>
      {open === 'versions' && <Versions customerId={customerId} id={note.id} />}
      {open === 'edit' && <EditNote customerId={customerId} note={note} close={() => setOpen(null)} />}
    </li>
  );
}

function useRemoval(customerId: string, note: Note): () => Promise<void> {
  const confirm = useConfirm();
  const queries = useQueryClient();
  return async () => {
    const isSure = await confirm({
      title: 'Remove this note?',
      body: 'What it says is gone for good, every earlier version included. That there was a note stays on record.',
      confirm: 'Remove the note',
      dangerous: true,
    });
    if (!isSure) return;
    try {
      await removeNote(queries, customerId, note.id);
      sayDone('The note is removed.');
    } catch (error) {
      sayFailed(error);
    }
  };
}

function Versions({ customerId, id }: { readonly customerId: string; readonly id: string }): ReactNode {
  const { data = [] } = useQuery(noteVersionsQuery(customerId, id));
  return (
    <ul className={classes['list']} aria-label="Earlier versions">
      {data.slice(1).map((version) => (
        <li key={version.version} className={classes['note']}>
          <div className={classes['text']}>{version.text}</div>
          <Text size="xs" c="dimmed">
            {version.writtenBy}, <WhenText when={version.writtenAt} withTime={true} />
          </Text>
        </li>
      ))}
    </ul>
  );
}

function EditNote(props: {
  readonly customerId: string;
  readonly note: Note;
  readonly close: () => void;
}): ReactNode {
  const { customerId, note, close } = props;
  const queries = useQueryClient();
  const submission = useSubmission();
  const [text, setText] = useState(note.text ?? '');
  const submit = (): void =>
    void submission.run(async () => {
      await changeNote(queries, customerId, note, { text });
      sayDone('The note is changed; what it said before is kept.');
      close();
    });
  return (
    <FormDialog
      title="Edit the note"
      verb="Save"
      submit={submit}
      submission={submission}
      missing={text.trim() === '' ? 'A note says something.' : null}
      close={close}
    >
      <Textarea
        label="Note"
        autosize={true}
        minRows={3}
        maxLength={note.kind === 'care' ? careNoteLengthMax : 4_000}
        value={text}
        data-autofocus={true}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
