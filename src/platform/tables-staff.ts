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
  email: string | null;
  providerSubject: string | null;
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
  id: Generated<string>;
  browser: Generated<string>;
  method: Generated<string>;
}

export interface PasswordResetTable {
  userId: string;
  tokenHash: Buffer;
  madeAt: Instant;
  validUntil: Instant;
}

export interface SecondFactorTable {
  userId: string;
  secretSealed: Buffer | null;
  addedAt: NullableInstant;
  lastStep: Generated<number>;
  pendingSealed: Buffer | null;
  pendingUntil: NullableInstant;
}

export interface RecoveryCodeTable {
  userId: string;
  codeHash: Buffer;
  usedAt: NullableInstant;
}

export interface SignInPolicyTable {
  version: number;
  secondFactorRoles: string[];
  setAt: Instant;
  setBy: string;
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
