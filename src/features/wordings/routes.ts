import type { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Routes } from '../../platform/http.ts';
import { problems } from '../../platform/http-problem.ts';
import { actorNames } from '../users/service.ts';
import { newWordingSchema, wordingListSchema, wordingVersionSchema } from './contract.ts';
import type { CounterWording } from './service.ts';
import { listCounterWordings, recordCounterWording, spokenText } from './service.ts';

export const wordingRoutes: Routes = (app) => {
  app.get(
    '/wordings',
    {
      config: { access: ['policy:read', 'permissions:read'] },
      schema: {
        operationId: 'listWordings',
        summary: 'What is read out at the counter, with every version before it',
        tags: ['Wordings'],
        response: { 200: wordingListSchema, ...problems() },
      },
    },
    async ({ context }) => ({ wordings: await present(context, await listCounterWordings(context)) }),
  );
  app.post(
    '/wordings',
    {
      config: { access: ['policy:write'] },
      schema: {
        operationId: 'recordWording',
        summary: 'Read out another wording from now on',
        description: 'Versions before it stay as they are: what was agreed to on them can still be shown.',
        tags: ['Wordings'],
        body: newWordingSchema,
        response: { 201: wordingVersionSchema, ...problems(400) },
      },
    },
    async ({ context, actor, body }, reply) => {
      const [recorded] = await present(context, [await recordCounterWording(context, body, actor)]);
      if (recorded === undefined) throw new Error('A wording was recorded but not returned.');
      reply.code(201);
      return recorded;
    },
  );
};

async function present(
  context: Context,
  versions: readonly CounterWording[],
): Promise<z.output<typeof wordingVersionSchema>[]> {
  const names = await actorNames(
    context,
    versions.flatMap(({ recordedBy }) => recordedBy ?? []),
  );
  return versions.map((version) => ({
    version: version.version,
    text: version.text,
    example: spokenText(version, 'Focus'),
    inForceFrom: toTimestamp(version.inForceFrom),
    inForce: version.inForce,
    legalEntity: version.legalEntity,
    recordedAt: toTimestamp(version.recordedAt),
    recordedBy: version.recordedBy === null ? null : (names.get(version.recordedBy) ?? version.recordedBy),
  }));
}
