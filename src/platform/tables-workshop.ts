import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, Json, NullableInstant } from './tables-columns.ts';

/** The workshop: its hours, what is booked into it, and what health checks found. See tables.ts. */

export interface WorkshopHoursTable {
  branchId: number;
  settings: Json;
  version: Generated<number>;
  updatedBy: string;
  updatedAt: Instant;
}

export interface AppointmentTable {
  id: string;
  branchId: number;
  customerId: string;
  vehicleId: string;
  arrivesOn: string;
  arrivalTime: string;
  status: Generated<string>;
  meanwhile: string;
  adviserId: string | null;
  notes: string | null;
  bookedBy: string;
  overbookedBecause: string | null;
  overbookedBy: string | null;
  bookedAt: Instant;
  arrivedAt: NullableInstant;
  workStartedAt: NullableInstant;
  readyAt: NullableInstant;
  collectedAt: NullableInstant;
  endedAt: NullableInstant;
  version: Generated<number>;
  updatedAt: Instant;
}

export interface AppointmentJobTable {
  appointmentId: string;
  position: number;
  jobType: string;
  minutes: number;
  findingId: string | null;
}

export interface BookedWorkTable {
  id: GeneratedAlways<number>;
  appointmentId: string;
  customerId: string;
  vehicleId: string;
  kind: string;
  jobTypes: string[];
  findingIds: string[];
  recordedAt: Instant;
}

export interface HealthCheckTable {
  id: string;
  appointmentId: string;
  customerId: string;
  vehicleId: string;
  checkedOn: string;
  mileage: number | null;
  recordedBy: string;
  recordedAt: Instant;
  version: Generated<number>;
}

export interface HealthCheckFindingTable {
  id: string;
  healthCheckId: string;
  position: number;
  item: string;
  severity: string;
  pricePence: number | null;
  labourMinutes: number | null;
  outcome: string;
  followUpOn: string | null;
}
