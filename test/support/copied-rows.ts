import { sql } from 'kysely';
import type { BulkConnection } from '../../src/platform/bulk-writing.ts';

export interface CopiedRow {
  readonly given: string | null;
  readonly document: unknown;
  readonly bytes: Buffer;
}

/** A table with a column of each kind that is copied, gone with the connection. */
export async function createCopiedTable({ db }: BulkConnection): Promise<void> {
  await sql`create temporary table copied (given text, place integer, document jsonb, bytes bytea)`.execute(
    db,
  );
}

export async function emptyCopiedTable({ db }: BulkConnection): Promise<void> {
  await sql`truncate copied`.execute(db);
}

/** A lock that only one transaction holds at a time, until it ends. */
export async function lockTheOnlyOne(transaction: BulkConnection['db']): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('the only one'))`.execute(transaction);
}

export async function readCopied({ db }: BulkConnection): Promise<CopiedRow[]> {
  const { rows } = await sql<CopiedRow>`select given, document, bytes from copied order by place`.execute(db);
  return rows;
}
