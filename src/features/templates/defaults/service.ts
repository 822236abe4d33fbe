import { v7 as uuid } from 'uuid';
import { defaultTemplates } from '../../../domain/default-templates.ts';
import { occasionWords } from '../../../domain/template.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { hasTemplates, insertTemplates, insertVersions } from '../store.ts';

/**
 * The templates that an installation starts with.
 * Guarantees that they are made once, and never put back where a dealer changed them.
 */
/** Makes the templates that an installation starts with. Several processes may call it at once. */
export async function ensureTemplates(context: Context): Promise<void> {
  if (await hasTemplates(context.database.db)) return;
  const at = nowOf(context);
  const wanted = defaultTemplates().map((template) => ({ ...template, id: uuid() }));
  await inTransaction(context.database.db, async (transaction) => {
    const rows = wanted.map(({ id, occasion, channel, category }) => {
      const name = occasionWords[occasion];
      return { id, name, occasion, channel, category, language: 'en-GB', createdBy: null, createdAt: at };
    });
    const added = new Set(await insertTemplates(transaction, rows));
    const versions = wanted.filter(({ id }) => added.has(id));
    if (versions.length === 0) return;
    await insertVersions(
      transaction,
      versions.map(({ id, subject, body }) => ({
        templateId: id,
        number: 1,
        subject,
        body,
        writtenBy: null,
        writtenAt: at,
        approvedBy: null,
        approvedAt: at,
      })),
    );
  });
}
