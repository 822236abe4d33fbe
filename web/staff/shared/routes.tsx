import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Scope } from '../../../src/features/users/roles.ts';
import { AppShell } from './app-shell.tsx';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { ErrorState, LoadingState, NotFoundState } from './states.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What a role must allow for this screen; left out where every role may see it. */
    readonly scope?: Scope;
  }
}

/** The two parents of every screen: one for everybody, one for whoever is signed in. */
export const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: WholePageError,
  notFoundComponent: NotFoundState,
});

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
    return { session };
  },
  component: AppShell,
  errorComponent: WholePageError,
  pendingComponent: LoadingState,
});

function WholePageError({ error, reset }: { error: unknown; reset: () => void }): ReactNode {
  return <ErrorState error={error} tryAgain={reset} />;
}
