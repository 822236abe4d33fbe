import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface DraftRow {
  readonly legalEntityId: number;
  readonly text: string;
  readonly phoneText: string;
  readonly inForceFrom: number | null;
  readonly writtenBy: string;
  readonly writtenAt: number;
  readonly version: number;
}

const columns = [
  'legalEntityId',
  'text',
  'phoneText',
  'inForceFrom',
  'writtenBy',
  'writtenAt',
  'version',
] as const;

export async function findDrafts(db: Kysely<Tables>): Promise<DraftRow[]> {
  return db.selectFrom('wordingDraft').select(columns).orderBy('legalEntityId').execute();
}

export async function findDraft(db: Kysely<Tables>, legalEntityId: number): Promise<DraftRow | undefined> {
  return db
    .selectFrom('wordingDraft')
    .select(columns)
    .where('legalEntityId', '=', legalEntityId)
    .executeTakeFirst();
}

/** Writes the draft of a legal entity, in place of the one that was there. */
export async function putDraft(db: Kysely<Tables>, row: DraftRow): Promise<void> {
  const { legalEntityId, ...written } = row;
  const values = {
    ...written,
    inForceFrom: row.inForceFrom === null ? null : toTimestamp(row.inForceFrom),
    writtenAt: toTimestamp(row.writtenAt),
  };
  await db
    .insertInto('wordingDraft')
    .values({ legalEntityId, ...values })
    .onConflict((conflict) => conflict.column('legalEntityId').doUpdateSet(values))
    .execute();
}

export async function deleteDraft(db: Kysely<Tables>, legalEntityId: number): Promise<void> {
  await db.deleteFrom('wordingDraft').where('legalEntityId', '=', legalEntityId).execute();
}

/** One who writes or approves at a time for each legal entity. */
export async function lockWordings(transaction: Transaction<Tables>, legalEntityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('navigator counter wording'), ${legalEntityId})`.execute(
    transaction,
  );
}
