import type { Generated } from 'kysely';
import type { DefaultedJson, Instant, Json, NullableInstant } from './tables-columns.ts';

/** Imports: what each brought, refused, and said of whom. See tables.ts. */

export interface NamedCustomerTable {
  customerId: string;
  batchId: string;
  noFollowUp: boolean;
  noMarketing: boolean;
  namedAt: Instant;
}

export interface RememberedRefusalTable {
  customerKey: string;
  batchId: string;
  noFollowUp: boolean;
  noMarketing: boolean;
  recordedAt: Instant;
}

export interface ImportBatchTable {
  id: string;
  status: string;
  customersSha256: Buffer;
  vehiclesSha256: Buffer | null;
  mapping: Json;
  carriesOldFlags: boolean;
  policyVersionId: number;
  customersDoneLine: Generated<number>;
  vehiclesDoneLine: Generated<number>;
  totals: DefaultedJson;
  startedBy: string;
  startedAt: Instant;
  finishedAt: NullableInstant;
  reversedAt: NullableInstant;
}

export interface ImportRejectTable {
  batchId: string;
  file: string;
  line: number;
  columnName: string;
  reason: string;
  original: string;
}
