import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import { readSearch } from './search.ts';

const mailshotsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mailshots',
  staticData: { scope: 'selections' },
  component: lazyRouteComponent(() => import('./mailshots-screen.tsx'), 'MailshotsScreen'),
});

const newMailshotRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mailshots/new',
  staticData: { scope: 'selections' },
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./mailshot-screen.tsx'), 'NewMailshotScreen'),
});

const mailshotRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/mailshots/$id',
  staticData: { scope: 'selections' },
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./mailshot-screen.tsx'), 'MailshotScreen'),
});

export const mailshotRoutes = [mailshotsRoute, newMailshotRoute, mailshotRoute] as const;
