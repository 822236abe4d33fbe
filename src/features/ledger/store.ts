import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { LedgerActKind, LedgerEvent } from '../../domain/ledger-event.ts';
import type { ReadyRows } from '../../platform/copying.ts';
import { copyLine, readyRows } from '../../platform/copying.ts';
import type { StatementPart } from '../../platform/database.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

/** One entry with the head that follows it, in the form the writing statement takes. */
export interface NewEntry {
  readonly event: LedgerEvent;
  readonly previousHash: string;
  readonly hash: string;
  readonly seal: string;
}

export interface HeadRow {
  readonly customerId: string;
  readonly sequence: number;
  readonly hash: Buffer;
  /** When the newest entry was recorded. */
  readonly recordedAt: number;
}

/**
 * Locks these customers until the transaction ends, and the records they became part of, all in the order of their
 * ids so that two batches never wait for each other. Answers those records, directly or through another: what is
 * written of a part changes their answers, too.
 */
export async function lockWithSurvivors(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string; survives: boolean }>`
    with recursive survivor as (
      select merged_into_id as id from customer where id = any(${ids}::uuid[]) and merged_into_id is not null
      union
      select customer.merged_into_id from survivor join customer on customer.id = survivor.id
      where customer.merged_into_id is not null
    )
    select id, id = any(array(select id from survivor)) as survives
    from customer where id = any(array(select unnest(${ids}::uuid[]) union select id from survivor))
    order by id for no key update`.execute(transaction);
  return rows.filter(({ survives }) => survives).map(({ id }) => id);
}

/**
 * Locks the heads of these customers' chains, in the order of their ids. The customers are locked already: a
 * chain's first entry has no head to lock. A customer without a head has no entry yet.
 */
export async function lockHeads(
  transaction: Transaction<Tables>,
  ids: readonly string[],
): Promise<Map<string, HeadRow>> {
  const { rows } = await sql<HeadRow>`
    select head.customer_id, head.sequence, head.hash, entry.recorded_at
    from ledger_head head
    join ledger_event entry on entry.customer_id = head.customer_id and entry.sequence = head.sequence
    where head.customer_id = any(${ids}::uuid[])
    order by head.customer_id
    for update of head`.execute(transaction);
  return new Map(rows.map((row) => [row.customerId, row]));
}

/**
 * Writes entries, the heads they move and the standing rows they change in one statement: either all of it
 * is there, or nothing.
 */
export async function writeEntries(
  transaction: Transaction<Tables>,
  entries: readonly NewEntry[],
  standing: StatementPart,
): Promise<void> {
  const entryRows = JSON.stringify(
    entries.map(({ event, previousHash, hash, seal }) => ({
      customer_id: event.customerId,
      sequence: event.sequence,
      kind: event.act.kind,
      act: event.act,
      cells: event.cells,
      occurred_at: event.occurredAt === null ? null : toTimestamp(event.occurredAt),
      recorded_at: toTimestamp(event.recordedAt),
      actor_kind: event.actor.kind,
      actor_id: event.actor.id,
      method: event.method,
      wording_hash: event.wordingHash,
      evidence_commitment: event.evidenceCommitment,
      legal_entity_id: event.legalEntityId,
      batch_id: event.batchId,
      corrects: event.corrects,
      previous_hash: previousHash,
      hash,
      seal,
    })),
  );
  await sql`
    with entry as (
      select * from jsonb_to_recordset(${entryRows}::jsonb) as entry (
        customer_id uuid, sequence integer, kind text, act jsonb, cells jsonb, occurred_at timestamptz,
        recorded_at timestamptz, actor_kind text, actor_id text, method text, wording_hash text,
        evidence_commitment text, legal_entity_id smallint, batch_id uuid, corrects integer,
        previous_hash text, hash text, seal text
      )
    ), written as (
      insert into ledger_event (
        customer_id, sequence, kind, act, cells, occurred_at, recorded_at, actor_kind, actor_id, method,
        wording_hash, evidence_commitment, legal_entity_id, batch_id, corrects, previous_hash, hash
      )
      select customer_id, sequence, kind, act, cells, occurred_at, recorded_at, actor_kind, actor_id, method,
        decode(wording_hash, 'hex'), decode(evidence_commitment, 'hex'), legal_entity_id, batch_id, corrects,
        decode(previous_hash, 'hex'), decode(hash, 'hex')
      from entry
    ), moved as (
      insert into ledger_head (customer_id, sequence, hash, seal)
      select customer_id, sequence, decode(hash, 'hex'), decode(seal, 'hex') from entry
      on conflict (customer_id) do update
      set sequence = excluded.sequence, hash = excluded.hash, seal = excluded.seal
    ), ${standing}
    select 1`.execute(transaction);
}

