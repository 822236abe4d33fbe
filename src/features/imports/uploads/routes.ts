import type { Readable } from 'node:stream';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RoutesApp } from '../../../platform/http.ts';
import { csvSchema } from '../../../platform/http-csv.ts';
import { problems } from '../../../platform/http-problem.ts';
import { LimitedPlaces } from '../../../platform/limited-places.ts';
import type { BodyLimits } from '../../../platform/request-body.ts';
import { bodyTooLarge, readBody } from '../../../platform/request-body.ts';
import { keptFileSchema } from '../contract.ts';
import { keepUpload } from './service.ts';

/** 1 GB: several million rows. */
const uploadBytesMax = 1024 ** 3;
const stalledAfter = 60_000;
/** Each upload holds a connection to the database for as long as its sender takes. */
const uploadsAtOnce = 3;

/** The one route that takes something else than JSON, and takes it as it comes. `stopping` ends every upload. */
export function uploadRoutes(app: RoutesApp, stopping: AbortSignal): void {
  // why: in a scope of its own, because every other route refuses what is not JSON, and JSON is read whole.
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('text/csv', (_request, payload, read) => read(null, payload));
    routeUpload(scope.withTypeProvider<ZodTypeProvider>(), {
      bytesMax: uploadBytesMax,
      stalledAfter,
      signal: stopping,
    });
    done();
  });
}

function routeUpload(app: RoutesApp, limits: BodyLimits): void {
  const places = new LimitedPlaces(uploadsAtOnce, {
    sentence: `${uploadsAtOnce} files are being uploaded already: wait until one of them is whole, then send this one.`,
    code: 'uploads-running',
  });
  app.put(
    '/import-files/:id',
    {
      config: { access: ['imports'] },
      schema: {
        operationId: 'uploadImportFile',
        summary: 'Upload a file to import',
        description:
          'Under a UUID of your own, so that sending it again is harmless. The bytes as they are, in UTF-8 or ' +
          'Windows-1252, at most 1 GB. Kept for a week, and for a day once it was imported.',
        tags: ['Imports'],
        params: z.object({ id: z.uuid().describe('A UUID that you choose.') }),
        consumes: ['text/csv'],
        body: csvSchema,
        response: { 200: keptFileSchema, 201: keptFileSchema, ...problems(400, 408, 409, 413, 415, 503) },
      },
    },
    async ({ context, actor, params, body, headers }, reply) => {
      try {
        if (Number(headers['content-length']) > limits.bytesMax) throw bodyTooLarge(limits.bytesMax);
        const content = readBody(body as Readable | undefined, limits);
        const { file, created } = await places.take(() => keepUpload(context, params.id, content, actor));
        reply.code(created ? 201 : 200);
        return { fileId: file.id, bytes: file.byteCount, sha256: file.sha256 };
      } catch (error) {
        // why: whatever more of the file comes is of no use, so that nobody waits for it.
        reply.header('connection', 'close');
        throw error;
      }
    },
  );
}
