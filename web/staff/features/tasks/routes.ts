import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';

/** What is looked at is in the address, so that it can be shared and gone back to. */
interface TaskSearch {
  readonly status?: 'done';
  /** The id of a colleague, or `all`; whoever is signed in where it is left out. */
  readonly of?: string;
  /** The id of the task that is open. */
  readonly task?: string;
}

const tasksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tasks',
  staticData: { scope: 'tasks' },
  validateSearch: ({ status, of, task }): TaskSearch => ({
    ...(status === 'done' ? { status } : {}),
    ...(typeof of === 'string' && of !== '' ? { of } : {}),
    ...(typeof task === 'string' && task !== '' ? { task } : {}),
  }),
  component: lazyRouteComponent(() => import('./tasks-screen.tsx'), 'TasksScreen'),
});

export const taskRoutes = [tasksRoute] as const;
