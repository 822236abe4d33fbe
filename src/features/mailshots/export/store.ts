import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';
import type { ExportColumn } from '../contract.ts';

/** One row of a list before its columns are chosen. */
export type ExportRow = Readonly<Record<ExportColumn, string | null>>;

/** The columns of these contacts, in their order. */
export async function findExportRows(
  db: Kysely<Tables>,
  contacts: readonly {
    readonly customerId: string;
    readonly contactPointId: string;
    readonly vehicleId: string | null;
  }[],
): Promise<ExportRow[]> {
  const asked = JSON.stringify(
    contacts.map(({ customerId, contactPointId, vehicleId }, place) => ({
      place,
      customer_id: customerId,
      contact_point_id: contactPointId,
      vehicle_id: vehicleId,
    })),
  );
  // why: as one JSON value a row, the columns keep the very names that people choose them by.
  const { rows } = await sql<{ row: ExportRow }>`
    select jsonb_build_object(
      'customer_number', customer.customer_number, 'title', title, 'forename', forename,
      'surname', surname, 'company', company_name,
      'name', coalesce(nullif(concat_ws(' ', title, forename, surname), ''), company_name),
      'branch', branch.name, 'contact', point.value,
      'address1', point.address ->> 'line1', 'address2', point.address ->> 'line2',
      'address3', point.address ->> 'line3', 'town', point.address ->> 'town',
      'county', point.address ->> 'county', 'postcode', point.address ->> 'postcode',
      'registration', vehicle.registration, 'vin', vehicle.vin, 'make', vehicle.make,
      'model', vehicle.model, 'first_registered_on', vehicle.first_registered_on,
      'mot_due_on', vehicle.mot_due_on, 'service_due_on', vehicle.service_due_on,
      'last_service_on', vehicle.last_service_on
    ) as row
    from jsonb_to_recordset(${asked}::jsonb)
      as asked (place integer, customer_id uuid, contact_point_id uuid, vehicle_id uuid)
    join customer on customer.id = asked.customer_id
    join branch on branch.id = customer.branch_id
    join contact_point point
      on point.customer_id = asked.customer_id and point.id = asked.contact_point_id
    left join vehicle on vehicle.id = asked.vehicle_id
    order by asked.place`.execute(db);
  return rows.map(({ row }) => row);
}

/** What is kept of an export for good. */
export interface ExportRecord {
  readonly id: string;
  readonly exportedAt: number;
  readonly exportedBy: string;
  readonly channel: string;
  readonly category: string;
  readonly criteria: unknown;
  readonly columns: readonly string[];
  readonly policyVersionId: number;
  readonly rowCount: number;
  readonly leftOut: readonly { readonly reasons: readonly string[]; readonly people: number }[];
  /** SHA-256 of the list, hexadecimal. */
  readonly sha256: string;
  readonly listFileId: string | null;
  readonly leftOutFileId: string | null;
}

export async function insertExport(db: Kysely<Tables>, row: ExportRecord): Promise<void> {
  await db
    .insertInto('selectionExport')
    .values({
      id: row.id,
      exportedAt: toTimestamp(row.exportedAt),
      exportedBy: row.exportedBy,
      channel: row.channel,
      category: row.category,
      criteria: JSON.stringify(row.criteria),
      columns: [...row.columns],
      policyVersionId: row.policyVersionId,
      rowCount: row.rowCount,
      leftOut: JSON.stringify(row.leftOut),
      sha256: Buffer.from(row.sha256, 'hex'),
      listFileId: row.listFileId,
      leftOutFileId: row.leftOutFileId,
    })
    .execute();
}

/** The record of an export; undefined when there is none. */
export async function findExport(db: Kysely<Tables>, id: string): Promise<ExportRecord | undefined> {
  const row = await db.selectFrom('selectionExport').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, sha256: row.sha256.toString('hex'), leftOut: row.leftOut as ExportRecord['leftOut'] };
}
