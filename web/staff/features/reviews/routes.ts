import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import { readOutcomeSearch, readReviewSearch } from './search.ts';

const reviewsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/reviews',
  staticData: { scope: 'reviews:read' },
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import('./reviews-screen.tsx'), 'ReviewsScreen'),
});

const callsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/reviews/calls',
  staticData: { scope: 'reviews:read' },
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import('./calls-screen.tsx'), 'CallsScreen'),
});

const outcomesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/reviews/outcomes',
  staticData: { scope: 'reviews:read' },
  validateSearch: readOutcomeSearch,
  component: lazyRouteComponent(() => import('./outcomes-screen.tsx'), 'OutcomesScreen'),
});

export const reviewRoutes = [reviewsRoute, callsRoute, outcomesRoute] as const;
