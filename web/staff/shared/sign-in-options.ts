import { queryOptions } from '@tanstack/react-query';
import type { SignInOptions } from '../../../src/features/users/provider/contract.ts';
import { read } from './api.ts';

/** How people sign in here, which the operator chose when Navigator was started. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['/sign-in-options'],
  queryFn: ({ signal }) => read<SignInOptions>('/sign-in-options', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Where the way to the provider begins; from there it leads back to `next`. */
export function wayToProvider(next: string | undefined): string {
  return next === undefined ? '/provider/sign-in' : `/provider/sign-in?next=${encodeURIComponent(next)}`;
}
