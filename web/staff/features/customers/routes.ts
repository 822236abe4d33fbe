import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { preferencesQuery } from '../../shared/preferences/preferences.ts';
import { queryClient } from '../../shared/query-client.ts';
import { signedInRoute } from '../../shared/routes.tsx';
import { customerQuery } from './customer.ts';
import type { DuplicateGround } from './duplicate-words.ts';
import { groundWords } from './duplicate-words.ts';

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

/** What is looked at is in the address, so that it can be shared and gone back to. */
interface DuplicatesSearch {
  /** The code of a branch; all where it is left out. */
  readonly branch?: string;
  readonly ground?: DuplicateGround;
}

const duplicatesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/duplicates',
  staticData: { scope: 'customers:read' },
  validateSearch: ({ branch, ground }): DuplicatesSearch => ({
    ...(typeof branch === 'string' && branch !== '' ? { branch } : {}),
    ...(typeof ground === 'string' && Object.hasOwn(groundWords, ground)
      ? { ground: ground as DuplicateGround }
      : {}),
  }),
  component: lazyRouteComponent(() => import('./duplicates-screen.tsx'), 'DuplicatesScreen'),
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
  // The record and its preferences are asked for while the screen itself is loaded, so that the pop-up waits for one
  // answer rather than three. Only of a record that is opened: reading one is recorded, and looking at its link is not.
  beforeLoad: ({ params: { id }, context: { session }, preload }) => {
    if (preload) return;
    void queryClient.prefetchQuery(customerQuery(id));
    // By number it is not known yet whose they are.
    if (!id.startsWith('no:')) void queryClient.prefetchQuery(preferencesQuery(id, session.branch.code));
  },
  component: lazyRouteComponent(() => import('./customer-screen.tsx'), 'CustomerScreen'),
});

const mergeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/customers/$id/merge/$other',
  staticData: { scope: 'customers:write' },
  component: lazyRouteComponent(() => import('./merge-screen.tsx'), 'MergeScreen'),
});

export const customerRoutes = [
  searchRoute,
  newCustomerRoute,
  duplicatesRoute,
  customerRoute,
  mergeRoute,
] as const;
