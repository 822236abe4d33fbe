import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What waits for transactions that are still open to be committed. */
const waiting = new WeakMap<Kysely<Tables>, (() => void)[]>();

/**
 * Does something as soon as the transaction is committed, and never when it is taken back: nobody may be told of
 * what is not there. Without a transaction it is done at once. What a part of a transaction asked for is done with
 * the whole, even where that part alone was taken back, so it has to be harmless.
 */
export function afterCommit(db: Kysely<Tables>, act: () => void): void {
  if (!db.isTransaction) {
    act();
    return;
  }
  const known = waiting.get(db);
  if (known === undefined) waiting.set(db, [act]);
  else known.push(act);
}

/** For whoever runs a transaction: call it once it is committed. */
export function committed(transaction: Transaction<Tables>): void {
  for (const act of waiting.get(transaction) ?? []) act();
  waiting.delete(transaction);
}
