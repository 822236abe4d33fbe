import { queryOptions } from '@tanstack/react-query';
import { useRouteContext, useRouter } from '@tanstack/react-router';
import type { Session, SignIn } from '../../../src/features/users/contract.ts';
import { ask, read } from './api.ts';
import { ApiProblem } from './api-problem.ts';
import { forgetAccesses } from './first-access.ts';
import { queryClient } from './query-client.ts';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['/session'],
  queryFn: readSession,
  staleTime: 60_000,
});

async function readSession(): Promise<Session | null> {
  return (await read<Session | undefined>('/session')) ?? null;
}

/** Whoever is signed in, on any screen behind the sign-in. */
export function useSession(): Session {
  return useRouteContext({ from: '/signed-in', select: (context) => context.session });
}

/** Asks anew what whoever is signed in may do, and shows it: for what changes that. */
export function useSessionAgain(): () => Promise<void> {
  const router = useRouter();
  return async () => {
    await queryClient.prefetchQuery({ ...sessionQuery, staleTime: 0 });
    await router.invalidate();
  };
}

/** Whether the signed-in person's role allows something; what it does not allow is not shown. */
export function useMay(scope: string): boolean {
  return useSession().scopes.includes(scope);
}

/** Signs in. Throws ApiProblem with one sentence for every way in which it can fail. */
export async function signIn(credentials: SignIn): Promise<void> {
  beginSession((await ask<Session>('/session', { body: credentials })).body);
}

/** Whether a sign-in was refused only because the code of the second factor is missing. */
export function isCodeNeeded(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'code-needed';
}

/** Nothing that the last person looked at stays behind for the next one. */
export function beginSession(session: Session | null): void {
  queryClient.clear();
  forgetAccesses();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Signs in again where the session ended in the middle of something: whatever is on screen stays. */
export async function goOnAs(credentials: SignIn): Promise<void> {
  const { body } = await ask<Session>('/session', { body: credentials });
  queryClient.setQueryData(sessionQuery.queryKey, body);
  await queryClient.invalidateQueries();
}

/** Goes on where somebody signed in again in another tab; for nobody but whose work is on screen. */
export async function goOnIfSignedIn(userId: string): Promise<'nobody' | 'the same' | 'somebody else'> {
  const session = await readSession();
  if (session === null) return 'nobody';
  if (session.user.id !== userId) return 'somebody else';
  queryClient.setQueryData(sessionQuery.queryKey, session);
  await queryClient.invalidateQueries();
  return 'the same';
}

/** Nobody is signed in any more, and nothing that was looked at stays behind. */
export function leaveSession(): void {
  beginSession(null);
}

/**
 * Signs out, and loads the page anew: nothing that was looked at stays in the memory of the browser, and no
 * screen that is still being drawn asks for it again. What is being read meanwhile would only be refused.
 */
export async function signOut(): Promise<void> {
  await queryClient.cancelQueries();
  await ask('/session', { method: 'DELETE' });
  forgetAccesses();
  location.assign('/sign-in');
}

/** Works at another branch from now on. */
export async function workAt(branch: string): Promise<void> {
  const { body } = await ask<Session>('/session', { method: 'PATCH', body: { branch } });
  queryClient.setQueryData(sessionQuery.queryKey, body);
}
