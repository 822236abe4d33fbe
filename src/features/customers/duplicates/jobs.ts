import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { beginSearch, compareCustomers, findBatch, findSearch, keepPlace, lockSearch } from './store.ts';

/**
 * Everybody is compared with everybody before them, a batch at a time, and again a day later, since details change.
 * Whoever is entered meanwhile is compared within seconds: ids ascend. A stop leaves it behind a batch, and of several
 * processes one alone is at it.
 */
const batchCustomers = 500;
const dayMilliseconds = 86_400_000;

/** Compares as many batches as asked for, until everybody has been; answers how many customers were compared. */
export async function searchDuplicates(context: Context, batches = 4): Promise<number> {
  const { db } = context.database;
  const search = await findSearch(db);
  const now = nowOf(context);
  if (search === undefined || (search.finishedAt !== null && now - search.begunAt >= dayMilliseconds)) {
    await beginSearch(db, now);
  }
  let compared = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const inBatch = await compareBatch(context);
    compared += inBatch;
    if (inBatch < batchCustomers) break;
  }
  return compared;
}

async function compareBatch(context: Context): Promise<number> {
  return inTransaction(context.database.db, async (transaction) => {
    const search = await lockSearch(transaction);
    if (search === undefined) return 0;
    const ids = await findBatch(transaction, search.afterId, batchCustomers);
    if (ids.length > 0) await compareCustomers(transaction, ids);
    const isLast = ids.length < batchCustomers;
    if (ids.length === 0 && search.finishedAt !== null) return 0;
    await keepPlace(transaction, {
      afterId: ids.at(-1) ?? search.afterId,
      examined: search.examined + ids.length,
      finishedAt: isLast ? nowOf(context) : search.finishedAt,
    });
    return ids.length;
  });
}
