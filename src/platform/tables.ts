import type { Generated, GeneratedAlways } from 'kysely';
import type { DefaultedInstant, Instant, Json, NullableInstant, NullableJson } from './tables-columns.ts';
import type {
  EnquiryNoteTable,
  EnquiryReplyTable,
  EnquiryStageTable,
  EnquiryTable,
  WebLeadTable,
  WebWordingTable,
} from './tables-enquiries.ts';
import type { ContactPointBeforeTable, CustomerBeforeTable, KeeperBeforeTable } from './tables-history.ts';
import type {
  ImportBatchTable,
  ImportRejectTable,
  NamedCustomerTable,
  RememberedRefusalTable,
} from './tables-imports.ts';
import type { SavedSelectionTable } from './tables-mailshots.ts';
import type { NoteTable, NoteVersionTable, TaskStepTable, TaskTable } from './tables-notes.ts';
import type { BranchTable, LegalEntityTable, PolicyVersionTable } from './tables-organisation.ts';
import type { CustomerPairTable, DuplicateCandidateTable, DuplicateSearchTable } from './tables-pairs.ts';
import type { ProgrammeTable } from './tables-programmes.ts';
import type {
  EvidenceTable,
  KeeperStandingTable,
  LedgerEventTable,
  LedgerHeadTable,
  LegitimateInterestAssessmentTable,
  PermissionStandingTable,
  RegisterScreeningTable,
  SuppressionRemovalTable,
  SuppressionTable,
  ThirdPartyTable,
  WordingDraftTable,
  WordingReadingTable,
  WordingTable,
  WordingVersionTable,
} from './tables-proof.ts';
import type {
  ApiKeyTable,
  PasswordResetTable,
  RecoveryCodeTable,
  SecondFactorTable,
  SetUpLinkTable,
  SignInAttemptTable,
  SignInPolicyTable,
  StaffEventTable,
  StaffSessionTable,
  StaffUserTable,
} from './tables-staff.ts';
import type {
  MessageSenderTable,
  MessageTemplateTable,
  MessageTemplateVersionTable,
} from './tables-templates.ts';
import type {
  AppointmentJobTable,
  AppointmentTable,
  BookedWorkTable,
  HealthCheckFindingTable,
  HealthCheckTable,
  WorkshopHoursTable,
} from './tables-workshop.ts';

/**
 * The rows of the database as Kysely sees them (snake case there, camel case here). Held equal to the
 * migrated database by a test. Instants are read as milliseconds since 1970 and written as ISO text; jsonb
 * is written as JSON text.
 */
export interface InstallationTable {
  id: Generated<boolean>;
  secretFingerprint: Buffer;
  createdAt: DefaultedInstant;
}

export interface DemonstrationTable {
  id: Generated<boolean>;
  begunAt: Instant;
}

export interface CustomerTable {
  id: string;
  customerNumber: string;
  kind: string;
  title: string | null;
  forename: string | null;
  surname: string | null;
  companyName: string | null;
  birthOn: string | null;
  branchId: number;
  prospect: Generated<boolean>;
  createdOn: string | null;
  lastContactOn: string | null;
  searchName: string;
  searchGivenName: string;
  searchCompany: string | null;
  mergedIntoId: string | null;
  createdBatchId: string | null;
  version: Generated<number>;
  createdAt: Instant;
  updatedAt: Instant;
  factsSince: NullableInstant;
}

export interface ContactPointTable {
  customerId: string;
  id: string;
  kind: string;
  value: string;
  normalised: string | null;
  address: NullableJson;
  rank: Generated<number>;
  inUseSince: Instant;
  status: Generated<string>;
  shared: Generated<boolean>;
  removedAt: NullableInstant;
  statusSince: NullableInstant;
  recordedAt: NullableInstant;
}

export interface VehicleTable {
  id: string;
  registration: string | null;
  vin: string | null;
  make: string | null;
  model: string | null;
  firstRegisteredOn: string | null;
  motDueOn: string | null;
  serviceDueOn: string | null;
  lastServiceOn: string | null;
  mileage: number | null;
  createdBatchId: string | null;
}

export interface KeeperTable {
  customerId: string;
  vehicleId: string;
  fromOn: string | null;
  untilOn: string | null;
  createdBatchId: string | null;
  createdAt: Instant;
  recordedAt: NullableInstant;
}

export interface PermissionResetTable {
  id: string;
  status: string;
  keepConsent: boolean;
  reason: string;
  requestedBy: string;
  requestedAt: Instant;
  finishedAt: NullableInstant;
  undoneAt: NullableInstant;
  records: number;
  recordsReset: Generated<number>;
  recordsRestored: Generated<number>;
}

