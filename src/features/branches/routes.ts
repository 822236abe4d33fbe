import type { Routes } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { branchListSchema } from './contract.ts';
import { listBranches } from './service.ts';

export const branchRoutes: Routes = (app) => {
  app.get(
    '/branches',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listBranches',
        summary: 'The branches of the dealer',
        description: 'In the order in which they were added.',
        tags: ['Branches'],
        response: { 200: branchListSchema, ...problems() },
      },
    },
    async ({ context }) => {
      const branches = await listBranches(context);
      return { branches: branches.map(({ code, name }) => ({ code, name })) };
    },
  );
};
