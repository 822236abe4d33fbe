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

export const reviewRoutes = [reviewsRoute] as const;
