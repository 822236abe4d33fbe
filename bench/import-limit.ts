import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * The limit of importing: the very rows that the import wrote, already validated, judged, hashed and written
 * in the form of COPY, copied into as many tables without a key, an index or a reference.
 */
const tables = [
  'customer',
  'contact_point',
  'ledger_event',
  'ledger_head',
  'permission_standing',
  'vehicle',
  'keeper',
  'keeper_standing',
] as const;

/** Rows by table, of the schema that is given. */
export async function countRows(owner: pg.Client, schema: 'public' | 'bench_limit'): Promise<number[]> {
  const counts: number[] = [];
  for (const table of tables) {
    const { rows } = await owner.query<{ rows: number }>(
      `select count(*)::integer as rows from ${schema}.${table}`,
    );
    counts.push(rows[0]?.rows ?? 0);
  }
  return counts;
}

/** Writes what was imported into a file a table; how many bytes. */
export async function saveRows(owner: pg.Client, folder: string): Promise<number> {
  let bytes = 0;
  for (const table of tables) {
    const file = createWriteStream(path.join(folder, `${table}.copy`));
    await pipeline(owner.query(copyTo(`copy public.${table} to stdout`)), file);
    bytes += file.bytesWritten;
  }
  return bytes;
}

/** Copies the files into bare tables; the seconds it took. */
export async function copyRows(owner: pg.Client, folder: string): Promise<number> {
  await owner.query('drop schema if exists bench_limit cascade; create schema bench_limit');
  for (const table of tables) {
    await owner.query(`create table bench_limit.${table} (like public.${table})`);
  }
  // Made by the database from other columns: the rows are given without it, and the limit does not make it.
  await owner.query('alter table bench_limit.permission_standing drop column answers');
  const startedAt = performance.now();
  for (const table of tables) {
    await pipeline(
      createReadStream(path.join(folder, `${table}.copy`), { highWaterMark: 1024 * 1024 }),
      owner.query(copyFrom(`copy bench_limit.${table} from stdin`)),
    );
  }
  return (performance.now() - startedAt) / 1_000;
}
