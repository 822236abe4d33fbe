import { z } from 'zod';
import { answers } from './platform/database.ts';
import type { Routes } from './platform/http.ts';
import { problems, RequestError } from './platform/http-problem.ts';

/** For whoever watches the program: 200 while it answers and reaches its database, 503 otherwise. */
export const healthRoute: Routes = (app) => {
  app.get(
    '/health',
    {
      config: { access: 'public' },
      logLevel: 'warn',
      schema: {
        operationId: 'readHealth',
        summary: 'Whether the program and its database answer',
        description: 'For monitoring; needs no key and says nothing else.',
        tags: ['Health'],
        response: { 200: healthSchema, ...problems(503) },
      },
    },
    async ({ context }, reply) => {
      reply.header('cache-control', 'no-store');
      if (await answers(context.database)) return { status: 'ok' as const };
      throw new RequestError(
        503,
        'database-unreachable',
        'The database does not answer: see that it is running.',
      );
    },
  );
};

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
