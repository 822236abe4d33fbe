import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import { isDay } from './dates.ts';

/** What is looked at is in the address, so that it can be shared and gone back to. */
export interface DiarySearch {
  readonly view?: 'week';
  /** Today where it is left out. */
  readonly on?: string;
  /** The code of a branch; the branch worked at where it is left out. */
  readonly branch?: string;
}

const diaryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/diary',
  staticData: { scope: 'appointments:read' },
  validateSearch: (search): DiarySearch => ({
    ...(search['view'] === 'week' ? { view: 'week' } : {}),
    ...(isDay(search['on']) ? { on: search['on'] } : {}),
    ...(typeof search['branch'] === 'string' && search['branch'] !== '' ? { branch: search['branch'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./diary-screen.tsx'), 'DiaryScreen'),
});

const hoursRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/diary/hours',
  staticData: { scope: 'workshop:write' },
  component: lazyRouteComponent(() => import('./hours-screen.tsx'), 'HoursScreen'),
});

interface BookingSearch {
  /** The id of whoever is to be booked in, where that is known. */
  readonly customer?: string;
}

const bookingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/appointments/new',
  staticData: { scope: 'appointments:write' },
  validateSearch: (search): BookingSearch =>
    typeof search['customer'] === 'string' ? { customer: search['customer'] } : {},
  component: lazyRouteComponent(() => import('./booking-screen.tsx'), 'BookingScreen'),
});

const appointmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/appointments/$id',
  staticData: { scope: 'appointments:read' },
  component: lazyRouteComponent(() => import('./appointment-screen.tsx'), 'AppointmentScreen'),
});

export const appointmentRoutes = [diaryRoute, hoursRoute, bookingRoute, appointmentRoute] as const;
