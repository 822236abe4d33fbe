import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { ImportMapping } from '../../domain/import-mapping.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';
import type { ImportTotals } from './contract.ts';

export type BatchStatus = 'running' | 'finished' | 'reversing' | 'reversed';

export interface BatchRow {
  readonly id: string;
  readonly status: BatchStatus;
  readonly carriesOldFlags: boolean;
  readonly policyVersionId: number;
  readonly customersDoneLine: number;
  readonly vehiclesDoneLine: number;
  readonly totals: ImportTotals;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly reversedAt: number | null;
}

const batchColumns = sql.raw(
  `id, status, carries_old_flags, policy_version_id, customers_done_line, vehicles_done_line, totals,
   started_by, started_at, finished_at, reversed_at`,
);

export interface BatchFiles {
  /** SHA-256, hexadecimal. */
  readonly customersSha256: string;
  readonly vehiclesSha256: string | null;
  readonly mapping: object;
}

export interface BatchOfFile extends BatchRow {
  /** Whether the vehicle file and the mapping are the same, too. */
  readonly same: boolean;
}

export interface KnownBatchFiles extends BatchFiles {
  readonly mapping: { readonly customers: ImportMapping; readonly vehicles: ImportMapping | null };
}

/** Batches of a customer file that were not reversed, newest first, and whether all the rest was the same. */
export async function findBatchesOfFile(db: Kysely<Tables>, files: BatchFiles): Promise<BatchOfFile[]> {
  const vehicles = files.vehiclesSha256 === null ? null : Buffer.from(files.vehiclesSha256, 'hex');
  const { rows } = await sql<BatchOfFile>`
    select ${batchColumns}, (
      vehicles_sha256 is not distinct from ${vehicles}::bytea
      and mapping = ${JSON.stringify(files.mapping)}::jsonb
    ) as same
    from import_batch
    where customers_sha256 = ${Buffer.from(files.customersSha256, 'hex')} and status <> 'reversed'
    order by started_at desc, id desc`.execute(db);
  return rows;
}

export async function insertBatch(
  db: Kysely<Tables>,
  batch: BatchFiles & {
    readonly id: string;
    readonly carriesOldFlags: boolean;
    readonly policyVersionId: number;
    readonly totals: ImportTotals;
    readonly startedBy: string;
    readonly startedAt: number;
  },
): Promise<void> {
  await db
    .insertInto('importBatch')
    .values({
      id: batch.id,
      status: 'running',
      customersSha256: Buffer.from(batch.customersSha256, 'hex'),
      vehiclesSha256: batch.vehiclesSha256 === null ? null : Buffer.from(batch.vehiclesSha256, 'hex'),
      mapping: JSON.stringify(batch.mapping),
      carriesOldFlags: batch.carriesOldFlags,
      policyVersionId: batch.policyVersionId,
      totals: JSON.stringify(batch.totals),
      startedBy: batch.startedBy,
      startedAt: toTimestamp(batch.startedAt),
    })
    .execute();
}

/** Moves the mark behind which everything is committed, in the transaction that commits it. */
export async function advanceBatch(
  transaction: Transaction<Tables>,
  id: string,
  done: { readonly totals: ImportTotals; readonly customersLine?: number; readonly vehiclesLine?: number },
): Promise<void> {
  const result = await transaction
    .updateTable('importBatch')
    .set({
      totals: JSON.stringify(done.totals),
      ...(done.customersLine === undefined ? {} : { customersDoneLine: done.customersLine }),
      ...(done.vehiclesLine === undefined ? {} : { vehiclesDoneLine: done.vehiclesLine }),
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new Error('The import that is being written is no longer running.');
}

export async function setBatchStatus(
  db: Kysely<Tables>,
  id: string,
  change: { readonly status: BatchStatus; readonly totals?: ImportTotals; readonly at: number },
): Promise<void> {
  const at = toTimestamp(change.at);
  await db
    .updateTable('importBatch')
    .set({
      status: change.status,
      ...(change.totals === undefined ? {} : { totals: JSON.stringify(change.totals) }),
      ...(change.status === 'finished' ? { finishedAt: at } : {}),
      ...(change.status === 'reversed' ? { reversedAt: at } : {}),
    })
    .where('id', '=', id)
    .execute();
}

/** Undefined for an id that is none, too. */
export async function findBatch(db: Kysely<Tables>, id: string): Promise<BatchRow | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await sql<BatchRow>`
    select ${batchColumns} from import_batch where id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** From what a batch is read; undefined where there is no such batch. */
export async function findBatchFiles(db: Kysely<Tables>, id: string): Promise<KnownBatchFiles | undefined> {
  const row = await db
    .selectFrom('importBatch')
    .select(['customersSha256', 'vehiclesSha256', 'mapping'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    customersSha256: row.customersSha256.toString('hex'),
    vehiclesSha256: row.vehiclesSha256?.toString('hex') ?? null,
    mapping: row.mapping as KnownBatchFiles['mapping'],
  };
}

/** A page of batches, newest first; `before` is the last of the page before. */
export async function listBatches(
  db: Kysely<Tables>,
  before: string | null,
  limit: number,
): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select ${batchColumns} from import_batch
    where ${before}::uuid is null or id < ${before}::uuid
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export interface RejectRow {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  readonly original: string;
}

export async function insertRejects(
  transaction: Transaction<Tables>,
  batchId: string,
  rejects: readonly RejectRow[],
): Promise<void> {
  if (rejects.length === 0) return;
  await sql`
    insert into import_reject (batch_id, file, line, column_name, reason, original)
    select ${batchId}::uuid, file, line, "column", reason, original
    from jsonb_to_recordset(${JSON.stringify(rejects)}::jsonb) as reject (
      file text, line integer, "column" text, reason text, original text
    )`.execute(transaction);
}

/** A page of rejects in the order of the files; `after` is the last of the page before. */
export async function listRejects(
  db: Kysely<Tables>,
  batchId: string,
  after: RejectRow | null,
  limit: number,
): Promise<RejectRow[]> {
  const { rows } = await sql<RejectRow>`
    select file, line, column_name as "column", reason, original
    from import_reject
    where batch_id = ${batchId}::uuid
      and (file, line, column_name) > (${after?.file ?? ''}, ${after?.line ?? 0}, ${after?.column ?? ''})
    order by file, line, column_name limit ${limit}`.execute(db);
  return rows;
}

/**
 * Flags every number and address that several customers have, and unflags what only one has any more; how
 * many are flagged. Costs one pass over all contact points.
 */
export async function flagShared(db: Kysely<Tables>): Promise<number> {
  // An index cannot help here: everything is looked at once.
  return db.transaction().execute(async (transaction) => {
    await sql`set local enable_seqscan = on`.execute(transaction);
    await sql`set local enable_hashjoin = on`.execute(transaction);
    await sql`set local work_mem = '64MB'`.execute(transaction);
    await sql`
      with held as (
        select normalised from contact_point
        where normalised is not null and removed_at is null
        group by normalised having count(*) > 1 and count(distinct customer_id) > 1
      )
      update contact_point point set shared = not point.shared
      from (
        select each.customer_id, each.id from contact_point each
        left join held on held.normalised = each.normalised
        where each.normalised is not null and each.removed_at is null
          and each.shared is distinct from (held.normalised is not null)
      ) as changed
      where point.customer_id = changed.customer_id and point.id = changed.id`.execute(transaction);
    const { rows } = await sql<{ shared: number }>`
      select count(*) as shared from contact_point
      where shared and removed_at is null`.execute(transaction);
    return rows[0]?.shared ?? 0;
  });
}
