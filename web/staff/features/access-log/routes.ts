import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import type { AccessSearch } from './search.ts';
import { readAccessSearch } from './search.ts';

const accessLogRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access-log',
  staticData: { scope: 'accesses:read' },
  validateSearch: (search): AccessSearch => readAccessSearch(search),
  component: lazyRouteComponent(() => import('./access-log-screen.tsx'), 'AccessLogScreen'),
});

export const accessLogRoutes = [accessLogRoute] as const;
