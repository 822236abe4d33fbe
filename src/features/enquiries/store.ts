import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { EnquirySource, EnquiryStage, FinanceInterest, LostReason } from '../../domain/enquiry.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface EnquiryDetails {
  readonly vehicleOfInterest: string | null;
  readonly stockNumber: string | null;
  readonly partExchange: string | null;
  readonly partExchangeRegistration: string | null;
  readonly budgetPence: number | null;
  readonly financeInterest: FinanceInterest;
  readonly ownerId: string | null;
  readonly nextAction: string | null;
  readonly nextActionOn: string | null;
}

interface EnquiryEnding {
  readonly stage: EnquiryStage;
  readonly lostReason: LostReason | null;
  readonly lostNote: string | null;
  readonly soldVehicleId: string | null;
  readonly soldOn: string | null;
  readonly closedAt: number | null;
}

export interface EnquiryRow extends EnquiryDetails, EnquiryEnding {
  readonly id: string;
  readonly customerId: string;
  readonly branchId: number;
  readonly source: EnquirySource;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly version: number;
  readonly updatedAt: number;
}

export type NewEnquiryRow = Omit<EnquiryRow, keyof EnquiryEnding | 'version' | 'updatedAt'>;

/**
 * Holds the record of a customer until the transaction ends, so that it neither becomes part of another one nor goes
 * with its import meanwhile; false where it has.
 */
export async function holdCustomer(transaction: Transaction<Tables>, customerId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('customer')
    .select('id')
    .where('id', '=', customerId)
    .where('mergedIntoId', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertEnquiry(
  transaction: Transaction<Tables>,
  { openedAt, ...enquiry }: NewEnquiryRow,
): Promise<void> {
  const at = toTimestamp(openedAt);
  await transaction
    .insertInto('enquiry')
    .values({ ...enquiry, stage: 'new', openedAt: at, updatedAt: at })
    .execute();
}

const columns = [
  'id',
  'customerId',
  'branchId',
  'source',
  'stage',
  'vehicleOfInterest',
  'stockNumber',
  'partExchange',
  'partExchangeRegistration',
  'budgetPence',
  'financeInterest',
  'ownerId',
  'nextAction',
  'nextActionOn',
  'lostReason',
  'lostNote',
  'soldVehicleId',
  'soldOn',
  'openedAt',
  'openedBy',
  'closedAt',
  'version',
  'updatedAt',
] as const;

export async function findEnquiry(db: Kysely<Tables>, id: string): Promise<EnquiryRow | undefined> {
  const row = await db.selectFrom('enquiry').select(columns).where('id', '=', id).executeTakeFirst();
  return row as EnquiryRow | undefined;
}

export async function lockEnquiry(
  transaction: Transaction<Tables>,
  id: string,
): Promise<EnquiryRow | undefined> {
  const row = await transaction
    .selectFrom('enquiry')
    .select(columns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row as EnquiryRow | undefined;
}

/** Writes what changed, as a new version. */
export async function updateEnquiry(
  transaction: Transaction<Tables>,
  id: string,
  changes: Partial<EnquiryDetails & EnquiryEnding>,
  at: number,
): Promise<void> {
  const { closedAt, ...fields } = changes;
  const closed = closedAt === undefined ? {} : { closedAt: closedAt === null ? null : toTimestamp(closedAt) };
  await transaction
    .updateTable('enquiry')
    .set({ ...fields, ...closed, updatedAt: toTimestamp(at) })
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export interface StageRow {
  readonly stage: EnquiryStage;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** Adds a stage after those it went through before; the caller holds the lock of the enquiry. */
export async function insertStage(
  transaction: Transaction<Tables>,
  enquiry: { readonly customerId: string; readonly id: string },
  { stage, changedAt, changedBy }: StageRow,
): Promise<void> {
  await sql`
    insert into enquiry_stage (customer_id, enquiry_id, sequence, stage, changed_at, changed_by)
    select ${enquiry.customerId}, ${enquiry.id}, coalesce(max(sequence), 0) + 1, ${stage},
      ${toTimestamp(changedAt)}, ${changedBy}
    from enquiry_stage
    where customer_id = ${enquiry.customerId} and enquiry_id = ${enquiry.id}`.execute(transaction);
}

/** The newest first. */
export async function findStages(
  db: Kysely<Tables>,
  enquiry: { readonly customerId: string; readonly id: string },
): Promise<StageRow[]> {
  const rows = await db
    .selectFrom('enquiryStage')
    .select(['stage', 'changedAt', 'changedBy'])
    .where('customerId', '=', enquiry.customerId)
    .where('enquiryId', '=', enquiry.id)
    .orderBy('sequence', 'desc')
    .execute();
  return rows as StageRow[];
}

export interface NoteRow {
  readonly id: string;
  readonly text: string;
  readonly writtenAt: number;
  readonly writtenBy: string;
}

export async function insertNote(
  transaction: Transaction<Tables>,
  enquiry: { readonly customerId: string; readonly id: string },
  { writtenAt, ...note }: NoteRow,
): Promise<void> {
  await transaction
    .insertInto('enquiryNote')
    .values({
      ...note,
      customerId: enquiry.customerId,
      enquiryId: enquiry.id,
      writtenAt: toTimestamp(writtenAt),
    })
    .execute();
}

/** The newest first. */
export async function findNotes(
  db: Kysely<Tables>,
  enquiry: { readonly customerId: string; readonly id: string },
): Promise<NoteRow[]> {
  return db
    .selectFrom('enquiryNote')
    .select(['id', 'text', 'writtenAt', 'writtenBy'])
    .where('customerId', '=', enquiry.customerId)
    .where('enquiryId', '=', enquiry.id)
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
