import type { Generated } from 'kysely';
import type { Instant, NullableInstant } from './tables-columns.ts';

/** What staff note of a customer, and what they have to do. See tables.ts. */

export interface NoteTable {
  customerId: string;
  id: string;
  kind: string;
  version: Generated<number>;
  writtenAt: Instant;
  writtenBy: string;
  endedAt: NullableInstant;
  endedBy: string | null;
  removedAt: NullableInstant;
  removedBy: string | null;
}

export interface NoteVersionTable {
  customerId: string;
  noteId: string;
  version: number;
  text: string;
  writtenAt: Instant;
  writtenBy: string;
}

export interface TaskTable {
  id: string;
  customerId: string | null;
  vehicleId: string | null;
  enquiryId: string | null;
  what: string;
  details: string | null;
  assignedTo: string;
  dueOn: string;
  createdAt: Instant;
  createdBy: string;
  doneAt: NullableInstant;
  doneBy: string | null;
  version: Generated<number>;
}

export interface TaskStepTable {
  taskId: string;
  sequence: number;
  kind: string;
  at: Instant;
  by: string;
  assignedTo: string;
  dueOn: string;
}
