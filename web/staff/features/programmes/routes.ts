import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

const contactManagerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/contact-manager',
  staticData: { scope: 'programmes:read' },
  component: lazyRouteComponent(() => import('./contact-manager-screen.tsx'), 'ContactManagerScreen'),
});

export const programmeRoutes = [contactManagerRoute] as const;
