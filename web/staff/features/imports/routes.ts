import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../shared/routes.tsx';
import type { WizardStep } from './wizard-steps.ts';
import { wizardSteps } from './wizard-steps.ts';

const importsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/imports',
  staticData: { scope: 'imports' },
  component: lazyRouteComponent(() => import('./imports-screen.tsx'), 'ImportsScreen'),
});

const newImportRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/imports/new',
  staticData: { scope: 'imports' },
  // The step is in the address, so that Back goes a step back; the draft, so that it can be gone on with.
  validateSearch: (search): { readonly draft?: string; readonly step?: WizardStep } => {
    const { draft } = search;
    const step = wizardSteps.find((each) => each === search['step']);
    return {
      ...(typeof draft === 'string' ? { draft } : {}),
      ...(step === undefined ? {} : { step }),
    };
  },
  component: lazyRouteComponent(() => import('./new-import-screen.tsx'), 'NewImportScreen'),
});

const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/imports/$id',
  staticData: { scope: 'imports' },
  component: lazyRouteComponent(() => import('./import-screen.tsx'), 'ImportScreen'),
});

export const importRoutes = [importsRoute, newImportRoute, importRoute] as const;
