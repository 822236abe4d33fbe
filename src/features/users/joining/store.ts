import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';
import type { SignInUser } from '../store.ts';

export interface JoinedUser extends SignInUser {
  readonly disabledAt: number | null;
  readonly providerSubject: string | null;
}

const columns = sql`id, username, password_hash, branch_id, role, disabled_at, provider_subject from staff_user`;

export async function findUserBySubject(
  db: Kysely<Tables>,
  subject: string,
): Promise<JoinedUser | undefined> {
  const { rows } = await sql<JoinedUser>`
    select ${columns} where provider_subject = ${subject}`.execute(db);
  return rows[0];
}

export async function findUserByEmail(db: Kysely<Tables>, email: string): Promise<JoinedUser | undefined> {
  const { rows } = await sql<JoinedUser>`
    select ${columns} where lower(email) = lower(${email}) and email is not null`.execute(db);
  return rows[0];
}
