import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMay } from '../session.ts';
import { sayDone, sayFailed } from '../toast.tsx';
import classes from './notes.module.css';
import type { Note } from './notes.ts';
import { careNotesQuery, changeNote, writeNote } from './notes.ts';

/** How they like to be met, above everything else; nothing where nobody noted anything. */
export function CareNotes({ customerId }: { readonly customerId: string }): ReactNode {
  const queries = useQueryClient();
  const mayEnd = useMay('customers:write');
  const { data = [] } = useQuery(careNotesQuery(customerId));
  if (data.length === 0) return null;
  const end = async (note: Note): Promise<void> => {
    try {
      await changeNote(queries, customerId, note, { ended: true });
      const text = note.text ?? '';
      const again = (): void => void writeNote(queries, customerId, { kind: 'care', text }).catch(sayFailed);
      sayDone('The care note stands there no longer.', { act: again });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <ul className={classes['care']} aria-label="Care notes">
      {data.map((note) => (
        <li key={note.id} className={classes['careNote']} data-plain={!mayEnd || undefined}>
          <strong>{note.text}</strong>
          {mayEnd && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`End the care note: ${note.text ?? ''}`}
              onClick={() => void end(note)}
            >
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
