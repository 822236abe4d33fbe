import type { Generated } from 'kysely';
import type { Instant, Json } from './tables-columns.ts';

/** What the contact manager reminds customers of. See tables.ts. */
export interface ProgrammeTable {
  kind: string;
  isOn: boolean;
  steps: Json;
  version: Generated<number>;
  updatedBy: string;
  updatedAt: Instant;
}
