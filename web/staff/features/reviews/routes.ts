import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import { readReviewSearch } from './search.ts';

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

export const reviewRoutes = [reviewsRoute, callsRoute] as const;
