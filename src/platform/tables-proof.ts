import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, Json, NullableInstant } from './tables-columns.ts';

/** What proves and decides: the ledger, the standing decisions, the registers. See tables.ts. */

export interface WordingTable {
  hash: Buffer;
  text: string;
  language: Generated<string>;
  registeredAt: Instant;
}

export interface WordingVersionTable {
  legalEntityId: number;
  version: number;
  text: string;
  inForceFrom: Instant;
  recordedBy: string | null;
  recordedAt: Instant;
  phoneText: string | null;
  approvedBy: string | null;
  approvedAt: NullableInstant;
}

export interface WordingDraftTable {
  legalEntityId: number;
  text: string;
  phoneText: string;
  inForceFrom: NullableInstant;
  writtenBy: string;
  writtenAt: Instant;
  version: number;
}

export interface WordingReadingTable {
  hash: Buffer;
  legalEntityId: number;
  version: number;
}

export interface LedgerEventTable {
  customerId: string;
  sequence: number;
  kind: string;
  act: Json;
  cells: Json;
  occurredAt: NullableInstant;
  recordedAt: Instant;
  actorKind: string;
  actorId: string | null;
  method: string | null;
  wordingHash: Buffer | null;
  evidenceCommitment: Buffer | null;
  legalEntityId: number;
  batchId: string | null;
  corrects: number | null;
  previousHash: Buffer;
  hash: Buffer;
}

export interface LedgerHeadTable {
  customerId: string;
  sequence: number;
  hash: Buffer;
  seal: Buffer;
}

export interface EvidenceTable {
  customerId: string;
  id: string;
  salt: Buffer;
  document: Json;
  createdAt: Instant;
}

export interface PermissionStandingTable {
  customerId: string;
  branchId: number;
  policyVersionId: number;
  judgedAt: Instant;
  holdsUntil: NullableInstant;
  ledgerSequence: number;
  reviewedAt: NullableInstant;
  namesThirdParties: boolean;
  smsServiceFollowUp: number;
  smsGeneralMarketing: number;
  smsThirdPartyMarketing: number;
  letterServiceFollowUp: number;
  letterGeneralMarketing: number;
  letterThirdPartyMarketing: number;
  liveCallServiceFollowUp: number;
  liveCallGeneralMarketing: number;
  liveCallThirdPartyMarketing: number;
  automatedCallServiceFollowUp: number;
  automatedCallGeneralMarketing: number;
  automatedCallThirdPartyMarketing: number;
  socialDmServiceFollowUp: number;
  socialDmGeneralMarketing: number;
  socialDmThirdPartyMarketing: number;
  socialAudienceServiceFollowUp: number;
  socialAudienceGeneralMarketing: number;
  socialAudienceThirdPartyMarketing: number;
  emailServiceFollowUp: number;
  emailGeneralMarketing: number;
  emailThirdPartyMarketing: number;
  smsAboutVehicles: number;
  letterAboutVehicles: number;
  liveCallAboutVehicles: number;
  automatedCallAboutVehicles: number;
  socialDmAboutVehicles: number;
  socialAudienceAboutVehicles: number;
  emailAboutVehicles: number;
  answers: GeneratedAlways<Buffer>;
}

export interface KeeperStandingTable {
  customerId: string;
  vehicleId: string;
  smsServiceFollowUp: number;
  letterServiceFollowUp: number;
  liveCallServiceFollowUp: number;
  automatedCallServiceFollowUp: number;
  socialDmServiceFollowUp: number;
  socialAudienceServiceFollowUp: number;
  emailServiceFollowUp: number;
  make: string | null;
  model: string | null;
  firstRegisteredOn: string | null;
  motDueOn: string | null;
  serviceDueOn: string | null;
  lastServiceOn: string | null;
  mileage: number | null;
  untilOn: string | null;
}

export interface SuppressionTable {
  contactHash: Buffer;
  suppressedAt: Instant;
  recordedAt: Instant;
  reason: string;
  recordedBy: string | null;
}

export interface SuppressionRemovalTable {
  contactHash: Buffer;
  recordedAt: Instant;
  reason: string;
  recordedBy: string | null;
}

export interface RegisterScreeningTable {
  register: string;
  subject: string;
  listedOn: string | null;
  screenedOn: string;
  recordedAt: Instant;
}

export interface LegitimateInterestAssessmentTable {
  id: string;
  legalEntityId: number;
  channels: string[];
  categories: string[];
  purpose: string;
  necessity: string;
  balance: string;
  approvedBy: string;
  effectiveAt: Instant;
  reviewOn: string;
  withdrawnAt: NullableInstant;
}

export interface ThirdPartyTable {
  id: string;
  name: string;
  createdAt: Instant;
}
