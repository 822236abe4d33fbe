import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import type { ReviewStatus } from './review-status.ts';
import { reviewStatuses } from './review-status.ts';

/** What is looked at is in the address, so that it can be shared and gone back to. */
interface ReviewSearch {
  readonly status?: ReviewStatus;
  /** The code of a branch, or `all`; the branch worked at where it is left out. */
  readonly branch?: string;
}

const reviewsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/reviews',
  staticData: { scope: 'reviews:read' },
  validateSearch: (search): ReviewSearch => {
    const status = reviewStatuses.find((each) => each === search['status']);
    const { branch } = search;
    return {
      ...(status === undefined ? {} : { status }),
      ...(typeof branch === 'string' && branch !== '' ? { branch } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./reviews-screen.tsx'), 'ReviewsScreen'),
});

export const reviewRoutes = [reviewsRoute] as const;
