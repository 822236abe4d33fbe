import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly occasion: string | null;
  readonly channel: string;
  readonly category: string;
  readonly language: string;
  readonly version: number;
}

export interface VersionRow {
  readonly templateId: string;
  readonly number: number;
  readonly subject: string | null;
  readonly body: string;
  readonly writtenBy: string | null;
  readonly writtenAt: number;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  readonly acceptedPhrases: readonly string[];
  readonly acceptedBecause: string | null;
}

const columns = ['id', 'name', 'occasion', 'channel', 'category', 'language', 'version'] as const;

export async function listTemplateRows(db: Kysely<Tables>): Promise<TemplateRow[]> {
  return db.selectFrom('messageTemplate').select(columns).orderBy(sql`lower(name)`).orderBy('id').execute();
}

export async function findTemplateRow(db: Kysely<Tables>, id: string): Promise<TemplateRow | undefined> {
  return db.selectFrom('messageTemplate').select(columns).where('id', '=', id).executeTakeFirst();
}

export async function hasTemplates(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('messageTemplate').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** The versions of these templates, the newest of each first. */
export async function findVersionRows(db: Kysely<Tables>, ids: readonly string[]): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select template_id, number, subject, body, written_by, written_at, approved_by, approved_at,
      accepted_phrases, accepted_because
    from message_template_version
    where template_id = any(${ids}::uuid[])
    order by template_id, number desc`.execute(db);
  return rows;
}

export interface NewTemplateRow extends Omit<TemplateRow, 'version'> {
  readonly createdBy: string | null;
  readonly createdAt: number;
}

/** Leaves out those whose name is taken; answers the ids of the others. */
export async function insertTemplates(
  db: Kysely<Tables>,
  rows: readonly NewTemplateRow[],
): Promise<string[]> {
  const added = await db
    .insertInto('messageTemplate')
    .values(rows.map((row) => ({ ...row, createdAt: toTimestamp(row.createdAt) })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return added.map(({ id }) => id);
}

export async function insertVersions(
  db: Kysely<Tables>,
  rows: readonly Omit<VersionRow, 'acceptedPhrases' | 'acceptedBecause'>[],
): Promise<void> {
  await db
    .insertInto('messageTemplateVersion')
    .values(
      rows.map(({ writtenAt, approvedAt, ...row }) => ({
        ...row,
        writtenAt: toTimestamp(writtenAt),
        approvedAt: approvedAt === null ? null : toTimestamp(approvedAt),
      })),
    )
    .execute();
}

/** False: it is gone or has another version. */
export async function advanceTemplate(
  transaction: Transaction<Tables>,
  place: { readonly id: string; readonly version: number },
): Promise<boolean> {
  const row = await transaction
    .updateTable('messageTemplate')
    .set({ version: place.version + 1 })
    .where('id', '=', place.id)
    .where('version', '=', place.version)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateDraft(
  transaction: Transaction<Tables>,
  templateId: string,
  draft: { subject: string | null; body: string; writtenBy: string; writtenAt: number },
): Promise<void> {
  await transaction
    .updateTable('messageTemplateVersion')
    .set({ ...draft, writtenAt: toTimestamp(draft.writtenAt) })
    .where('templateId', '=', templateId)
    .where('approvedAt', 'is', null)
    .execute();
}

export async function deleteDraft(transaction: Transaction<Tables>, templateId: string): Promise<void> {
  await transaction
    .deleteFrom('messageTemplateVersion')
    .where('templateId', '=', templateId)
    .where('approvedAt', 'is', null)
    .execute();
}

export async function approveDraft(
  transaction: Transaction<Tables>,
  templateId: string,
  approval: {
    approvedBy: string;
    approvedAt: number;
    acceptedPhrases: readonly string[];
    acceptedBecause: string | null;
  },
): Promise<void> {
  await transaction
    .updateTable('messageTemplateVersion')
    .set({
      ...approval,
      acceptedPhrases: [...approval.acceptedPhrases],
      approvedAt: toTimestamp(approval.approvedAt),
    })
    .where('templateId', '=', templateId)
    .where('approvedAt', 'is', null)
    .execute();
}
