import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** CSV in a request or an answer, for the description of the API; it is never held whole. */
export const csvSchema = z.any().meta({ type: 'string', format: 'binary' });

/** The answer of a route that gives CSV away, for its schema. */
export const csvAnswer = {
  200: { description: 'The file, in UTF-8 with a header.', content: { 'text/csv': { schema: csvSchema } } },
};

/**
 * Answers with a file to be kept under `name`, a piece at a time. Give its size where it is known, so that a
 * connection which breaks half-way cannot leave a file that looks whole.
 */
export function sendCsv(
  reply: FastifyReply,
  name: string,
  content: AsyncIterable<Buffer | string>,
  byteCount?: number,
): FastifyReply {
  if (byteCount !== undefined) reply.header('content-length', byteCount);
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(content, { highWaterMark: 1 }));
}
