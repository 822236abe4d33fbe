import type { Kysely } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NewAccess {
  readonly at: number;
  readonly actorKind: string;
  readonly actorId: string;
  readonly action: string;
  readonly customerId: string | null;
  readonly detail: Readonly<Record<string, string | null>> | null;
}

export async function insertAccesses(db: Kysely<Tables>, accesses: readonly NewAccess[]): Promise<void> {
  await db
    .insertInto('accessLog')
    .values(
      accesses.map(({ at, detail, ...access }) => ({
        ...access,
        accessedAt: toTimestamp(at),
        detail: detail === null ? null : JSON.stringify(detail),
      })),
    )
    .execute();
}
