import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

const usersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/users',
  staticData: { scope: 'users' },
  component: lazyRouteComponent(() => import('./users-screen.tsx'), 'UsersScreen'),
});

export const userRoutes = [usersRoute] as const;
