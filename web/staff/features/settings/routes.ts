import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  staticData: { scope: 'policy:read' },
  beforeLoad: () => {
    throw redirect({ to: '/settings/policy', replace: true });
  },
});

const policyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/policy',
  staticData: { scope: 'policy:read' },
  component: lazyRouteComponent(() => import('./policy-screen.tsx'), 'PolicyScreen'),
});

const wordingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/wordings',
  staticData: { scope: 'policy:read' },
  component: lazyRouteComponent(() => import('./wordings-screen.tsx'), 'WordingsScreen'),
});

const webWordingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/web-wordings',
  staticData: { scope: 'policy:read' },
  component: lazyRouteComponent(() => import('./web-wordings-screen.tsx'), 'WebWordingsScreen'),
});

const resetsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/resets',
  staticData: { scope: 'resets' },
  component: lazyRouteComponent(() => import('./resets-screen.tsx'), 'ResetsScreen'),
});

export const settingsRoutes = [
  settingsRoute,
  policyRoute,
  wordingsRoute,
  webWordingsRoute,
  resetsRoute,
] as const;