/** The next page of everybody who has an entry, a head or a profile, in the order of their ids. */
export async function findChainPage(db: Kysely<Tables>, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    (select customer_id as id from ledger_head where customer_id > ${after} order by customer_id limit ${limit})
    union
    (select distinct customer_id from ledger_event where customer_id > ${after} order by customer_id
      limit ${limit})
    union
    (select id from customer where id > ${after} order by id limit ${limit})
    order by id
    limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

export interface StoredHeadRow {
  readonly customerId: string;
  readonly sequence: number;
  readonly hash: Buffer;
  readonly seal: Buffer;
}

export async function findHeads(db: Kysely<Tables>, ids: readonly string[]): Promise<StoredHeadRow[]> {
  const { rows } = await sql<StoredHeadRow>`
    select customer_id, sequence, hash, seal from ledger_head
    where customer_id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** The first entries of many chains, with their heads, ready to be copied. */
export function readyFirstEntries(entries: readonly NewEntry[]): ReadyRows[] {
  const recordedAt = new Map<number, string>();
  // The form in which the database takes bytes as text.
  const bytes = (hexadecimal: string): string => `\\x${hexadecimal}`;
  const lines = entries.map(({ event, previousHash, hash }) => {
    const recorded = recordedAt.get(event.recordedAt) ?? toTimestamp(event.recordedAt);
    recordedAt.set(event.recordedAt, recorded);
    return copyLine([
      event.customerId,
      event.sequence,
      event.act.kind,
      event.act,
      event.cells,
      event.occurredAt === null ? null : toTimestamp(event.occurredAt),
      recorded,
      event.actor.kind,
      event.actor.id,
      event.method,
      event.wordingHash === null ? null : bytes(event.wordingHash),
      event.evidenceCommitment === null ? null : bytes(event.evidenceCommitment),
      event.legalEntityId,
      event.batchId,
      event.corrects,
      bytes(previousHash),
      bytes(hash),
    ]);
  });
  const heads = entries.map(({ event, hash, seal }) =>
    copyLine([event.customerId, event.sequence, bytes(hash), bytes(seal)]),
  );
  return [
    readyRows(
      `ledger_event (customer_id, sequence, kind, act, cells, occurred_at, recorded_at, actor_kind, actor_id,
        method, wording_hash, evidence_commitment, legal_entity_id, batch_id, corrects, previous_hash, hash)`,
      lines,
    ),
    readyRows('ledger_head (customer_id, sequence, hash, seal)', heads),
  ];
}

export interface UnvoidedEntries {
  readonly customerId: string;
  /** Newest first. */
  readonly sequences: number[];
}

/**
 * Entries of a batch that no later entry made void, a page of customers at a time. Read through a cursor that
 * outlives transactions, so that each page can be voided in one of its own; the connection serves nobody else.
 */
export async function* readUnvoided(
  db: Kysely<Tables>,
  batchId: string,
  kinds: readonly LedgerActKind[],
  pageSize: number,
): AsyncGenerator<UnvoidedEntries[]> {
  // A cursor takes no parameters.
  await sql`
    declare unvoided no scroll cursor with hold for
    select entry.customer_id, array_agg(entry.sequence order by entry.sequence desc) as sequences
    from ledger_event entry
    where entry.batch_id = ${sql.lit(batchId)}::uuid and entry.kind in (${sql.join(kinds.map((kind) => sql.lit(kind)))})
      and not exists (
        select from ledger_event later
        where later.customer_id = entry.customer_id and later.corrects = entry.sequence
      )
    group by entry.customer_id order by entry.customer_id`.execute(db);
  try {
    for (;;) {
      const { rows } = await sql<UnvoidedEntries>`fetch ${sql.lit(pageSize)} from unvoided`.execute(db);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await sql`close unvoided`.execute(db);
  }
}
