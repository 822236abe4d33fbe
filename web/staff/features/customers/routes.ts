import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers',
  staticData: { scope: 'customers:read' },
  component: lazyRouteComponent(() => import('./customers-screen.tsx'), 'CustomersScreen'),
});

const customerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/$id',
  staticData: { scope: 'customers:read' },
  // The pop-up opens by itself after a record was created or updated.
  validateSearch: (search): { preferences?: 'open' } =>
    search['preferences'] === 'open' ? { preferences: 'open' } : {},
  component: lazyRouteComponent(() => import('./customer-screen.tsx'), 'CustomerScreen'),
});

export const customerRoutes = [searchRoute, customerRoute] as const;
