import type { Kysely } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** What the visitor typed, as far as it helps to answer them. */
interface KeptLead {
  readonly visitor: {
    readonly title: string | null;
    readonly forename: string | null;
    readonly surname: string | null;
    readonly companyName: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
  readonly vehicleOfInterest: string | null;
}

export interface StuckRow {
  readonly id: string;
  readonly receivedAt: number;
  readonly lead: KeptLead;
  readonly attempts: number;
  readonly nextAttemptAt: number;
}

/** Those that could not be filed yet, the earliest first. */
export async function findStuck(db: Kysely<Tables>, limit: number): Promise<StuckRow[]> {
  const rows = await db
    .selectFrom('webLead')
    .select(['id', 'receivedAt', 'lead', 'attempts', 'nextAttemptAt'])
    .where('filedAt', 'is', null)
    .where('attempts', '>', 0)
    .orderBy('receivedAt')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows as StuckRow[];
}

/** Has one that could not be filed tried again now; false where there is none such. */
export async function setDue(db: Kysely<Tables>, id: string, at: number): Promise<boolean> {
  const result = await db
    .updateTable('webLead')
    .set({ nextAttemptAt: toTimestamp(at) })
    .where('id', '=', id)
    .where('filedAt', 'is', null)
    .where('attempts', '>', 0)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
