import type { Generated } from 'kysely';
import type { Instant, Json } from './tables-columns.ts';

/** Selections that are kept; see tables.ts. */
export interface SavedSelectionTable {
  id: string;
  name: string;
  selection: Json;
  version: Generated<number>;
  createdBy: string;
  createdAt: Instant;
  changedBy: string;
  changedAt: Instant;
}
