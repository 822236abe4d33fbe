import { readChains } from '../../src/features/facts/service.ts';
import type { ChainHead } from '../../src/features/ledger/chain.ts';
import { chain, emptyChain } from '../../src/features/ledger/chain.ts';
import type { useDatabase } from './database.ts';

type Database = ReturnType<typeof useDatabase>;

/** What somebody with every right in the database could do, without the triggers in the way. */
export async function tamperWith(
  { owner }: Database,
  statement: string,
  values: readonly unknown[] = [],
): Promise<void> {
  const client = await owner.pool.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    await client.query(statement, [...values]);
  } finally {
    await client.query("set session_replication_role = 'origin'");
    client.release();
  }
}

/**
 * What a competent forger does after altering entries: gives each one the hash that its new content has. Knows
 * the program, but not the secret. Answers the head that the chain now leads to.
 *
 * @param upTo the last entry to be hashed anew; by default all of them.
 */
export async function rehash(
  database: Database,
  customerId: string,
  upTo = Number.POSITIVE_INFINITY,
): Promise<ChainHead> {
  const entries = (await readChains(database.owner.db, [customerId])).get(customerId) ?? [];
  let head = emptyChain;
  for (const { event } of entries.filter((entry) => entry.event.sequence <= upTo)) {
    const { hash, previousHash } = chain(event, head);
    await tamperWith(
      database,
      `update ledger_event set previous_hash = decode($3, 'hex'), hash = decode($4, 'hex')
       where customer_id = $1 and sequence = $2`,
      [customerId, event.sequence, previousHash, hash],
    );
    head = { sequence: event.sequence, hash };
  }
  return head;
}

/** Puts the head where the forged chain ends; the seal needs the secret, so the old one has to stay. */
export async function moveHead(database: Database, customerId: string, head: ChainHead): Promise<void> {
  await tamperWith(
    database,
    "update ledger_head set sequence = $2, hash = decode($3, 'hex') where customer_id = $1",
    [customerId, head.sequence, head.hash],
  );
}
