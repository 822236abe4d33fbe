import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import type { EnquirySearch } from './search.ts';
import { readEnquirySearch } from './search.ts';

const enquiriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enquiries',
  staticData: { scope: 'enquiries:read' },
  validateSearch: (search): EnquirySearch => readEnquirySearch(search),
  component: lazyRouteComponent(() => import('./enquiries-screen.tsx'), 'EnquiriesScreen'),
});

interface NewEnquirySearch {
  /** The id of the customer who asks, where their record led here. */
  readonly customer?: string;
}

const newEnquiryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enquiries/new',
  staticData: { scope: 'enquiries:write' },
  validateSearch: ({ customer }): NewEnquirySearch =>
    typeof customer === 'string' && customer !== '' ? { customer } : {},
  component: lazyRouteComponent(() => import('./new-enquiry-screen.tsx'), 'NewEnquiryScreen'),
});

const enquiryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/enquiries/$id',
  staticData: { scope: 'enquiries:read' },
  component: lazyRouteComponent(() => import('./enquiry-screen.tsx'), 'EnquiryScreen'),
});

export const enquiryRoutes = [enquiriesRoute, newEnquiryRoute, enquiryRoute] as const;
