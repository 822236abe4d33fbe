import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  careNotesSchema,
  NewNote,
  NoteChanges,
  notePageSchema,
  noteVersionsSchema,
} from '../../../../src/features/notes/contract.ts';
import { ask, newIdempotencyKey, read } from '../api.ts';

/** What is noted of a customer, and how it is read and changed. Kept below the customer's own key. */
export type NotePage = z.infer<typeof notePageSchema>;
export type Note = NotePage['notes'][number];

export function careNotesQuery(customerId: string) {
  return queryOptions({
    queryKey: ['/customers', customerId, 'care-notes'],
    queryFn: async ({ signal }) =>
      (await read<z.infer<typeof careNotesSchema>>(`/customers/${customerId}/care-notes`, { signal }))
        .careNotes,
  });
}

export function noteVersionsQuery(customerId: string, id: string) {
  return queryOptions({
    queryKey: ['/customers', customerId, 'notes', id, 'versions'],
    queryFn: async ({ signal }) =>
      (
        await read<z.infer<typeof noteVersionsSchema>>(`/customers/${customerId}/notes/${id}/versions`, {
          signal,
        })
      ).versions,
  });
}

export async function writeNote(queries: QueryClient, customerId: string, body: NewNote): Promise<void> {
  await ask(`/customers/${customerId}/notes`, { body, idempotencyKey: newIdempotencyKey() });
  await notesChanged(queries, customerId);
}

/** Changes a note as it was read; whatever shows the customer reads again, whether that went well or not. */
export async function changeNote(
  queries: QueryClient,
  customerId: string,
  { id, version }: Pick<Note, 'id' | 'version'>,
  body: NoteChanges,
): Promise<void> {
  try {
    await ask(`/customers/${customerId}/notes/${id}`, { method: 'PATCH', body, ifMatch: `"${version}"` });
  } finally {
    await notesChanged(queries, customerId);
  }
}

export async function removeNote(queries: QueryClient, customerId: string, id: string): Promise<void> {
  await ask(`/customers/${customerId}/notes/${id}`, { method: 'DELETE' });
  await notesChanged(queries, customerId);
}

async function notesChanged(queries: QueryClient, customerId: string): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['/customers', customerId] });
}
