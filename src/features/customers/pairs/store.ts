import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** What is held of two records together. A pair has one row, whichever of the two it is asked by. */
export type PairState = 'checking' | 'different' | 'merged' | 'undecided';

export interface PairRow {
  readonly lowId: string;
  readonly highId: string;
  readonly state: PairState;
  readonly lowStopped: boolean;
  readonly highStopped: boolean;
}

/** The pairs that a record is one of and that are still being checked, locked. */
export async function lockChecksOf(transaction: Transaction<Tables>, customerId: string): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select low_id, high_id, state, low_stopped, high_stopped from customer_pair
    where (low_id = ${customerId} or high_id = ${customerId}) and state = 'checking'
    order by low_id, high_id for update`.execute(transaction);
  return rows;
}

export async function findPair(
  db: Kysely<Tables>,
  lowId: string,
  highId: string,
): Promise<PairRow | undefined> {
  const row = await db
    .selectFrom('customerPair')
    .select(['lowId', 'highId', 'state', 'lowStopped', 'highStopped'])
    .where('lowId', '=', lowId)
    .where('highId', '=', highId)
    .executeTakeFirst();
  return row as PairRow | undefined;
}

/** Writes what is said of a pair now, in place of what was said before. */
export async function writePair(
  transaction: Transaction<Tables>,
  pair: PairRow & { readonly at: number; readonly by: string },
): Promise<void> {
  const { at, by, ...row } = pair;
  const judged = { ...row, judgedAt: toTimestamp(at), judgedBy: by };
  const { lowId: _, highId: _high, ...changes } = judged;
  await transaction
    .insertInto('customerPair')
    .values(judged)
    .onConflict((conflict) => conflict.columns(['lowId', 'highId']).doUpdateSet(changes))
    .execute();
}

export interface KnownPairRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly state: PairState;
  readonly judgedAt: number;
  readonly judgedBy: string;
}

const pairsMax = 100;

/** The other record of each pair that is being checked or was said to be another person, the newest first. */
export async function findPairsOf(db: Kysely<Tables>, customerId: string): Promise<KnownPairRow[]> {
  const { rows } = await sql<KnownPairRow>`
    select other.id as customer_id, other.customer_number, other.title, other.forename, other.surname,
      other.company_name, pair.state, pair.judged_at, pair.judged_by
    from (
      select high_id as other_id, state, judged_at, judged_by from customer_pair where low_id = ${customerId}
      union all
      select low_id, state, judged_at, judged_by from customer_pair where high_id = ${customerId}
    ) pair
    join customer other on other.id = pair.other_id and other.merged_into_id is null
    where pair.state in ('checking', 'different')
    order by pair.judged_at desc, other.id
    limit ${pairsMax}`.execute(db);
  return rows;
}
