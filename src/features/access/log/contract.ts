import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../../platform/http-paging.ts';
import { customerReference } from '../../customers/contract.ts';

/** Who looked at whose data, as whoever answers for it reads it. */
export const accessKinds = ['record', 'list', 'search', 'export', 'change', 'import', 'log'] as const;
export type AccessKind = (typeof accessKinds)[number];

const filters = {
  actor: z.string().min(1).max(100).optional().describe('The id of who looked, as `accessActors` names it.'),
  customer: customerReference.optional(),
  kind: z
    .enum(accessKinds)
    .optional()
    .describe(
      'record: a look at one person; list: several at once; search; export: what left the house; change: an edit, ' +
        'which shows the record, too; import: old files; log: looks at this log.',
    ),
  from: z.iso.date().optional().describe('The first day, in London.'),
  until: z.iso.date().optional().describe('The last day, in London.'),
};

export const accessQuery = z.strictObject({ ...filters, ...pageQuery });
export const accessExportQuery = z.strictObject(filters);

const accessSchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.string(), name: z.string() }).describe('Who looked.'),
    action: z.string().describe('What was done, as it is stored.'),
    what: z.string().describe('The same in words.'),
    kind: z.enum(accessKinds),
    customer: z
      .object({ id: z.uuid(), number: z.string().nullable() })
      .nullable()
      .describe('Whose record it was; null where it was of several people, or of nobody in particular.'),
    detail: z
      .record(z.string(), z.string().nullable())
      .describe('Ids of what was looked at, where it is not one customer. Never what was searched for.'),
  })
  .meta({ id: 'Access' });
/** @public for the browser */
export type Access = z.infer<typeof accessSchema>;

export const accessPageSchema = z
  .object({ accesses: z.array(accessSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'AccessPage' });
/** @public for the browser */
export type AccessPage = z.infer<typeof accessPageSchema>;

export const accessActorsSchema = z
  .object({
    actors: z.array(
      z
        .object({
          id: z.string(),
          name: z.string(),
          kind: z
            .enum(['staff', 'api_key', 'system'])
            .describe('A person, a program with a key, or Navigator.'),
        })
        .meta({ id: 'AccessActor' }),
    ),
  })
  .meta({ id: 'AccessActors' });
/** @public for the browser */
export type AccessActors = z.infer<typeof accessActorsSchema>;
