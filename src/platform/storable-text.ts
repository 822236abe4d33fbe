import type { FastifyInstance } from 'fastify';
import { InvalidError } from './application-error.ts';

/**
 * Text that PostgreSQL cannot keep: U+0000, and half of a character that JSON writes as two. Refused in one
 * place before any route sees it, because it may be typed, pasted or sent anywhere that text may be.
 */
export function refuseUnstorableText(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body }) => {
    if (!isShallow(body)) {
      throw new InvalidError(
        `This lies more than ${levelsMax} levels deep: nothing that is read here does.`,
        {
          field: 'body',
        },
      );
    }
    const path = unstorablePath(params) ?? unstorablePath(query) ?? unstorablePath(body);
    if (path === null) return;
    throw new InvalidError(
      'This text holds a character that cannot be kept, such as U+0000: take it out and send it again.',
      { field: path.join('.') || 'body' },
    );
  });
}

/** More than any request has, and so few that nothing that looks through a body runs out of stack. */
const levelsMax = 50;

function isShallow(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levelsMax) return false;
    level = level.filter(isPlain).flatMap((value) => Object.values(value));
  }
  return true;
}

/** Where in a value that was JSON such a text is; null when there is none. A name at fault is not repeated. */
export function unstorablePath(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : [];
  if (!isPlain(value)) return null;
  for (const [name, part] of Object.entries(value)) {
    if (!isStorable(name)) return [];
    const below = unstorablePath(part);
    if (below !== null) return [name, ...below];
  }
  return null;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

// why: a file that is being sent is a stream or bytes, which are kept as bytes.
function isPlain(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !('pipe' in value) && !ArrayBuffer.isView(value);
}
