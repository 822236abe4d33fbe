import { v7 as uuid } from 'uuid';
import type { Template } from '../../domain/finished-message.ts';
import { promotionIn, templateFaults } from '../../domain/finished-message.ts';
import { exampleValues } from '../../domain/merge-fields.ts';
import type { Promotion } from '../../domain/promotional-words.ts';
import type { TemplateChannel, TemplateOccasion } from '../../domain/template.ts';
import {
  promisesNoPromotion,
  templateChannels,
  templateOccasions,
  treatedAs,
} from '../../domain/template.ts';
import type { Purpose } from '../../domain/vocabulary.ts';
import { purposes } from '../../domain/vocabulary.ts';
import {
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
} from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import type { Approval, Draft, NewTemplate } from './contract.ts';
import { readSender } from './sender/service.ts';
import type { advanceTemplate as Advance, TemplateRow, VersionRow } from './store.ts';
import {
  advanceTemplate,
  approveDraft,
  deleteDraft,
  findTemplateRow,
  findVersionRows,
  insertTemplates,
  insertVersions,
  listTemplateRows,
  updateDraft,
} from './store.ts';

/**
 * Templates: what messages say, by channel, category and language, in versions.
 * Guarantees that an approved version never changes, that a version is sent only once somebody has approved it, and
 * that a service template with words of promotion is marketing until somebody has said why they are none.
 */
export interface TemplateVersion extends VersionRow {
  readonly state: 'draft' | 'held' | 'in_force' | 'replaced';
  readonly treatedAs: Purpose;
  readonly promotion: readonly Promotion[];
  readonly faults: readonly string[];
}

export interface StoredTemplate {
  readonly id: string;
  readonly name: string;
  readonly occasion: TemplateOccasion | null;
  readonly channel: TemplateChannel;
  readonly category: Purpose;
  readonly language: string;
  readonly version: number;
  /** The newest first. */
  readonly versions: readonly TemplateVersion[];
}

type Transaction = Parameters<typeof Advance>[0];

/** By name. */
export async function listTemplates(context: Context): Promise<StoredTemplate[]> {
  return withVersions(context, await listTemplateRows(context.database.db));
}

/** Throws NotFoundError. */
export async function readTemplate(context: Context, id: string): Promise<StoredTemplate> {
  const row = await findTemplateRow(context.database.db, id);
  const [template] = await withVersions(context, row === undefined ? [] : [row]);
  if (template === undefined) {
    throw new NotFoundError('There is no such template.', { code: 'template-not-found' });
  }
  return template;
}

/** What is sent of a template: its newest approved version. Null while none is approved. Throws NotFoundError. */
export async function templateInForce(
  context: Context,
  id: string,
): Promise<{ readonly template: Template; readonly number: number } | null> {
  const stored = await readTemplate(context, id);
  const version = stored.versions.find(({ state }) => state === 'in_force');
  return version === undefined ? null : { template: asTemplate(stored, version), number: version.number };
}

/** Adds a template with a first draft. Throws ConflictError for a name that is taken. */
export async function addTemplate(
  context: Context,
  given: NewTemplate,
  actor: Actor,
): Promise<StoredTemplate> {
  const { subject, body, ...fields } = given;
  const [id, at, by] = [uuid(), nowOf(context), nameOf(actor)];
  await inTransaction(context.database.db, async (transaction) => {
    const row = { ...fields, id, occasion: null, createdBy: by, createdAt: at };
    if ((await insertTemplates(transaction, [row])).length === 0) {
      throw new ConflictError('Another template for this channel has this name: choose another one.', {
        code: 'name-taken',
        field: 'name',
      });
    }
    await insertVersions(transaction, [firstDraft(id, 1, { subject, body }, by, at)]);
  });
  return readTemplate(context, id);
}

/** What an edit was made against, and by whom. */
export interface EditedBy {
  readonly actor: Actor;
  readonly expectedVersion: number;
}

/** Begins or changes the draft of the next version. Throws NotFoundError, ConflictError `version-changed`. */
export async function writeDraft(
  context: Context,
  id: string,
  draft: Draft,
  by: EditedBy,
): Promise<StoredTemplate> {
  return edit(context, id, by, async (transaction, { versions }) => {
    const [at, writer] = [nowOf(context), nameOf(by.actor)];
    if (draftOf(versions) === undefined) {
      const number = (versions[0]?.number ?? 0) + 1;
      await insertVersions(transaction, [firstDraft(id, number, draft, writer, at)]);
    } else {
      await updateDraft(transaction, id, { ...draft, writtenBy: writer, writtenAt: at });
    }
  });
}

/** Throws NotFoundError, ConflictError where nothing would be left or `version-changed`. */
export async function discardDraft(context: Context, id: string, by: EditedBy): Promise<StoredTemplate> {
  return edit(context, id, by, async (transaction, { versions }) => {
    if (versions.length === 1 && draftOf(versions) !== undefined) {
      throw new ConflictError('The first draft of a template cannot be thrown away: change it instead.', {
        code: 'only-version',
      });
    }
    await deleteDraft(transaction, id);
  });
}

/**
 * Approves the draft: from now on it is what is sent. Words of promotion in a service template must each be said to be
 * none, with the reason, or the template has to be one of marketing.
 *
 * Throws NotFoundError, ConflictError where there is no draft or `version-changed`, ForbiddenError for whoever wrote it
 * where a second person must approve, InvalidError for a draft with faults.
 */
