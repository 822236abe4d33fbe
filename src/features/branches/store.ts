import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../platform/tables.ts';

export interface BranchRow {
  readonly id: number;
  readonly legalEntityId: number;
  readonly code: string;
  readonly name: string;
}

export async function listBranchRows(db: Kysely<Tables>): Promise<BranchRow[]> {
  return db.selectFrom('branch').select(['id', 'legalEntityId', 'code', 'name']).orderBy('id').execute();
}

export interface LegalEntityRow {
  readonly id: number;
  readonly name: string;
}

export async function listLegalEntityRows(db: Kysely<Tables>): Promise<LegalEntityRow[]> {
  return db.selectFrom('legalEntity').select(['id', 'name']).orderBy('id').execute();
}

export async function findFirstLegalEntity(db: Kysely<Tables>): Promise<number | undefined> {
  const row = await db.selectFrom('legalEntity').select('id').orderBy('id').limit(1).executeTakeFirst();
  return row?.id;
}

export async function findFirstLegalEntityName(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom('legalEntity').select('name').orderBy('id').limit(1).executeTakeFirst();
  return row?.name;
}

export async function insertLegalEntity(db: Kysely<Tables>, name: string): Promise<number> {
  const row = await db
    .insertInto('legalEntity')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function renameLegalEntity(db: Kysely<Tables>, from: string, to: string): Promise<void> {
  await db.updateTable('legalEntity').set({ name: to }).where('name', '=', from).execute();
}

export async function renameBranch(
  db: Kysely<Tables>,
  code: string,
  to: { readonly code: string; readonly name: string },
): Promise<void> {
  await db.updateTable('branch').set({ code: to.code, name: to.name }).where('code', '=', code).execute();
}

/** Adds a branch; one with the same code, in any case, stays as it is. */
export async function insertBranch(
  db: Kysely<Tables>,
  branch: { legalEntityId: number; code: string; name: string },
): Promise<void> {
  await sql`
    insert into branch (legal_entity_id, code, name)
    values (${branch.legalEntityId}, ${branch.code}, ${branch.name})
    on conflict (lower(code)) do nothing`.execute(db);
}

export async function lockOrganisation(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('navigator organisation'))`.execute(transaction);
}
