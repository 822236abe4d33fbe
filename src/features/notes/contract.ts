import { z } from 'zod';
import { careNoteLengthMax } from '../../domain/care-note.ts';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';
import { customerParams } from '../customers/contract.ts';

/** What screens and the API exchange about notes on a customer. */
const noteKinds = ['note', 'care'] as const;
const noteLengthMax = 4_000;

export const newNoteSchema = z
  .strictObject({
    kind: z
      .enum(noteKinds)
      .default('note')
      .describe('care: a few words that stand on top of the record, without a word about health.'),
    text: z
      .string()
      .trim()
      .min(1)
      .max(noteLengthMax)
      .describe(`At most ${careNoteLengthMax} characters where it is a care note.`),
  })
  .meta({ id: 'NewNote', examples: [{ kind: 'care', text: 'Please speak slowly' }] });
export type NewNote = z.input<typeof newNoteSchema>;

export const noteChangesSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(noteLengthMax).optional(),
    ended: z
      .literal(true)
      .optional()
      .describe('A care note that is not needed any more: it stays on record and stands on top no longer.'),
  })
  .meta({ id: 'NoteChanges', examples: [{ text: 'Prefers to be called after four' }] });
export type NoteChanges = z.input<typeof noteChangesSchema>;

export const noteSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(noteKinds),
    text: z.string().nullable().describe('As it is now; null where it was removed.'),
    version: z.int().describe('1 until it is edited. Also what If-Match compares.'),
    writtenAt: z.iso.datetime(),
    writtenBy: z.string(),
    editedAt: z.iso.datetime().nullable(),
    editedBy: z.string().nullable(),
    endedAt: z.iso.datetime().nullable(),
    endedBy: z.string().nullable(),
    removedAt: z.iso.datetime().nullable(),
    removedBy: z.string().nullable(),
  })
  .meta({ id: 'Note' });

export const careNotesSchema = z
  .object({ careNotes: z.array(noteSchema).describe('Those in force, the oldest first.') })
  .meta({ id: 'CareNotes' });

export const noteListQuery = z.strictObject(pageQuery);

export const notePageSchema = z
  .object({ notes: z.array(noteSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'NotePage' });

export const noteParams = customerParams.extend({
  noteId: z.uuid().toLowerCase().describe('The id of the note.'),
});

export const noteVersionsSchema = z
  .object({
    versions: z
      .array(
        z
          .object({
            version: z.int(),
            text: z.string(),
            writtenAt: z.iso.datetime(),
            writtenBy: z.string(),
          })
          .meta({ id: 'NoteVersion' }),
      )
      .describe('The newest first. None where the note was removed.'),
  })
  .meta({ id: 'NoteVersions' });
