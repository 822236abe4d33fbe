import type { GeneratedAlways } from 'kysely';
import type { Instant } from './tables-columns.ts';

/** What facts were before they changed, and until when that was on record. See tables.ts. */

export interface CustomerBeforeTable {
  id: GeneratedAlways<number>;
  customerId: string;
  kind: string;
  birthOn: string | null;
  prospect: boolean;
  branchId: number;
  mergedIntoId: string | null;
  recordedUntil: Instant;
}

export interface ContactPointBeforeTable {
  id: GeneratedAlways<number>;
  customerId: string;
  contactPointId: string;
  status: string;
  recordedUntil: Instant;
}

export interface KeeperBeforeTable {
  id: GeneratedAlways<number>;
  customerId: string;
  vehicleId: string;
  fromOn: string | null;
  untilOn: string | null;
  recordedFrom: Instant;
  recordedUntil: Instant;
}
