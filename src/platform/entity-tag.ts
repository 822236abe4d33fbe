import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from './http-problem.ts';

/** `ETag` and `If-Match`: an edit says which version of a record it was made against. */
export function writeEntityTag(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
}

/** The version in If-Match. Throws 428 when it is missing and 412 when it is none that was ever given out. */
export function expectedVersion(request: FastifyRequest): number {
  const given = request.headers['if-match'];
  if (given === undefined) {
    throw new RequestError(
      428,
      'if-match-missing',
      'Read the record first and send its ETag in the header If-Match, so that no other change is lost.',
    );
  }
  const version = /^"(\d{1,9})"$/.exec(given.trim())?.[1];
  if (version === undefined) {
    throw new RequestError(412, 'version-changed', 'This is not the ETag of this record: read it again.');
  }
  return Number(version);
}
