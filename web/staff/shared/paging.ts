import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useInfiniteQuery } from '@tanstack/react-query';
import { read } from './api.ts';

/** A list of the API that is read page by page with a cursor. */
export interface Page {
  readonly nextCursor: string | null;
}

type Pages<Of extends Page> = { pages: Of[]; pageParams: unknown[] };

/**
 * Reads a list page by page: `data.pages` so far, `fetchNextPage()` while `hasNextPage`.
 *
 * @param queryKey what it is kept under, where that is more than its path and query.
 */
export function usePages<Of extends Page>(
  path: string,
  query: Readonly<Record<string, string | number | boolean | null | undefined>> = {},
  queryKey: readonly unknown[] = [path, query],
): UseInfiniteQueryResult<Pages<Of>> {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read<Of>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}
