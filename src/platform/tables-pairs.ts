import type { Generated } from 'kysely';
import type { Instant, NullableInstant } from './tables-columns.ts';

/** Two records that may be one person, and what somebody said of them. See tables.ts. */

export interface CustomerPairTable {
  lowId: string;
  highId: string;
  state: string;
  judgedAt: Instant;
  judgedBy: string;
  lowStopped: Generated<boolean>;
  highStopped: Generated<boolean>;
}

export interface DuplicateCandidateTable {
  lowId: string;
  highId: string;
  grounds: string[];
  weakGrounds: string[];
  rank: number;
}

export interface DuplicateSearchTable {
  id: Generated<boolean>;
  afterId: string;
  examined: number;
  customers: number;
  begunAt: Instant;
  finishedAt: NullableInstant;
}
