import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { findDemonstration, findUntouched, insertDemonstration } from './store.ts';

/**
 * Whether a database holds the demonstration dealership or an installation of somebody's own.
 * Guarantees that only an untouched database ever becomes a demonstration, and that it says so from then on.
 */

/** Whether the people in this database are made up. */
export async function isDemonstration(context: Context): Promise<boolean> {
  return findDemonstration(context.database.db);
}

/** Whether the demonstration is here, or may come: nobody has entered, chosen or imported anything. */
export async function mayDemonstrate(context: Context): Promise<boolean> {
  const { db } = context.database;
  return (await findDemonstration(db)) || (await findUntouched(db));
}

/**
 * Marks an untouched database as the demonstration, before the first made-up person is in it. Answers false,
 * and changes nothing, where it is one already or belongs to somebody.
 */
export async function claimForDemonstration(context: Context): Promise<boolean> {
  return inTransaction(context.database.db, async (transaction) => {
    if (!(await findUntouched(transaction))) return false;
    return insertDemonstration(transaction, nowOf(context));
  });
}
