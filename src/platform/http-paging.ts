import { z } from 'zod';
import { InvalidError } from './application-error.ts';
import { unstorablePath } from './storable-text.ts';

/** Lists are read page by page by key: a cursor says after which item to go on, and means nothing to others. */
const pageSizeMax = 200;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(pageSizeMax).default(50).describe('Items on a page.'),
  cursor: z
    .string()
    .max(1_000)
    .optional()
    .describe('nextCursor of the page before; left out for the first page.'),
};

/** `nextCursor` beside the items; null on the last page. */
export const nextCursorSchema = z.string().nullable().describe('For the next page; null on the last one.');

export function writeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Throws InvalidError for a cursor that was not given out here. */
export function readCursor<Key>(cursor: string | undefined, schema: z.ZodType<Key>): Key | null {
  if (cursor === undefined) return null;
  const parsed = schema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success && unstorablePath(parsed.data) === null) return parsed.data;
  throw new InvalidError('This cursor is not one that a list gave out: start with the first page.', {
    field: 'cursor',
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
