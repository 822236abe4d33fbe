import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { PostalAddress } from '../../domain/contact-point.ts';
import type { ContactPointKind } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface ContactPointRow {
  readonly id: string;
  readonly kind: ContactPointKind;
  readonly value: string;
  readonly normalised: string | null;
  readonly address: PostalAddress | null;
  readonly rank: number;
  readonly inUseSince: number;
  readonly status: 'ok' | 'bounced' | 'unverified';
  readonly shared: boolean;
}

/** A customer's contact points in use, by kind and rank. */
export async function findContactPoints(db: Kysely<Tables>, customerId: string): Promise<ContactPointRow[]> {
  const rows = await db
    .selectFrom('contactPoint')
    .select(['id', 'kind', 'value', 'normalised', 'address', 'rank', 'inUseSince', 'status', 'shared'])
    .where('customerId', '=', customerId)
    .where('removedAt', 'is', null)
    .orderBy('kind')
    .orderBy('rank')
    .orderBy('id')
    .execute();
  return rows as ContactPointRow[];
}

/** Those of many customers, in use now. */
export async function findContactPointsOfMany(
  db: Kysely<Tables>,
  customerIds: readonly string[],
): Promise<ContactPointRow[]> {
  const { rows } = await sql<ContactPointRow>`
    select id, kind, value, normalised, address, rank, in_use_since, status, shared
    from contact_point
    where customer_id = any(${customerIds}::uuid[]) and removed_at is null`.execute(db);
  return rows;
}

export async function insertContactPoint(
  transaction: Transaction<Tables>,
  customerId: string,
  point: Omit<ContactPointRow, 'shared'>,
): Promise<void> {
  await transaction
    .insertInto('contactPoint')
    .values({
      ...point,
      customerId,
      address: point.address === null ? null : JSON.stringify(point.address),
      inUseSince: toTimestamp(point.inUseSince),
    })
    .execute();
}

export async function setContactPointStatus(
  transaction: Transaction<Tables>,
  customerId: string,
  id: string,
  status: ContactPointRow['status'],
  at: number,
): Promise<void> {
  await transaction
    .updateTable('contactPoint')
    .set({ status, statusSince: toTimestamp(at) })
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .execute();
}

/** Takes a contact point out of use; it stays as history. */
export async function removeContactPointRow(
  transaction: Transaction<Tables>,
  customerId: string,
  id: string,
  at: number,
): Promise<void> {
  await transaction
    .updateTable('contactPoint')
    .set({ removedAt: toTimestamp(at) })
    .where('customerId', '=', customerId)
    .where('id', '=', id)
    .execute();
}

/** Says of each of these numbers and addresses, on every record that has it, whether several people share it. */
export async function markShared(
  transaction: Transaction<Tables>,
  normalised: readonly string[],
): Promise<void> {
  if (normalised.length === 0) return;
  await sql`
    with holder as (
      select contact_point.customer_id, contact_point.id, contact_point.shared,
        min(contact_point.customer_id::text) over held <> max(contact_point.customer_id::text) over held as several
      from contact_point
      join customer on customer.id = contact_point.customer_id and customer.merged_into_id is null
      where contact_point.normalised collate "C" = any(${normalised}::text[]) and contact_point.removed_at is null
      window held as (partition by contact_point.normalised)
    ), changed as (
      select contact_point.customer_id, contact_point.id, holder.several
      from contact_point join holder using (customer_id, id)
      where holder.shared <> holder.several
      order by contact_point.customer_id, contact_point.id
      for no key update of contact_point
    )
    update contact_point set shared = changed.several
    from changed
    where contact_point.customer_id = changed.customer_id and contact_point.id = changed.id`.execute(
    transaction,
  );
}
