import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface ProgrammeRow {
  readonly kind: string;
  readonly isOn: boolean;
  readonly steps: unknown;
  readonly version: number;
}

export async function findProgrammes(db: Kysely<Tables>): Promise<ProgrammeRow[]> {
  return db.selectFrom('programme').select(['kind', 'isOn', 'steps', 'version']).execute();
}

/** One change of a programme at a time. */
export async function lockProgramme(transaction: Transaction<Tables>, kind: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('programme ' || ${kind}, 0))`.execute(transaction);
}

export async function upsertProgramme(
  transaction: Transaction<Tables>,
  programme: ProgrammeRow & { readonly updatedBy: string; readonly at: number },
): Promise<void> {
  const { kind, isOn, version, updatedBy } = programme;
  const steps = JSON.stringify(programme.steps);
  const updatedAt = toTimestamp(programme.at);
  await transaction
    .insertInto('programme')
    .values({ kind, isOn, steps, version, updatedBy, updatedAt })
    .onConflict((conflict) =>
      conflict.column('kind').doUpdateSet({ isOn, steps, version, updatedBy, updatedAt }),
    )
    .execute();
}
