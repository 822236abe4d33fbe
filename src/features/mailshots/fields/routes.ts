import type { Routes } from '../../../platform/http.ts';
import { problems } from '../../../platform/http-problem.ts';
import { selectionFieldsSchema } from './contract.ts';
import { offeredFields } from './service.ts';

export const selectionFieldRoutes: Routes = (app) => {
  app.get(
    '/selection-fields',
    {
      config: { access: ['selections'] },
      schema: {
        operationId: 'listSelectionFields',
        summary: 'What criteria can be built of',
        description:
          'Every field with the ways of asking about it, and the branches, makes and models on file.',
        tags: ['Selections'],
        response: { 200: selectionFieldsSchema, ...problems() },
      },
    },
    async ({ context }) => ({
      fields: (await offeredFields(context)).map(({ operators, choices, ...field }) => ({
        ...field,
        operators: [...operators],
        choices: choices === null ? null : [...choices],
      })),
    }),
  );
};
