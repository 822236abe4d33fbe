import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { applicationRole } from './database.ts';
import { StartError } from './start-error.ts';
import type { Tables } from './tables.ts';

/**
 * Makes sure that role navigator_app exists and that the current login may act as it. Roles belong to the
 * whole server, so another process may be doing the same for another database at this very moment.
 * Throws StartError when the login lacks the right.
 */
export async function ensureApplicationRole(ownerDb: Kysely<Tables>): Promise<void> {
  if (!(await roleExists(ownerDb))) {
    await attempt(`create role ${applicationRole} nologin`, ownerDb, () => roleExists(ownerDb));
  }
  if (!(await mayActAsRole(ownerDb))) {
    await attempt(`grant ${applicationRole} to current_user`, ownerDb, () => mayActAsRole(ownerDb));
  }
}

async function attempt(statement: string, db: Kysely<Tables>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await sql.raw(statement).execute(db);
  } catch (error) {
    if (await isDone()) return;
    if ((error as { code?: string }).code !== '42501') throw error;
    const { rows } = await sql<{ login: string }>`select quote_ident(current_user) as login`.execute(db);
    const login = rows[0]?.login ?? '';
    throw new StartError(
      `The database user ${login} may not set up the role ${applicationRole}: have an administrator of the ` +
        `database run "create role ${applicationRole} nologin" (if it is missing) and ` +
        `"grant ${applicationRole} to ${login}", then start again.`,
      { cause: error },
    );
  }
}

async function roleExists(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql`select from pg_roles where rolname = ${applicationRole}`.execute(db);
  return rows.length === 1;
}

// why: from PostgreSQL 16 on, being a member of a role and being allowed to become it are two things.
async function mayActAsRole(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_has_role(
      current_user, ${applicationRole}::text,
      case when current_setting('server_version_num')::int4 >= 160000 then 'SET' else 'MEMBER' end
    ) as may`.execute(db);
  return rows[0]?.may === true;
}