export interface SelectionExportTable {
  id: string;
  exportedAt: Instant;
  exportedBy: string;
  channel: string;
  category: string;
  criteria: Json;
  columns: string[];
  policyVersionId: number;
  rowCount: number;
  leftOut: Json;
  sha256: Buffer;
  listFileId: string | null;
  leftOutFileId: string | null;
}

export interface StoredFileTable {
  id: string;
  purpose: string;
  sha256: Buffer;
  byteCount: number;
  storedBy: string;
  storedAt: Instant;
  forgetAt: Instant;
}

export interface StoredFilePartTable {
  fileId: string;
  part: number;
  content: Buffer;
}

export interface HandOverTable {
  customerId: string;
  handedOverAt: Instant;
  id: string;
  channel: string;
  purpose: string;
  marketing: boolean;
  exportId: string | null;
}

export interface AccessLogTable {
  id: GeneratedAlways<number>;
  accessedAt: Instant;
  actorKind: string;
  actorId: string;
  action: string;
  customerId: string | null;
  detail: NullableJson;
}

export interface IdempotencyKeyTable {
  actorId: string;
  key: string;
  requestHash: Buffer;
  responseStatus: number | null;
  responseHeaders: NullableJson;
  responseBody: NullableJson;
  createdAt: Instant;
}

export interface Tables {
  installation: InstallationTable;
  demonstration: DemonstrationTable;
  legalEntity: LegalEntityTable;
  branch: BranchTable;
  staffUser: StaffUserTable;
  apiKey: ApiKeyTable;
  staffSession: StaffSessionTable;
  signInAttempt: SignInAttemptTable;
  passwordReset: PasswordResetTable;
  secondFactor: SecondFactorTable;
  recoveryCode: RecoveryCodeTable;
  signInPolicy: SignInPolicyTable;
  setUpLink: SetUpLinkTable;
  staffEvent: StaffEventTable;
  policyVersion: PolicyVersionTable;
  customer: CustomerTable;
  contactPoint: ContactPointTable;
  customerBefore: CustomerBeforeTable;
  contactPointBefore: ContactPointBeforeTable;
  keeperBefore: KeeperBeforeTable;
  customerPair: CustomerPairTable;
  duplicateCandidate: DuplicateCandidateTable;
  duplicateSearch: DuplicateSearchTable;
  vehicle: VehicleTable;
  keeper: KeeperTable;
  enquiry: EnquiryTable;
  enquiryStage: EnquiryStageTable;
  enquiryNote: EnquiryNoteTable;
  enquiryReply: EnquiryReplyTable;
  note: NoteTable;
  noteVersion: NoteVersionTable;
  task: TaskTable;
  taskStep: TaskStepTable;
  webLead: WebLeadTable;
  webWording: WebWordingTable;
  wording: WordingTable;
  wordingVersion: WordingVersionTable;
  wordingDraft: WordingDraftTable;
  wordingReading: WordingReadingTable;
  ledgerEvent: LedgerEventTable;
  ledgerHead: LedgerHeadTable;
  evidence: EvidenceTable;
  permissionStanding: PermissionStandingTable;
  keeperStanding: KeeperStandingTable;
  suppression: SuppressionTable;
  suppressionRemoval: SuppressionRemovalTable;
  registerScreening: RegisterScreeningTable;
  legitimateInterestAssessment: LegitimateInterestAssessmentTable;
  thirdParty: ThirdPartyTable;
  importBatch: ImportBatchTable;
  importReject: ImportRejectTable;
  namedCustomer: NamedCustomerTable;
  rememberedRefusal: RememberedRefusalTable;
  programme: ProgrammeTable;
  permissionReset: PermissionResetTable;
  savedSelection: SavedSelectionTable;
  selectionExport: SelectionExportTable;
  handOver: HandOverTable;
  accessLog: AccessLogTable;
  idempotencyKey: IdempotencyKeyTable;
  storedFile: StoredFileTable;
  storedFilePart: StoredFilePartTable;
  workshopHours: WorkshopHoursTable;
  appointment: AppointmentTable;
  appointmentJob: AppointmentJobTable;
  bookedWork: BookedWorkTable;
  healthCheck: HealthCheckTable;
  healthCheckFinding: HealthCheckFindingTable;
  messageTemplate: MessageTemplateTable;
  messageTemplateVersion: MessageTemplateVersionTable;
  messageSender: MessageSenderTable;
}
