import type { GeneratedAlways } from 'kysely';
import type { DefaultedInstant, Instant, Json } from './tables-columns.ts';

/** The dealer: legal entities, their branches, and the policy. See tables.ts. */

export interface LegalEntityTable {
  id: GeneratedAlways<number>;
  name: string;
  createdAt: DefaultedInstant;
}

export interface BranchTable {
  id: GeneratedAlways<number>;
  legalEntityId: number;
  code: string;
  name: string;
  createdAt: DefaultedInstant;
}

export interface PolicyVersionTable {
  id: GeneratedAlways<number>;
  effectiveAt: Instant;
  settings: Json;
  chosenExplicitly: boolean;
  reason: string | null;
  recordedBy: string;
  recordedAt: Instant;
  warningAcceptedBy: string | null;
  warningAccepted: string | null;
}