export async function approveTemplate(
  context: Context,
  id: string,
  { acceptedPhrases, acceptedBecause }: Approval,
  by: EditedBy,
): Promise<StoredTemplate> {
  const { secondPerson } = await readSender(context);
  return edit(context, id, by, async (transaction, template) => {
    const draft = draftOf(template.versions);
    if (draft === undefined) {
      throw new ConflictError('There is no draft to approve.', { code: 'nothing-to-approve' });
    }
    if (secondPerson && draft.writtenBy === nameOf(by.actor)) {
      throw new ForbiddenError('You wrote this version: somebody else has to approve it.', {
        code: 'second-person-needed',
      });
    }
    const [fault] = draft.faults;
    if (fault !== undefined) throw new InvalidError(fault, { field: 'body' });
    const accepted = promisesNoPromotion(template.category)
      ? acceptedOf(draft, acceptedPhrases, acceptedBecause)
      : { acceptedPhrases: [], acceptedBecause: null };
    await approveDraft(transaction, id, {
      ...accepted,
      approvedBy: nameOf(by.actor),
      approvedAt: nowOf(context),
    });
  });
}

function acceptedOf(
  draft: TemplateVersion,
  phrases: readonly string[],
  because: string | null,
): Pick<Approval, 'acceptedPhrases' | 'acceptedBecause'> {
  const given = new Set(phrases.map((phrase) => phrase.toLowerCase()));
  const open = draft.promotion.filter(({ phrase }) => !given.has(phrase.toLowerCase()));
  if (open.length > 0) {
    const named = open.map(({ phrase }) => `"${phrase}"`).join(', ');
    throw new InvalidError(
      `A service template holds no promotion: take out ${named}, or say why it is none.`,
      { code: 'promotion-held', field: 'acceptedPhrases' },
    );
  }
  if (draft.promotion.length === 0) return { acceptedPhrases: [], acceptedBecause: null };
  if (because === null) {
    throw new InvalidError('Say why these words are no promotion.', { field: 'acceptedBecause' });
  }
  return { acceptedPhrases: draft.promotion.map(({ phrase }) => phrase), acceptedBecause: because };
}

async function edit(
  context: Context,
  id: string,
  { expectedVersion }: EditedBy,
  change: (transaction: Transaction, template: StoredTemplate) => Promise<void>,
): Promise<StoredTemplate> {
  await readTemplate(context, id);
  await inTransaction(context.database.db, async (transaction) => {
    if (!(await advanceTemplate(transaction, { id, version: expectedVersion }))) {
      throw new ConflictError('Somebody else changed this template meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const within = { ...context, database: { ...context.database, db: transaction } };
    await change(transaction, await readTemplate(within, id));
  });
  return readTemplate(context, id);
}

async function withVersions(context: Context, rows: readonly TemplateRow[]): Promise<StoredTemplate[]> {
  const ids = rows.map(({ id }) => id);
  const versions = Map.groupBy(
    await findVersionRows(context.database.db, ids),
    ({ templateId }) => templateId,
  );
  return rows.map((row) => {
    const template = { ...row, ...knownWords(row) };
    const own = versions.get(row.id) ?? [];
    const inForce = own.find(({ approvedAt }) => approvedAt !== null)?.number;
    return { ...template, versions: own.map((version) => judged(template, version, inForce)) };
  });
}

function judged(
  template: Omit<StoredTemplate, 'versions'>,
  version: VersionRow,
  inForce: number | undefined,
): TemplateVersion {
  const written = asTemplate(template, version);
  const promotion = promotionIn(written, exampleValues);
  const isHeld = promisesNoPromotion(template.category) && promotion.length > 0;
  const open = isHeld ? 'held' : 'draft';
  const approved = version.number === inForce ? 'in_force' : 'replaced';
  return {
    ...version,
    promotion,
    treatedAs: treatedAs(template.category, promotion.length > 0),
    state: version.approvedAt === null ? open : approved,
    faults: templateFaults(written),
  };
}

function asTemplate(
  { channel, category, language }: Pick<StoredTemplate, 'channel' | 'category' | 'language'>,
  { subject, body, acceptedPhrases }: Pick<VersionRow, 'subject' | 'body' | 'acceptedPhrases'>,
): Template {
  return { channel, category, language, subject, body, acceptedPhrases };
}

/** The words of the database, which knows no others. */
function knownWords(row: TemplateRow): Pick<StoredTemplate, 'channel' | 'category' | 'occasion'> {
  const channel = templateChannels.find((known) => known === row.channel);
  const category = purposes.find((known) => known === row.category);
  if (channel === undefined || category === undefined) {
    throw new Error(`The template ${row.id} is of a channel or category that the program does not know.`);
  }
  return { channel, category, occasion: templateOccasions.find((known) => known === row.occasion) ?? null };
}

function draftOf(versions: readonly TemplateVersion[]): TemplateVersion | undefined {
  return versions.find(({ approvedAt }) => approvedAt === null);
}

function firstDraft(templateId: string, number: number, draft: Draft, writtenBy: string, writtenAt: number) {
  return { templateId, number, ...draft, writtenBy, writtenAt, approvedBy: null, approvedAt: null };
}

function nameOf({ id, kind }: Actor): string {
  return id ?? kind;
}
