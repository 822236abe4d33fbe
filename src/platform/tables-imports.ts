import type { Instant } from './tables-columns.ts';

/** What imports said of customers beside what they wrote. See tables.ts. */

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
