import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { legacyFromFlags, refusesFollowUp, refusesMarketing } from '../../domain/legacy-flags.ts';
import type { LegacyFlag } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

/** A no of one import. */
export interface CarriedBy {
  readonly batchId: string;
  readonly legacy: LegacyFlag;
}

/** Writes down whom an import names and what it refuses for them; said again, the stricter counts. */
export async function insertNamed(
  transaction: Transaction<Tables>,
  batchId: string,
  named: readonly { readonly customerId: string; readonly legacy: LegacyFlag | null }[],
  at: number,
): Promise<void> {
  if (named.length === 0) return;
  await sql`
    insert into named_customer (customer_id, batch_id, no_follow_up, no_marketing, named_at)
    select customer_id, ${batchId}::uuid, no_follow_up, no_marketing, ${toTimestamp(at)}
    from unnest(
      ${named.map(({ customerId }) => customerId)}::uuid[],
      ${named.map(({ legacy }) => refusesFollowUp(legacy ?? 'none'))}::boolean[],
      ${named.map(({ legacy }) => refusesMarketing(legacy ?? 'none'))}::boolean[]
    ) as named (customer_id, no_follow_up, no_marketing)
    on conflict (customer_id, batch_id) do update
    set no_follow_up = named_customer.no_follow_up or excluded.no_follow_up,
      no_marketing = named_customer.no_marketing or excluded.no_marketing`.execute(transaction);
}

/** Writes down what an import refuses for customer numbers that nobody on file has. */
export async function insertRemembered(
  transaction: Transaction<Tables>,
  batchId: string,
  refusals: readonly { readonly key: string; readonly legacy: LegacyFlag }[],
  at: number,
): Promise<void> {
  if (refusals.length === 0) return;
  await sql`
    insert into remembered_refusal (customer_key, batch_id, no_follow_up, no_marketing, recorded_at)
    select key, ${batchId}::uuid, bool_or(no_follow_up), bool_or(no_marketing), ${toTimestamp(at)}
    from unnest(
      ${refusals.map(({ key }) => key)}::text[],
      ${refusals.map(({ legacy }) => refusesFollowUp(legacy))}::boolean[],
      ${refusals.map(({ legacy }) => refusesMarketing(legacy))}::boolean[]
    ) as refused (key, no_follow_up, no_marketing)
    group by key
    on conflict (customer_key, batch_id) do update
    set no_follow_up = remembered_refusal.no_follow_up or excluded.no_follow_up,
      no_marketing = remembered_refusal.no_marketing or excluded.no_marketing`.execute(transaction);
}

interface Flags {
  readonly batchId: string;
  readonly noFollowUp: boolean;
  readonly noMarketing: boolean;
}

function carriedBy({ batchId, noFollowUp, noMarketing }: Flags): CarriedBy {
  return { batchId, legacy: legacyFromFlags(noFollowUp, noMarketing) };
}

/**
 * What imports that were not taken back refuse for these customer numbers, by number in lower case.
 *
 * @param exceptBatchId an import that knows its own refusals.
 */
export async function findRemembered(
  db: Kysely<Tables>,
  numbers: readonly string[],
  exceptBatchId: string | null,
): Promise<Map<string, CarriedBy[]>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<Flags & { customerKey: string }>`
    select refusal.customer_key, refusal.batch_id, refusal.no_follow_up, refusal.no_marketing
    from remembered_refusal refusal join import_batch batch on batch.id = refusal.batch_id
    where refusal.customer_key = any(select lower(number) from unnest(${numbers}::text[]) as number)
      and batch.status not in ('reversing', 'reversed') and batch.id is distinct from ${exceptBatchId}::uuid
    order by refusal.recorded_at, refusal.batch_id`.execute(db);
  const found = new Map<string, CarriedBy[]>();
  for (const row of rows) {
    found.set(row.customerKey, [...(found.get(row.customerKey) ?? []), carriedBy(row)]);
  }
  return found;
}

/** What other imports that were not taken back refuse for these customers, the oldest first. */
export async function findCarriedByOthers(
  db: Kysely<Tables>,
  batchId: string,
  customerIds: readonly string[],
): Promise<(CarriedBy & { readonly customerId: string; readonly namedAt: number })[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<Flags & { customerId: string; namedAt: number }>`
    select named.customer_id, named.batch_id, named.no_follow_up, named.no_marketing, named.named_at
    from named_customer named join import_batch batch on batch.id = named.batch_id
    where named.customer_id = any(${customerIds}::uuid[]) and named.batch_id <> ${batchId}::uuid
      and batch.status not in ('reversing', 'reversed') and (named.no_follow_up or named.no_marketing)
    order by named.named_at, named.batch_id, named.customer_id`.execute(db);
  return rows.map((row) => ({ ...carriedBy(row), customerId: row.customerId, namedAt: row.namedAt }));
}
