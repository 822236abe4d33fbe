import type { ControlledTransaction, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { BulkConnection } from './bulk-writing.ts';
import type { Tables } from './tables.ts';

/**
 * One transaction after the other on a bulk connection, each begun long before it is committed. Whoever holds locks of
 * one while another is under way waits for others without the database seeing it: limit the waiting of both.
 */
export class BulkTransactions {
  readonly connection: BulkConnection;
  #open: ControlledTransaction<Tables> | null = null;

  constructor(connection: BulkConnection) {
    this.connection = connection;
  }

  async begin(): Promise<Transaction<Tables>> {
    if (this.#open !== null) throw new Error('The transaction before this one is still open.');
    this.#open = await this.connection.db.startTransaction().execute();
    return this.#open;
  }

  async commit(): Promise<void> {
    await this.#open?.commit().execute();
    this.#open = null;
  }

  /** Takes back whatever was not committed, and lets everybody go on who waits for it. */
  async leave(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    // A connection that broke has taken it back by itself, and its fault is reported where it broke.
    await open
      ?.rollback()
      .execute()
      .catch(() => undefined);
  }
}

/** From now on a lock that is not to be had in this time (0: for ever) is an error, with code 55P03. */
export async function limitWaiting({ db }: BulkConnection, seconds: number): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${seconds}s`}, false)`.execute(db);
}
