import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { FinanceInterest } from '../../../domain/enquiry.ts';
import type { ScreenCategory, ScreenChannel } from '../../../domain/screen-channels.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

/** What the visitor typed; text is as it came, the registration as vehicles are found by. */
export interface KeptLead {
  readonly visitor: {
    readonly title: string | null;
    readonly forename: string | null;
    readonly surname: string | null;
    readonly companyName: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
  readonly vehicleOfInterest: string | null;
  readonly stockNumber: string | null;
  readonly partExchange: string | null;
  readonly partExchangeRegistration: string | null;
  readonly budgetPence: number | null;
  readonly financeInterest: FinanceInterest;
  readonly message: string | null;
}

export type TickOutcome =
  | 'recorded_yes'
  | 'recorded_no'
  | 'no_stands'
  | 'other_contact'
  | 'wording_unknown'
  | 'wording_refused';

export interface KeptTick {
  readonly channel: ScreenChannel;
  readonly category: ScreenCategory;
  readonly ticked: boolean;
  /** Null until it was filed. */
  readonly outcome: TickOutcome | null;
}

export interface LeadRow {
  readonly id: string;
  readonly receivedAt: number;
  readonly receivedBy: string;
  readonly submittedAt: number;
  readonly branchId: number;
  readonly lead: KeptLead;
  readonly wordingHash: Buffer | null;
  readonly ticks: readonly KeptTick[];
  readonly matchedOn: readonly string[];
  readonly lookalikeIds: readonly string[];
}

export async function insertLead(
  transaction: Transaction<Tables>,
  row: Omit<LeadRow, 'matchedOn' | 'lookalikeIds'>,
): Promise<void> {
  await transaction
    .insertInto('webLead')
    .values({
      ...row,
      receivedAt: toTimestamp(row.receivedAt),
      submittedAt: toTimestamp(row.submittedAt),
      lead: JSON.stringify(row.lead),
      ticks: JSON.stringify(row.ticks),
    })
    .execute();
}

const columns = [
  'id',
  'receivedAt',
  'receivedBy',
  'submittedAt',
  'branchId',
  'lead',
  'wordingHash',
  'ticks',
  'matchedOn',
  'lookalikeIds',
] as const;

export async function findLead(db: Kysely<Tables>, id: string): Promise<LeadRow | undefined> {
  const row = await db.selectFrom('webLead').select(columns).where('id', '=', id).executeTakeFirst();
  return row as LeadRow | undefined;
}

/** Those whose time has come, the earliest first: what failed waits for its next attempt and holds nobody up. */
export async function findUnfiled(
  db: Kysely<Tables>,
  at: number,
  limit: number,
): Promise<{ id: string; attempts: number }[]> {
  return db
    .selectFrom('webLead')
    .select(['id', 'attempts'])
    .where('filedAt', 'is', null)
    .where((lead) =>
      lead.or([
        lead('nextAttemptAt', 'is', null),
        lead('nextAttemptAt', '<=', sql<number>`${toTimestamp(at)}::timestamptz`),
      ]),
    )
    .orderBy('receivedAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Counts an attempt that failed, and says when the next one is due. */
export async function setFailed(
  db: Kysely<Tables>,
  id: string,
  failed: { readonly at: number; readonly nextAt: number },
): Promise<void> {
  await db
    .updateTable('webLead')
    .set((lead) => ({
      attempts: lead('attempts', '+', 1),
      attemptedAt: toTimestamp(failed.at),
      nextAttemptAt: toTimestamp(failed.nextAt),
    }))
    .where('id', '=', id)
    .where('filedAt', 'is', null)
    .execute();
}

/** Takes one that waits for this transaction; undefined where it is filed, or another process is at it. */
export async function takeUnfiled(
  transaction: Transaction<Tables>,
  id: string,
): Promise<LeadRow | undefined> {
  const row = await transaction
    .selectFrom('webLead')
    .select(columns)
    .where('id', '=', id)
    .where('filedAt', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row as LeadRow | undefined;
}

export async function setFiled(
  transaction: Transaction<Tables>,
  id: string,
  filed: {
    readonly filedAt: number;
    readonly ticks: readonly KeptTick[];
    readonly matchedOn: readonly string[];
    readonly lookalikeIds: readonly string[];
  },
): Promise<void> {
  await transaction
    .updateTable('webLead')
    .set({
      filedAt: toTimestamp(filed.filedAt),
      ticks: JSON.stringify(filed.ticks),
      matchedOn: [...filed.matchedOn],
      lookalikeIds: [...filed.lookalikeIds],
    })
    .where('id', '=', id)
    .execute();
}

export async function updateTicks(
  transaction: Transaction<Tables>,
  id: string,
  ticks: readonly KeptTick[],
): Promise<void> {
  await transaction
    .updateTable('webLead')
    .set({ ticks: JSON.stringify(ticks) })
    .where('id', '=', id)
    .execute();
}

/** Filed leads whose ticks wait for this wording to be judged, with the customer of each. */
export async function lockHeldLeads(
  transaction: Transaction<Tables>,
  hash: Buffer,
): Promise<(LeadRow & { readonly customerId: string })[]> {
  const { rows } = await sql<LeadRow & { readonly customerId: string }>`
    select web_lead.id, received_at, received_by, submitted_at, web_lead.branch_id, lead, wording_hash, ticks,
      matched_on, lookalike_ids, enquiry.customer_id
    from web_lead join enquiry on enquiry.id = web_lead.id
    where wording_hash = ${hash} and filed_at is not null and ticks @> '[{"outcome": "wording_unknown"}]'::jsonb
    order by web_lead.id
    for update of web_lead`.execute(transaction);
  return rows;
}

export type WebWordingState = 'unknown' | 'accepted' | 'refused';

export interface WebWordingRow {
  readonly hash: Buffer;
  readonly text: string;
  readonly language: string;
  readonly state: WebWordingState;
  readonly firstSeenAt: number;
  readonly judgedAt: number | null;
  readonly judgedBy: string | null;
  readonly enquiries: number;
}

/** Notes a wording that nobody has judged; one that is known stays as it is. */
export async function insertUnknown(
  transaction: Transaction<Tables>,
  hash: Buffer,
  at: number,
): Promise<void> {
  await transaction
    .insertInto('webWording')
    .values({ hash, state: 'unknown', firstSeenAt: toTimestamp(at) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

export async function findState(db: Kysely<Tables>, hash: Buffer): Promise<WebWordingState | undefined> {
  const row = await db.selectFrom('webWording').select('state').where('hash', '=', hash).executeTakeFirst();
  return row?.state as WebWordingState | undefined;
}

export async function findText(
  db: Kysely<Tables>,
  hash: Buffer,
): Promise<{ text: string; language: string } | undefined> {
  return db.selectFrom('wording').select(['text', 'language']).where('hash', '=', hash).executeTakeFirst();
}

/** Judges a wording; false for one that never came in. */
export async function setState(
  transaction: Transaction<Tables>,
  hash: Buffer,
  judged: { readonly state: WebWordingState; readonly at: number; readonly by: string },
): Promise<boolean> {
  const result = await transaction
    .updateTable('webWording')
    .set({ state: judged.state, judgedAt: toTimestamp(judged.at), judgedBy: judged.by })
    .where('hash', '=', hash)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function findWebWordings(db: Kysely<Tables>): Promise<WebWordingRow[]> {
  const { rows } = await sql<WebWordingRow>`
    select web_wording.hash, text, language, state, first_seen_at, judged_at, judged_by,
      (select count(*) from web_lead where wording_hash = web_wording.hash) as enquiries
    from web_wording join wording on wording.hash = web_wording.hash
    order by state = 'unknown' desc, first_seen_at desc, web_wording.hash`.execute(db);
  return rows;
}
