import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApplicationError, RateLimitedError } from './application-error.ts';
import { isDatabaseAway, isOutOfPatience } from './database-away.ts';
import { SchemaFaultsError } from './schema-faults.ts';

/** Every error of the API, as RFC 9457 problem details: what is wrong, where, and what to do; never whose data. */
export const problemSchema = z
  .object({
    type: z.string().describe('urn:navigator:problem: and the code; stable, for programs.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('One sentence for a person: what is wrong and what to do.'),
    code: z.string().describe('Stable, for programs.'),
    instance: z.string().describe('The id of this request; it is in the log of the server, too.'),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('The fields at fault, as paths such as cells.0.channel.'),
    sequence: z
      .int()
      .optional()
      .describe('The position that stands now, where the request was made against an older one.'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

const mediaType = 'application/problem+json';

const descriptions: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: its JSON is malformed.',
  401: 'There is no API key, or it is not valid.',
  403: 'The API key lacks the scope that this operation needs.',
  404: 'There is no such record.',
  408: 'The body stopped coming.',
  409: 'Somebody else was first, or the same request is being worked on.',
  412: 'The record changed since it was read.',
  413: 'The request is too large.',
  415: 'The content type is not one that this operation reads.',
  422: 'A value is unknown or not allowed; errors names the fields.',
  428: 'The header If-Match is missing.',
  429: 'Too many requests.',
  500: 'The server failed; the problem has an id and no internals.',
  503: 'The database does not answer, or not in time, or the server is being stopped.',
};

/** The problem responses of an operation, for its schema. Those that any operation can give are always there. */
export function problems(...statuses: (400 | 404 | 408 | 409 | 412 | 413 | 415 | 428 | 503)[]) {
  const all = [...new Set([...statuses, 401, 403, 422, 429, 500, 503])].sort();
  return Object.fromEntries(
    all.map((status) => [
      status,
      { description: descriptions[status] ?? '', content: { [mediaType]: { schema: problemSchema } } },
    ]),
  );
}

/** A fault of the request that only HTTP knows, such as a missing If-Match. */
export class RequestError extends Error {
  readonly status: 400 | 404 | 408 | 412 | 413 | 415 | 428 | 503;
  readonly code: string;

  constructor(status: RequestError['status'], code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
  }
}

/** Long enough for a database to be started again, short enough that nobody gives up. */
const retryAfterSeconds = 5;

type Fault = Pick<Problem, 'status' | 'code' | 'detail' | 'errors' | 'sequence'>;

/** Answers any error; what nobody foresaw is logged under the id of the request and told without internals. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(error, request);
  if (fault.code === databaseUnavailable.code || fault.code === databaseSlow.code) {
    // One line without a stack: while the database is away there is one for every request.
    request.log.error({ reason: reasonOf(error), requestId: request.id }, fault.detail);
  } else if (fault.status >= 500) {
    request.log.error({ err: error, requestId: request.id }, 'A request failed');
  }
  if (fault.status === 503) reply.header('retry-after', String(retryAfterSeconds));
  if (error instanceof RateLimitedError && error.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(error.retryAfterSeconds));
  }
  return sendProblem(request, reply, fault);
}

export function replyWithUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    status: 404,
    code: 'unknown-route',
    detail: 'There is nothing at this address; the API is described at /api/v1/openapi.json.',
  });
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply {
  const problem: Problem = {
    type: `urn:navigator:problem:${fault.code}`,
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    detail: fault.detail,
    code: fault.code,
    instance: `urn:uuid:${request.id}`,
    ...(fault.errors === undefined ? {} : { errors: fault.errors }),
    ...(fault.sequence === undefined ? {} : { sequence: fault.sequence }),
  };
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer realm="navigator"');
  // Already text, so that no schema of the operation is applied to it.
  return reply
    .code(fault.status)
    .header('cache-control', 'no-store')
    .type(mediaType)
    .serializer((text: string) => text)
    .send(JSON.stringify(problem));
}

function faultOf(error: unknown, request: FastifyRequest): Fault {
  if (error instanceof ApplicationError) return applicationFault(error);
  if (error instanceof RequestError) {
    return { status: error.status, code: error.code, detail: error.message };
  }
  if (error instanceof SchemaFaultsError) return schemaFault(error);
  if (isOutOfPatience(error)) return databaseSlow;
  if (isDatabaseAway(error)) return databaseUnavailable;
  return frameworkFault(error, request);
}

// Unknown is no: whoever asked whether somebody may be contacted has no answer, and contacts nobody.
const databaseUnavailable = {
  status: 503,
  code: 'database-unavailable',
  detail: 'The database cannot be reached: try again soon, and contact nobody until there is an answer.',
} as const satisfies Fault;

const databaseSlow = {
  status: 503,
  code: 'database-slow',
  detail:
    'The database took too long: nothing was changed. Try again soon, and contact nobody until there is an answer.',
} as const satisfies Fault;

function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
}

function applicationFault(error: ApplicationError): Fault {
  // The version a record was read in travels in If-Match, so another one since then is a failed precondition.
  const status = error.code === 'version-changed' ? 412 : error.status;
  const errors = error.field === undefined ? undefined : [{ field: error.field, message: error.message }];
  return {
    status,
    code: error.code,
    detail: error.message,
    ...(errors === undefined ? {} : { errors }),
    ...(error.sequence === undefined ? {} : { sequence: error.sequence }),
  };
}

/** Names the first field in the sentence itself, for whoever shows nothing else. */
function schemaFault({ faults }: SchemaFaultsError): Fault {
  const [first] = faults;
  const place = first?.field ? `${first.field}: ` : '';
  const further =
    faults.length > 1 ? ` There is more: see errors for each of the ${faults.length} fields.` : '';
  return {
    status: 422,
    code: 'invalid',
    detail: `${place}${first?.message ?? 'A value is not allowed.'}${further}`,
    errors: [...faults],
  };
}

const frameworkFaults: Readonly<Record<string, Fault>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: malformed(),
  FST_ERR_CTP_EMPTY_JSON_BODY: malformed(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: malformed(),
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'too-large',
    detail: 'The request is too large: send it in smaller parts.',
  },
  FST_ERR_BAD_URL: { status: 400, code: 'malformed-address', detail: 'The address is malformed.' },
};

function malformed(): Fault {
  return {
    status: 400,
    code: 'malformed',
    detail: 'The request is not well-formed JSON: correct its syntax.',
  };
}

function frameworkFault(error: unknown, { routeOptions }: FastifyRequest): Fault {
  const { code = '', statusCode } = (error ?? {}) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const wanted = routeOptions.schema?.consumes?.join(' or ') ?? 'application/json';
    const detail = `This content type is not read here: send ${wanted}.`;
    return { status: 415, code: 'unsupported-media-type', detail };
  }
  const known = frameworkFaults[code];
  if (known !== undefined) return known;
  if (statusCode === 429) {
    return { status: 429, code: 'ratelimited', detail: 'Too many requests: wait a minute and try again.' };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { ...malformed(), code: 'bad-request', detail: 'The request cannot be understood.' };
  }
  return {
    status: 500,
    code: 'failed',
    detail:
      'The server failed. Tell your administrator the id in instance; the log of the server has it, too.',
  };
}
