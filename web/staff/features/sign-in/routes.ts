import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from '../../shared/query-client.ts';
import { rootRoute } from '../../shared/routes.tsx';
import { sessionQuery } from '../../shared/session.ts';
import { signInOptionsQuery } from '../../shared/sign-in-options.ts';

interface SignInSearch {
  readonly next?: string | undefined;
  /** What went wrong at the provider. */
  readonly problem?: string | undefined;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // why: undefined rather than left out, since what the parent lets through would stay in its place.
  validateSearch: ({ next, problem }: { next?: unknown; problem?: unknown }): SignInSearch => ({
    next: isOwnAddress(next) ? next : undefined,
    problem: typeof problem === 'string' ? problem : undefined,
  }),
  beforeLoad: async ({ search }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session !== null) throw redirect({ href: search.next ?? '/', replace: true });
  },
  loader: () => queryClient.ensureQueryData(signInOptionsQuery),
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./set-up-screen.tsx'), 'SetUpScreen'),
});

export const choosePasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/choose-password',
  component: lazyRouteComponent(() => import('./choose-password-screen.tsx'), 'ChoosePasswordScreen'),
});

// Only a path of this application: an address that leads elsewhere would make signing in a trap.
function isOwnAddress(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value);
}
