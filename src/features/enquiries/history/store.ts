import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { EnquirySource, EnquiryStage, LostReason } from '../../../domain/enquiry.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface PastStageRow {
  readonly enquiryId: string;
  readonly sequence: number;
  readonly stage: EnquiryStage;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly source: EnquirySource;
  readonly vehicleOfInterest: string | null;
  readonly stockNumber: string | null;
  readonly lostReason: LostReason | null;
}

/** Every stage of every enquiry of a customer. */
export async function findPastStages(db: Kysely<Tables>, customerId: string): Promise<PastStageRow[]> {
  const { rows } = await sql<PastStageRow>`
    select enquiry_stage.enquiry_id, sequence, enquiry_stage.stage, changed_at, changed_by, source,
      vehicle_of_interest, stock_number, lost_reason
    from enquiry_stage
    join enquiry on enquiry.customer_id = enquiry_stage.customer_id and enquiry.id = enquiry_stage.enquiry_id
    where enquiry_stage.customer_id = ${customerId}
    order by enquiry_stage.enquiry_id, sequence`.execute(db);
  return rows;
}

export interface PastNoteRow {
  readonly enquiryId: string;
  readonly id: string;
  readonly text: string;
  readonly writtenAt: number;
  readonly writtenBy: string;
}

/** Every note on every enquiry of a customer. */
export async function findPastNotes(db: Kysely<Tables>, customerId: string): Promise<PastNoteRow[]> {
  return db
    .selectFrom('enquiryNote')
    .select(['enquiryId', 'id', 'text', 'writtenAt', 'writtenBy'])
    .where('customerId', '=', customerId)
    .execute();
}
