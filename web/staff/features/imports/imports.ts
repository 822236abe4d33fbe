import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  importFilesSchema,
  importSchema,
  mappingProposalSchema,
} from '../../../../src/features/imports/contract.ts';
import { ask, read } from '../../shared/api.ts';

/** What the screens ask of imports. The same services are behind the command line. */
export type Import = z.infer<typeof importSchema>;
export type MappingProposal = z.infer<typeof mappingProposalSchema>;
export type ImportFiles = z.input<typeof importFilesSchema>;
export interface ImportPage {
  readonly imports: Import[];
  readonly nextCursor: string | null;
}

/** How often whoever waits for something at work asks how far it is. */
const askedAgainAfter = 1_000;

/** One import; asked again and again while it is at work. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['/imports', id],
    queryFn: ({ signal }) => read<Import>(`/imports/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.atWork === true ? askedAgainAfter : false),
  });
}

export async function startImport(files: ImportFiles): Promise<Import> {
  return (await ask<Import>('/imports', { body: files })).body;
}

/** Goes on with what was interrupted, in the direction it was going. */
export async function goOnWith({ importId, status }: Import): Promise<Import> {
  const verb = status === 'reversing' ? 'reverse' : 'resume';
  return (await ask<Import>(`/imports/${importId}:${verb}`, { method: 'POST' })).body;
}

export async function takeBack(importId: string): Promise<Import> {
  return (await ask<Import>(`/imports/${importId}:reverse`, { method: 'POST' })).body;
}

/** The state of an import in a word or two. */
export function stateWords({ status, atWork }: Pick<Import, 'status' | 'atWork'>): string {
  switch (status) {
    case 'running':
      return atWork ? 'Running' : 'Interrupted';
    case 'finished':
      return 'Finished';
    case 'reversing':
      return atWork ? 'Being taken back' : 'Taking back was interrupted';
    case 'reversed':
      return 'Taken back';
  }
}
