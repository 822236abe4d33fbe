import type { QueryClient } from '@tanstack/react-query';

/**
 * What was typed to find somebody. It names a person, so it is kept out of addresses: in memory alone, as long
 * as this person is signed in and for a few minutes.
 */
const key = ['customers:typed'];

export function keepTypedText(queries: QueryClient, text: string): void {
  queries.setQueryData<string>(key, text);
}

export function typedText(queries: QueryClient): string {
  return queries.getQueryData<string>(key) ?? '';
}
