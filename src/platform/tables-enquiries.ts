import type { Generated } from 'kysely';
import type { Instant, Json, NullableInstant } from './tables-columns.ts';

/** Who wants to buy what, how far it has come, and what was noted. See tables.ts. */

export interface EnquiryTable {
  customerId: string;
  id: string;
  branchId: number;
  source: string;
  stage: string;
  vehicleOfInterest: string | null;
  stockNumber: string | null;
  partExchange: string | null;
  partExchangeRegistration: string | null;
  budgetPence: number | null;
  financeInterest: Generated<string>;
  ownerId: string | null;
  nextAction: string | null;
  nextActionOn: string | null;
  lostReason: string | null;
  lostNote: string | null;
  soldVehicleId: string | null;
  soldOn: string | null;
  openedAt: Instant;
  openedBy: string;
  closedAt: NullableInstant;
  version: Generated<number>;
  updatedAt: Instant;
}

export interface EnquiryStageTable {
  customerId: string;
  enquiryId: string;
  sequence: number;
  stage: string;
  changedAt: Instant;
  changedBy: string;
}

export interface EnquiryNoteTable {
  customerId: string;
  enquiryId: string;
  id: string;
  text: string;
  writtenAt: Instant;
  writtenBy: string;
}

export interface EnquiryReplyTable {
  customerId: string;
  enquiryId: string;
  id: string;
  channel: string;
  text: string | null;
  repliedAt: Instant;
  repliedBy: string;
}

export interface WebLeadTable {
  id: string;
  receivedAt: Instant;
  receivedBy: string;
  submittedAt: Instant;
  branchId: number;
  lead: Json;
  wordingHash: Buffer | null;
  ticks: Json;
  filedAt: NullableInstant;
  matchedOn: Generated<string[]>;
  lookalikeIds: Generated<string[]>;
  attempts: Generated<number>;
  attemptedAt: NullableInstant;
  nextAttemptAt: NullableInstant;
}

export interface WebWordingTable {
  hash: Buffer;
  state: string;
  firstSeenAt: Instant;
  judgedAt: NullableInstant;
  judgedBy: string | null;
}
