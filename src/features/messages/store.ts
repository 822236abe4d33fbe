import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface NewHandOver {
  readonly id: string;
  readonly customerId: string;
  readonly handedOverAt: number;
  readonly channel: string;
  readonly purpose: string;
  readonly marketing: boolean;
  readonly exportId: string | null;
}

export async function insertHandOvers(db: Kysely<Tables>, handOvers: readonly NewHandOver[]): Promise<void> {
  if (handOvers.length === 0) return;
  const rows = JSON.stringify(
    handOvers.map((handOver) => ({
      id: handOver.id,
      customer_id: handOver.customerId,
      handed_over_at: toTimestamp(handOver.handedOverAt),
      channel: handOver.channel,
      purpose: handOver.purpose,
      marketing: handOver.marketing,
      export_id: handOver.exportId,
    })),
  );
  await sql`
    insert into hand_over (id, customer_id, handed_over_at, channel, purpose, marketing, export_id)
    select id, customer_id, handed_over_at, channel, purpose, marketing, export_id
    from jsonb_to_recordset(${rows}::jsonb) as handed (
      id uuid, customer_id uuid, handed_over_at timestamptz, channel text, purpose text, marketing boolean,
      export_id uuid
    )`.execute(db);
}

export interface HandOverRow {
  readonly id: string;
  readonly customerId: string;
  readonly handedOverAt: number;
  readonly channel: string;
  readonly purpose: string;
  readonly exportId: string | null;
  /** Who took the list out of the house. */
  readonly exportedBy: string | null;
}

/** What was handed over for these customers before a place in the order of time and id, the newest first. */
export async function findHandOversBefore(
  db: Kysely<Tables>,
  ids: readonly string[],
  before: { readonly at: number; readonly id: string } | null,
  limit: number,
): Promise<HandOverRow[]> {
  const at = before === null ? null : toTimestamp(before.at);
  const { rows } = await sql<HandOverRow>`
    select hand_over.id, customer_id, handed_over_at, hand_over.channel, purpose, export_id, exported_by
    from hand_over left join selection_export on selection_export.id = hand_over.export_id
    where customer_id = any(${ids}::uuid[])
      and (${at}::timestamptz is null
        or (handed_over_at, hand_over.id::text collate "C") < (${at}::timestamptz, ${before?.id ?? ''}))
    order by handed_over_at desc, hand_over.id::text collate "C" desc
    limit ${limit}`.execute(db);
  return rows;
}
