import type { Kysely } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface SenderRow {
  readonly shortName: string | null;
  readonly address: string[];
  readonly telephone: string | null;
  readonly email: string | null;
  readonly secondPerson: boolean;
  readonly version: number;
}

export async function findSender(db: Kysely<Tables>, legalEntityId: number): Promise<SenderRow | undefined> {
  return db
    .selectFrom('messageSender')
    .select(['shortName', 'address', 'telephone', 'email', 'secondPerson', 'version'])
    .where('legalEntityId', '=', legalEntityId)
    .executeTakeFirst();
}

/** Writes the version after this one. False: somebody else was first. */
export async function saveSender(
  db: Kysely<Tables>,
  place: { readonly legalEntityId: number; readonly version: number },
  row: Omit<SenderRow, 'version'> & { readonly changedBy: string; readonly changedAt: number },
): Promise<boolean> {
  const { legalEntityId, version } = place;
  const values = { ...row, changedAt: toTimestamp(row.changedAt), version: version + 1 };
  const saved =
    version === 0
      ? await db
          .insertInto('messageSender')
          .values({ ...values, legalEntityId })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await db
          .updateTable('messageSender')
          .set(values)
          .where('legalEntityId', '=', legalEntityId)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return saved !== undefined;
}
