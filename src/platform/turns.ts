import { setImmediate } from 'node:timers/promises';

/** So many rows are a few milliseconds of work. */
const rowsPerTurn = 100;

/**
 * To be awaited after each row of long work: now and then lets whatever was answered meanwhile be served, so
 * that a database that is being written to does not wait for work that has nothing to do with it.
 */
export async function takeTurns(rowsDone: number): Promise<void> {
  if (rowsDone % rowsPerTurn === 0) await setImmediate();
}
