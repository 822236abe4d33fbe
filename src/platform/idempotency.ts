import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { ConflictError, InvalidError } from './application-error.ts';
import { nowOf, within } from './context.ts';
import { inTransaction, toTimestamp } from './database.ts';
import { RequestError } from './http-problem.ts';
import type { Tables } from './tables.ts';

/**
 * `Idempotency-Key` on every POST. The key, the answer and whatever the request writes are one transaction:
 * after a crash, either all of it is there and the answer is given again, or nothing is and the request can
 * be sent again. A key is remembered for 24 hours, and swept away soon after. An error is not remembered, because it wrote nothing.
 *
 * A route that is `repeatable` takes the header and has no need of it.
 */
export const idempotencyHeader = 'idempotency-key';

const rememberedMilliseconds = 24 * 3_600_000;
const forgottenAtOnce = 1_000;

/** Headers that belong to an answer and are given again with it. */
const keptHeaders = ['content-type', 'etag', 'location'] as const;

interface StoredAnswer {
  readonly requestHash: Buffer;
  readonly responseStatus: number;
  readonly responseHeaders: Record<string, string>;
  readonly responseBody: string;
}

/** Wraps the handler of every POST route that is registered from now on. */
export function answerOnce(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    // All who are not known share one actor, so an answer that is kept for one of them would be given to another.
    if (route.method === 'POST' && route.config?.access === 'public' && route.config.repeatable !== true) {
      throw new Error(
        `The route POST ${route.url} is public, so no answer of it may be kept: see repeatable.`,
      );
    }
    if (route.method === 'POST' && route.config?.repeatable !== true) route.handler = onlyOnce(route.handler);
  });
}

function onlyOnce(handler: RouteHandlerMethod): RouteHandlerMethod {
  return async function answered(request, reply) {
    const key = request.headers[idempotencyHeader];
    if (key === undefined) return handler.call(this, request, reply);
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new RequestError(
        400,
        'idempotency-key-malformed',
        'An Idempotency-Key has 1 to 255 visible characters without spaces.',
      );
    }
    const { context } = request;
    return inTransaction(context.database.db, async (transaction) => {
      const stored = await claim(transaction, request, key);
      if (stored !== undefined) return replay(request, reply, stored);
      request.context = within(context, transaction);
      const payload = await handler.call(this, request, reply);
      const body = textOf(reply, payload);
      await remember(transaction, request, reply, key, body);
      return body;
    });
  };
}

/**
 * Takes the key for this request until the transaction ends, or finds its answer.
 *
 * Throws ConflictError while the same key is being worked on.
 */
async function claim(
  transaction: Transaction<Tables>,
  request: FastifyRequest,
  key: string,
): Promise<StoredAnswer | undefined> {
  const owner = actorOf(request);
  const lock = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${owner} ${key}`}, 0)) as taken`.execute(
    transaction,
  );
  if (lock.rows[0]?.taken !== true) {
    throw new ConflictError('A request with this Idempotency-Key is being worked on: wait for its answer.', {
      code: 'idempotency-key-in-use',
    });
  }
  const oldest = toTimestamp(nowOf(request.context) - rememberedMilliseconds);
  const { rows } = await sql<StoredAnswer>`
    select request_hash, response_status, response_headers, response_body
    from idempotency_key
    where actor_id = ${owner} and key = ${key} and created_at >= ${oldest}`.execute(transaction);
  return rows[0];
}

/**
 * Removes the answers that are remembered no longer, which can hold personal data. Answers how many there were.
 *
 * @param now milliseconds.
 */
export async function forgetOldAnswers(db: Kysely<Tables>, now: number): Promise<number> {
  const oldest = toTimestamp(now - rememberedMilliseconds);
  for (let forgotten = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from idempotency_key
      where (actor_id, key) in (
        select actor_id, key from idempotency_key where created_at < ${oldest}
        limit ${forgottenAtOnce} for update skip locked
      )`.execute(db);
    forgotten += Number(numAffectedRows);
    if (numAffectedRows < forgottenAtOnce) return forgotten;
  }
}

function replay(request: FastifyRequest, reply: FastifyReply, stored: StoredAnswer): string {
  if (!stored.requestHash.equals(hashOf(request))) {
    throw new InvalidError('This Idempotency-Key was used for another request: take a new key.', {
      code: 'idempotency-key-reused',
    });
  }
  reply.code(stored.responseStatus).headers(stored.responseHeaders).header('idempotency-replayed', 'true');
  return stored.responseBody;
}

async function remember(
  transaction: Transaction<Tables>,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  body: string,
): Promise<void> {
  const headers = Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
  await sql`
    insert into idempotency_key (
      actor_id, key, request_hash, response_status, response_headers, response_body, created_at
    )
    values (
      ${actorOf(request)}, ${key}, ${hashOf(request)}, ${reply.statusCode}, ${JSON.stringify(headers)}::jsonb,
      ${JSON.stringify(body)}::jsonb, ${toTimestamp(nowOf(request.context))}
    )
    on conflict (actor_id, key) do update
    set request_hash = excluded.request_hash, response_status = excluded.response_status,
      response_headers = excluded.response_headers, response_body = excluded.response_body,
      created_at = excluded.created_at`.execute(transaction);
}

/** The answer as it will be sent, so that it can be sent again to the letter. */
function textOf(reply: FastifyReply, payload: unknown): string {
  if (typeof payload === 'string') return payload;
  if (reply.sent || payload === undefined || Buffer.isBuffer(payload) || isStream(payload)) {
    throw new TypeError('The handler of a POST route returns its answer as a value or as text.');
  }
  if (reply.getHeader('content-type') === undefined) reply.type('application/json; charset=utf-8');
  return reply.serialize(payload) as string;
}

function isStream(payload: unknown): boolean {
  return payload !== null && typeof payload === 'object' && 'pipe' in payload;
}

function actorOf(request: FastifyRequest): string {
  return `${request.actor.kind}:${request.actor.id ?? ''}`;
}

function hashOf({ method, routeOptions, params, query, body }: FastifyRequest): Buffer {
  const text = canonicalize({ method, route: routeOptions.url ?? '', params, query, body: body ?? null });
  return createHash('sha256')
    .update(text ?? '')
    .digest();
}
