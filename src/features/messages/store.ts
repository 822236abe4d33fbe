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
