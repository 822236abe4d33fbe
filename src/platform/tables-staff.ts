import type { Generated, GeneratedAlways } from 'kysely';
import type { DefaultedInstant, Instant, NullableInstant } from './tables-columns.ts';

/** Who may come in: staff, their sessions, keys for programs. See tables.ts. */

export interface StaffUserTable {
  id: string;
  username: string;
  fullName: string;
  role: string;
  passwordHash: string;
  createdAt: DefaultedInstant;
  disabledAt: NullableInstant;
  branchId: number | null;
  version: Generated<number>;
  lastSignedInAt: NullableInstant;
  demonstration: Generated<boolean>;
}

export interface ApiKeyTable {
  id: string;
  name: string;
  keyHash: Buffer;
  scopes: string[];
  createdAt: DefaultedInstant;
  revokedAt: NullableInstant;
}

export interface StaffSessionTable {
  tokenHash: Buffer;
  userId: string;
  branchId: number;
  signedInAt: Instant;
  lastUsedAt: Instant;
  endsAt: Instant;
}

export interface SignInAttemptTable {
  subjectHash: Buffer;
  attempts: number;
  forgetAt: Instant;
}

export interface SetUpLinkTable {
  id: Generated<boolean>;
  tokenHash: Buffer;
  validUntil: Instant;
}

export interface StaffEventTable {
  id: GeneratedAlways<number>;
  at: Instant;
  kind: string;
  userId: string;
  actorKind: string;
  actorId: string;
}
