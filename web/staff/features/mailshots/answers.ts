import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ReasonCode } from '../../../../src/domain/reason.ts';
import type {
  exportReportSchema,
  selectedPageSchema,
  selectionCountSchema,
} from '../../../../src/features/mailshots/answers/contract.ts';
import type {
  ExportColumn,
  GivenSelection,
  SelectionPart,
} from '../../../../src/features/mailshots/contract.ts';
import { ask, read } from '../../shared/api.ts';

/** What the server answers about a selection: how many, who, and the list itself. */
export type Count = z.infer<typeof selectionCountSchema>;
export type LeftOut = Count['leftOut'][number];
export type SelectionWarning = Count['warnings'][number];
export type SelectedPerson = z.infer<typeof selectedPageSchema>['people'][number];
export type ExportReport = z.infer<typeof exportReportSchema>;

export interface Counted {
  readonly count: Count;
  /** How long the answer took, on the way there and back. */
  readonly milliseconds: number;
}

/** Counts; another question takes back the one that is still being answered. Null asks nothing. */
export function useCount(selection: GivenSelection | null) {
  return useQuery({
    queryKey: ['/selections:count', selection],
    queryFn: async ({ signal }): Promise<Counted> => {
      const began = performance.now();
      const count = await read<Count>('/selections:count', { body: selection, signal });
      return { count, milliseconds: performance.now() - began };
    },
    enabled: selection !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 60_000,
  });
}

const peopleAtOnce = 50;

/** The people behind one figure, page by page. */
export function usePeople(selection: GivenSelection, part: SelectionPart) {
  return useInfiniteQuery({
    queryKey: ['/selections:list', selection, part],
    queryFn: ({ pageParam, signal }) =>
      read<z.infer<typeof selectedPageSchema>>('/selections:list', {
        body: {
          selection,
          part,
          limit: peopleAtOnce,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    gcTime: 60_000,
  });
}

export function partOf(who: string): SelectionPart {
  return who === 'permitted' ? 'permitted' : { leftOutFor: who.split('.') as ReasonCode[] };
}

export function whoOf({ reasons }: Pick<LeftOut, 'reasons'>): string {
  return reasons.join('.');
}

/** Makes the list: everybody is decided again, and whoever is on it counts as contacted. */
export async function exportSelection(
  request: {
    readonly selection: GivenSelection;
    readonly columns: readonly ExportColumn[];
    readonly leftOut: boolean;
    readonly countedAt: string;
  },
  idempotencyKey: string,
): Promise<ExportReport> {
  return (await ask<ExportReport>('/selections:export', { body: request, idempotencyKey })).body;
}
