import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { CustomerField, VehicleField } from '../../src/domain/import-fields.ts';
import { customerFields, vehicleFields } from '../../src/domain/import-fields.ts';
import { customerIdOf } from '../../src/features/customers/service.ts';
import { changePolicy } from '../../src/features/settings/service.ts';
import type { Context } from '../../src/platform/context.ts';
import type { TestDatabase } from './database.ts';

export type CustomerText = Partial<Record<CustomerField, string>>;
export type VehicleText = Partial<Record<VehicleField, string>>;

/** A folder of this test file alone, for the files it imports. */
export function useImportFolder(): { write(text: string | Buffer): Promise<string> } {
  let folder = '';
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'navigator-import-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return {
    write: async (text) => {
      files += 1;
      const file = path.join(folder, `file-${files}.csv`);
      await writeFile(file, text);
      return file;
    },
  };
}

/** A customer file in the Navigator 2.0 layout; `columns` when it has fewer or in another order. */
export function customersCsv(
  rows: readonly CustomerText[],
  columns: readonly CustomerField[] = customerFields,
): string {
  return csv(columns, rows);
}

export function vehiclesCsv(rows: readonly VehicleText[]): string {
  return csv(vehicleFields, rows);
}

function csv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Partial<Record<Column, string>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Chooses a policy as an administrator does before the first import. */
export async function choosePolicy(
  context: Context,
  policy: 'pecr_strict' | 'assume_legitimate_interest' = 'pecr_strict',
): Promise<void> {
  await changePolicy(context, {
    settings: { policy },
    reason: 'Chosen before the import.',
    recordedBy: 'administrator',
    warningAcceptedBy: policy === 'pecr_strict' ? null : 'Jo Holroyd',
  });
}

/** The id of the customer of a number. */
export function idOf(context: Context, customerNumber: string): Promise<string> {
  return customerIdOf(context, `no:${customerNumber}`);
}

/** How many rows each of the tables has that an import writes. */
export async function rowCounts(database: TestDatabase): Promise<Record<string, number>> {
  const tables = [
    'customer',
    'contact_point',
    'ledger_event',
    'ledger_head',
    'permission_standing',
    'vehicle',
    'keeper',
    'keeper_standing',
    'branch',
    'import_batch',
    'import_reject',
  ];
  const counts = await database.query(
    `select ${tables.map((table) => `(select count(*) from ${table})::int4 as ${table}`).join(', ')}`,
  );
  return counts[0] as Record<string, number>;
}
