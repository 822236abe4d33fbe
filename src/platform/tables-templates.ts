import type { Generated } from 'kysely';
import type { Instant, NullableInstant } from './tables-columns.ts';

/** What messages say, and who they are from. See tables.ts. */

export interface MessageTemplateTable {
  id: string;
  name: string;
  occasion: string | null;
  channel: string;
  category: string;
  language: string;
  version: Generated<number>;
  createdBy: string | null;
  createdAt: Instant;
}

export interface MessageTemplateVersionTable {
  templateId: string;
  number: number;
  subject: string | null;
  body: string;
  writtenBy: string | null;
  writtenAt: Instant;
  approvedBy: string | null;
  approvedAt: NullableInstant;
  acceptedPhrases: Generated<string[]>;
  acceptedBecause: string | null;
}

export interface MessageSenderTable {
  legalEntityId: number;
  shortName: string | null;
  address: string[];
  telephone: string | null;
  email: string | null;
  secondPerson: boolean;
  version: number;
  changedBy: string;
  changedAt: Instant;
}
