import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Logger } from './logger.ts';
import { deriveKey } from './secret.ts';

/** What every service works with, wired in one place. */
export interface Context {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keys: Keys;
}

/** Keys for one purpose each, derived from the installation's secret, which is not in the database. */
export interface Keys {
  readonly ledgerSeal: Buffer;
  readonly suppression: Buffer;
  /** For counting attempts to sign in, and for knowing a browser again. */
  readonly signIn: Buffer;
  /** Seals the secrets of second factors, and hashes their recovery codes. */
  readonly secondFactor: Buffer;
}

export function keysFrom(secret: Buffer): Keys {
  return {
    ledgerSeal: deriveKey(secret, 'ledger head seal'),
    suppression: deriveKey(secret, 'suppression list'),
    signIn: deriveKey(secret, 'sign-in'),
    secondFactor: deriveKey(secret, 'second factor'),
  };
}

/** The same services, working in a transaction. */
export function within(context: Context, transaction: Database['db']): Context {
  return { ...context, database: { ...context.database, db: transaction } };
}

/** The present instant in milliseconds since 1970. */
export function nowOf(context: Context): number {
  return context.clock.now().epochMilliseconds;
}

/** Who asks for something to be done, for the ledger and the access log. */
export interface Actor {
  readonly kind: 'customer' | 'staff' | 'import' | 'system';
  /** A staff user, an API key, or the command line; null for the customer themselves. */
  readonly id: string | null;
}
