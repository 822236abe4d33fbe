import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';

export interface HolderRow {
  readonly customerId: string;
  /** With the names, of the customer or of a record that became part of theirs. */
  readonly customerNumber: string;
  readonly normalised: string;
  readonly searchName: string;
  readonly searchGivenName: string;
}

/**
 * Who of these names has one of these numbers or addresses in use, this batch aside: an import that goes on is to
 * find the same. A record that became part of another lends it its name, as it gave it its numbers.
 */
export async function findHolders(
  db: Kysely<Tables>,
  normalised: readonly string[],
  searchNames: readonly string[],
  batchId: string,
): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select point.customer_id, record.customer_number, point.normalised, record.search_name,
      record.search_given_name
    from contact_point point
    -- why: each by its key, since nothing is known of the names in a table that an import has just filled.
    cross join lateral (
      with recursive family as (
        select id, customer_number, search_name, search_given_name from customer
        where id = point.customer_id and created_batch_id is distinct from ${batchId}::uuid
        union all
        select absorbed.id, absorbed.customer_number, absorbed.search_name, absorbed.search_given_name
        from family
        cross join lateral (select * from customer where merged_into_id = family.id offset 0) absorbed
      )
      select * from family
    ) record
    where point.normalised collate "C" = any(${normalised}::text[]) and point.removed_at is null
      and record.search_name = any(${searchNames}::text[])`.execute(db);
  return rows;
}
