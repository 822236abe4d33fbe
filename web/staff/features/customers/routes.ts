import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers',
  staticData: { scope: 'customers:read' },
  component: lazyRouteComponent(() => import('./customers-screen.tsx'), 'CustomersScreen'),
});

const newCustomerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/new',
  staticData: { scope: 'customers:write' },
  component: lazyRouteComponent(() => import('./new-customer-screen.tsx'), 'NewCustomerScreen'),
});

interface RecordSearch {
  /** The pop-up opens by itself after a record was created or updated. */
  preferences?: 'open';
  /** The entry of the ledger to show. */
  entry?: number;
}

const customerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/$id',
  staticData: { scope: 'customers:read' },
  // The pop-up opens by itself after a record was created or updated.
  validateSearch: (search): RecordSearch => ({
    ...(search['preferences'] === 'open' ? { preferences: 'open' } : {}),
    ...(Number.isInteger(search['entry']) ? { entry: Number(search['entry']) } : {}),
  }),
  component: lazyRouteComponent(() => import('./customer-screen.tsx'), 'CustomerScreen'),
});

export const customerRoutes = [searchRoute, newCustomerRoute, customerRoute] as const;
