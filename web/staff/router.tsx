import { createRouter } from '@tanstack/react-router';
import { accessLogRoutes } from './features/access-log/routes.ts';
import { accountRoutes } from './features/account/routes.ts';
import { appointmentRoutes } from './features/appointments/routes.ts';
import { customerRoutes } from './features/customers/routes.ts';
import { enquiryRoutes } from './features/enquiries/routes.ts';
import { importRoutes } from './features/imports/routes.ts';
import { mailshotRoutes } from './features/mailshots/routes.ts';
import { programmeRoutes } from './features/programmes/routes.ts';
import { reviewRoutes } from './features/reviews/routes.ts';
import { settingsRoutes } from './features/settings/routes.ts';
import { choosePasswordRoute, setUpRoute, signInRoute } from './features/sign-in/routes.ts';
import { taskRoutes } from './features/tasks/routes.ts';
import { todayRoute } from './features/today/routes.ts';
import { userRoutes } from './features/users/routes.ts';
import { onSignedOut } from './shared/api.ts';
import { queryClient } from './shared/query-client.ts';
import { rootRoute, signedInRoute } from './shared/routes.tsx';
import { sessionQuery } from './shared/session.ts';
import { askToSignInAgain } from './shared/sign-in-again.tsx';
import { ErrorState, LoadingState, NotFoundState } from './shared/states.tsx';

/** Every screen there is. A feature adds its routes here, and its entry to shared/navigation.ts. */
const routeTree = rootRoute.addChildren([
  signInRoute,
  setUpRoute,
  choosePasswordRoute,
  signedInRoute.addChildren([
    todayRoute,
    ...customerRoutes,
    ...appointmentRoutes,
    ...enquiryRoutes,
    ...taskRoutes,
    ...reviewRoutes,
    ...programmeRoutes,
    ...mailshotRoutes,
    ...importRoutes,
    ...settingsRoutes,
    ...userRoutes,
    ...accessLogRoutes,
    ...accountRoutes,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: LoadingState,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} tryAgain={reset} />,
  defaultNotFoundComponent: NotFoundState,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

onSignedOut(() => {
  if (queryClient.getQueryData(sessionQuery.queryKey) === null || askToSignInAgain()) return;
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.invalidate();
});
