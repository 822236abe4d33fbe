import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ImportedAddress } from '../../../domain/import-contact-points.ts';
import type { SearchNames } from '../../../domain/person-name.ts';
import type { ContactPointKind, CustomerKind } from '../../../domain/vocabulary.ts';
import type { ReadyRows } from '../../../platform/copying.ts';
import { copyLine, readyRows } from '../../../platform/copying.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** A customer number as the database compares it, and whose it is. */
export interface NumberLookup {
  readonly key: string;
  /** The customer of this number, or the one that their record became part of. */
  readonly customerId: string | null;
  readonly createdBatchId: string | null;
}

/** Looks customer numbers up, in their order. */
export async function lookUpNumbers(db: Kysely<Tables>, numbers: readonly string[]): Promise<NumberLookup[]> {
  const { rows } = await sql<NumberLookup & { mergedIntoId: string | null }>`
    select lower(given.number) as key, customer.id as customer_id, customer.created_batch_id,
      customer.merged_into_id
    from unnest(${numbers}::text[]) with ordinality as given (number, position)
    left join customer on lower(customer.customer_number) collate "C" = lower(given.number)
    order by given.position`.execute(db);
  const merged = rows.flatMap((row) => row.mergedIntoId ?? []);
  if (merged.length === 0) return rows;
  const survivors = await findSurvivors(db, merged);
  return rows.map((row) =>
    row.mergedIntoId === null
      ? row
      : { ...row, customerId: survivors.get(row.mergedIntoId) ?? row.mergedIntoId },
  );
}

/** The record that each of these finally became part of; itself when it was never merged. */
async function findSurvivors(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ start: string; id: string }>`
    with recursive step as (
      select id as start, id, merged_into_id from customer where id = any(${ids}::uuid[])
      union
      select step.start, customer.id, customer.merged_into_id
      from step join customer on customer.id = step.merged_into_id
    )
    select start, id from step where merged_into_id is null`.execute(db);
  return new Map(rows.map((row) => [row.start, row.id]));
}

export interface NewContactPoint {
  readonly id: string;
  readonly kind: ContactPointKind;
  readonly value: string;
  readonly normalised: string | null;
}

export interface NewCustomerRow extends SearchNames {
  readonly id: string;
  readonly customerNumber: string;
  readonly kind: CustomerKind;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly branchId: number;
  readonly createdOn: string | null;
  readonly lastContactOn: string | null;
  readonly address: ImportedAddress;
  readonly contactPoints: readonly NewContactPoint[];
}

/** New customers with their contact points, ready to be copied in one transaction. */
export function readyCustomers(
  customers: readonly NewCustomerRow[],
  origin: { readonly batchId: string; readonly at: number },
): ReadyRows[] {
  const at = toTimestamp(origin.at);
  const profiles = readyRows(
    `customer (id, customer_number, kind, title, forename, surname, company_name, branch_id, created_on,
      last_contact_on, search_name, search_given_name, search_company, created_batch_id, created_at, updated_at)`,
    customers.map((customer) =>
      copyLine([
        customer.id,
        customer.customerNumber,
        customer.kind,
        customer.title,
        customer.forename,
        customer.surname,
        customer.companyName,
        customer.branchId,
        customer.createdOn,
        customer.lastContactOn,
        customer.searchName,
        customer.searchGivenName,
        customer.searchCompany,
        origin.batchId,
        at,
        at,
      ]),
    ),
  );
  const points: string[] = [];
  for (const { id: customerId, address, contactPoints } of customers) {
    const { complete: _, ...stored } = address;
    for (const [rank, { id, kind, value, normalised }] of contactPoints.entries()) {
      const kept = kind === 'postal' ? stored : null;
      points.push(copyLine([customerId, id, kind, value, normalised, kept, rank, at]));
    }
  }
  return [
    profiles,
    readyRows(
      'contact_point (customer_id, id, kind, value, normalised, address, rank, in_use_since)',
      points,
    ),
  ];
}
