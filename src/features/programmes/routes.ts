import type { z } from 'zod';
import { categoryOf } from '../../domain/programme.ts';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { programmeChangesSchema, programmeParams, programmeSchema, programmesSchema } from './contract.ts';
import type { KnownProgramme } from './service.ts';
import { changeProgramme, listProgrammes } from './service.ts';

export const programmeRoutes: Routes = (app) => {
  app.get(
    '/programmes',
    {
      config: { access: ['programmes:read'] },
      schema: {
        operationId: 'listProgrammes',
        summary: 'What the contact manager reminds customers of, and in which steps',
        description: 'One of each kind. Until somebody changes one, its usual steps hold.',
        tags: ['Contact manager'],
        response: { 200: programmesSchema, ...problems() },
      },
    },
    async ({ context }) => ({ programmes: [...(await listProgrammes(context)).values()].map(present) }),
  );
  app.patch(
    '/programmes/:kind',
    {
      config: { access: ['programmes:write'] },
      schema: {
        operationId: 'changeProgramme',
        summary: 'Change a programme',
        description:
          'What is left out stays. A step keeps its id when it is moved, so that nobody is contacted for it a second time. ' +
          'If-Match carries the version; it is 0 while the usual steps hold.',
        tags: ['Contact manager'],
        params: programmeParams,
        body: programmeChangesSchema,
        response: { 200: programmeSchema, ...problems(409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      const changed = await changeProgramme(context, params.kind, body, {
        expectedVersion: expectedVersion(request),
        actor,
      });
      writeEntityTag(reply, changed.version);
      return present(changed);
    },
  );
};

function present({ kind, isOn, steps, version }: KnownProgramme): z.input<typeof programmeSchema> {
  return {
    kind,
    isOn,
    steps: steps.map(({ id, days, methods }) => ({ id, days, methods: [...methods] })),
    category: categoryOf(kind),
    version,
  };
}
