import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import type {
  savedSelectionPageSchema,
  savedSelectionSchema,
} from '../../../../src/features/mailshots/saved/contract.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';

/** Selections that are kept under a name: the question, never the people. */
export type SavedSelection = z.infer<typeof savedSelectionSchema>;
export type SavedSelectionPage = z.infer<typeof savedSelectionPageSchema>;

export const savedSelectionsPath = '/saved-selections';

export function savedSelectionQuery(id: string) {
  return queryOptions({
    queryKey: [savedSelectionsPath, 'one', id],
    queryFn: ({ signal }) => read<SavedSelection>(pathOf(id), { signal }),
    // why: what is on screen is a draft of it; it is not exchanged under somebody's hands.
    refetchOnWindowFocus: false,
  });
}

export async function saveNew(
  name: string,
  selection: GivenSelection,
  idempotencyKey: string = newIdempotencyKey(),
): Promise<SavedSelection> {
  const body = { name, selection };
  return (await ask<SavedSelection>(savedSelectionsPath, { body, idempotencyKey })).body;
}

export async function saveChanges(
  saved: Pick<SavedSelection, 'id' | 'version'>,
  changes: { readonly name?: string; readonly selection?: GivenSelection },
): Promise<SavedSelection> {
  const asking = { method: 'PATCH', body: changes, ifMatch: `"${saved.version}"` } as const;
  return (await ask<SavedSelection>(pathOf(saved.id), asking)).body;
}

export async function forget(saved: Pick<SavedSelection, 'id'>): Promise<void> {
  await ask(pathOf(saved.id), { method: 'DELETE' });
}

/** After a change: the list is read again, and the one that is open is what the server answered. */
export async function nowSaved(queries: QueryClient, saved: SavedSelection): Promise<void> {
  queries.setQueryData(savedSelectionQuery(saved.id).queryKey, saved);
  await queries.invalidateQueries({ queryKey: [savedSelectionsPath], predicate: isList });
}

export async function nowForgotten(queries: QueryClient, id: string): Promise<void> {
  queries.removeQueries({ queryKey: savedSelectionQuery(id).queryKey });
  await queries.invalidateQueries({ queryKey: [savedSelectionsPath], predicate: isList });
}

function isList({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[1] !== 'one';
}

function pathOf(id: string): string {
  return `${savedSelectionsPath}/${encodeURIComponent(id)}`;
}
