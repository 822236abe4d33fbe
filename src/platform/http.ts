import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyBaseLogger, FastifyInstance, FastifyPluginAsync } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Context } from './context.ts';
import type { Authenticate } from './http-access.ts';
import { guardRoutes } from './http-access.ts';
import type { StreamLimits } from './http-event-streams.ts';
import { streamEvents, streamLimits } from './http-event-streams.ts';
import { replyWithProblem, replyWithUnknownRoute } from './http-problem.ts';
import { answerOnce } from './idempotency.ts';
import type { ApiDescription } from './openapi.ts';
import { describeApi } from './openapi.ts';
import { readBySchema } from './schema-faults.ts';
import { refuseUnstorableText } from './storable-text.ts';

export type HttpApp = FastifyInstance;

/** The routes of one feature: registers them on `app`, which checks and describes them by their schemas. */
export type Routes = (app: RoutesApp) => void;
export type RoutesApp = ReturnType<typeof withSchemas>;

export interface HttpOptions {
  readonly authenticate: Authenticate;
  readonly description: ApiDescription;
  /** Below /api/v1. */
  readonly api: readonly Routes[];
  /** Below /. */
  readonly pages: readonly Routes[];
  /** Requests one address may make in a minute. */
  readonly requestsPerMinute?: number;
  readonly streamLimits?: StreamLimits;
  /** Addresses of proxies whose word on where a request came from is taken; default this machine's own. */
  readonly proxies?: readonly string[];
}

const bodyBytesMax = 1024 * 1024;
const apiPrefix = '/api/v1';

/**
 * Everything that HTTP needs and no dealer: schemas, access, problem details, idempotency, the description of
 * the API. Nothing listens yet.
 */
export async function buildHttp(context: Context, options: HttpOptions): Promise<HttpApp> {
  const app: FastifyInstance = fastify({
    loggerInstance: context.logger as FastifyBaseLogger,
    // The lines of Fastify hold addresses with whatever was put in them; our own hold the route.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuid(),
    bodyLimit: bodyBytesMax,
    trustProxy: [...(options.proxies ?? ['loopback'])],
    routerOptions: { maxParamLength: 200 },
    // What cannot be routed is refused before any hook, and in words of Fastify that repeat the address.
    frameworkErrors: replyWithProblem,
  });
  // why: JSON is what routes read; one that reads something else says so itself.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler<z.ZodType>(
    ({ schema, httpPart }) =>
      (value) =>
        readBySchema(schema, value, httpPart),
  );
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(replyWithProblem);
  app.setNotFoundHandler(replyWithUnknownRoute);
  await app.register(helmet, {
    // Whether the way here is encrypted is for whoever puts the program on a network to say: over plain HTTP
    // a browser that upgrades requests would find nothing.
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? 600_000,
    timeWindow: '1 minute',
  });
  guardRoutes(app, context, options.authenticate);
  refuseUnstorableText(app);
  answerOnce(app);
  streamEvents(app, context, options.streamLimits ?? streamLimits);
  logRequests(app);
  await describeApi(app, apiPrefix, options.description);
  await app.register(mounting(options.api), { prefix: apiPrefix });
  await app.register(mounting(options.pages));
  await app.ready();
  return app;
}

function mounting(features: readonly Routes[]): FastifyPluginAsync {
  return async (app) => {
    for (const register of features) register(withSchemas(app));
  };
}

function withSchemas(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/** One line a request: which route, never which address, since an address can carry personal data. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        actorId: request.actor?.id ?? null,
      },
      'Request answered',
    );
  });
}
