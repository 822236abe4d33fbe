import {
  enquirySourceWords,
  enquiryStageWords,
  enquirySubject,
  lostReasonWords,
} from '../../../domain/enquiry.ts';
import type { Context } from '../../../platform/context.ts';
import type { PastNoteRow, PastStageRow } from './store.ts';
import { findPastNotes, findPastStages } from './store.ts';

/**
 * What happened to the enquiries of one customer, in words.
 * Guarantees that no step is left out.
 */
export interface PastStage {
  readonly id: string;
  readonly enquiryId: string;
  readonly at: number;
  readonly by: string;
  readonly sentence: string;
}

/** Every step of every enquiry of a customer, in words. */
export async function stepsOf(context: Context, customerId: string): Promise<PastStage[]> {
  const rows = await findPastStages(context.database.db, customerId);
  return rows.map((row) => ({
    id: `${row.enquiryId}:${String(row.sequence).padStart(5, '0')}`,
    enquiryId: row.enquiryId,
    at: row.changedAt,
    by: row.changedBy,
    sentence: sentenceOf(row),
  }));
}

export type PastNote = PastNoteRow;

/** Every note on every enquiry of a customer. */
export async function pastNotesOf(context: Context, customerId: string): Promise<PastNote[]> {
  return findPastNotes(context.database.db, customerId);
}

function sentenceOf(row: PastStageRow): string {
  const about = `Enquiry about ${enquirySubject(row)}`;
  if (row.sequence === 1) return `${about} opened (${enquirySourceWords[row.source].toLowerCase()})`;
  if (row.stage === 'sold') return `${about}: sold`;
  if (row.stage !== 'lost') return `${about}: ${enquiryStageWords[row.stage].toLowerCase()}`;
  const why = row.lostReason === null ? '' : ` (${lostReasonWords[row.lostReason].toLowerCase()})`;
  return `${about} lost${why}`;
}
