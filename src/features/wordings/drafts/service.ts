import { isLocalDate, startOfLondonDay } from '../../../domain/london.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { findLegalEntityNamed, listLegalEntities } from '../../branches/service.ts';
import { policyAt } from '../../settings/service.ts';
import { staffWho } from '../../users/service.ts';
import type { ChosenDraft, NewWordingDraft } from '../contract.ts';
import type { CounterWording } from '../service.ts';
import { addVersionIn, requireUsable } from '../service.ts';
import type { DraftRow } from './store.ts';
import { deleteDraft, findDraft, findDrafts, lockWordings, putDraft } from './store.ts';

/**
 * What will be read out, before it is: one draft a legal entity. Guarantees that nothing is read out that no named
 * person approved, that it was not its author where the policy wants a second pair of eyes and there is one, and that
 * what is approved is what was looked at.
 */
export interface WordingDraft extends DraftRow {
  readonly legalEntity: string;
}

/** Who may approve drafts, and by which rule. */
export interface Approvers {
  readonly ids: ReadonlySet<string>;
  /** The author is none of them. */
  readonly isSecondNeeded: boolean;
}

export async function listDrafts(context: Context): Promise<WordingDraft[]> {
  const names = new Map((await listLegalEntities(context)).map(({ id, name }) => [id, name]));
  const rows = await findDrafts(context.database.db);
  return rows.map((row) => ({ ...row, legalEntity: names.get(row.legalEntityId) ?? '' }));
}

export async function approversOf(context: Context): Promise<Approvers> {
  const [people, { settings }] = await Promise.all([staffWho(context, 'policy:write'), policyAt(context)]);
  // A dealer with one such person has nobody else to ask.
  const isSecondNeeded = settings.wordingApproval === 'second_person' && people.length > 1;
  return { ids: new Set(people.map(({ id }) => id)), isSecondNeeded };
}

/** Why this actor may not approve a draft, in a sentence; null where they may. */
export function whyNotApprovable(
  { writtenBy }: Pick<DraftRow, 'writtenBy'>,
  actor: Actor,
  { ids, isSecondNeeded }: Approvers,
): string | null {
  if (actor.id === null || !ids.has(actor.id)) {
    return 'A wording is approved by a person who is signed in and may change the policy, never by a program.';
  }
  if (isSecondNeeded && writtenBy === actor.id) {
    return 'You wrote this draft: somebody else who may change the policy has to approve it.';
  }
  return null;
}

/**
 * Writes the draft of a legal entity, or rewrites it.
 *
 * Throws InvalidError for a text that does not name the dealer, an unknown placeholder or legal entity; ConflictError
 * when somebody else wrote meanwhile.
 */
export async function writeDraft(
  context: Context,
  given: NewWordingDraft,
  actor: Actor,
): Promise<WordingDraft> {
  const entity = await findLegalEntityNamed(context, given.legalEntity);
  const { text, phoneText = text, inForceFrom = null } = given;
  requireUsable(text, entity.name, 'text');
  requireUsable(phoneText, entity.name, 'phoneText');
  return inTransaction(context.database.db, async (transaction) => {
    await lockWordings(transaction, entity.id);
    const known = await findDraft(transaction, entity.id);
    requireVersion(known?.version ?? 0, given.expectedVersion);
    const row: DraftRow = {
      legalEntityId: entity.id,
      text,
      phoneText,
      inForceFrom: inForceFrom === null ? null : instantOf(inForceFrom),
      writtenBy: actor.id ?? actor.kind,
      writtenAt: nowOf(context),
      version: given.expectedVersion + 1,
    };
    await putDraft(transaction, row);
    return { ...row, legalEntity: entity.name };
  });
}

/**
 * Makes a draft the next version, which is read out from its day on, or from now.
 *
 * Throws NotFoundError without a draft, ConflictError when it was rewritten meanwhile, ForbiddenError for whoever may
 * not approve it, InvalidError when the legal entity was renamed and the words name it no more.
 */
export async function approveDraft(
  context: Context,
  { legalEntity, expectedVersion }: ChosenDraft,
  actor: Actor,
): Promise<CounterWording> {
  const entity = await findLegalEntityNamed(context, legalEntity);
  const approvers = await approversOf(context);
  return inTransaction(context.database.db, async (transaction) => {
    await lockWordings(transaction, entity.id);
    const draft = await requireDraft(transaction, entity.id, expectedVersion);
    const whyNot = whyNotApprovable(draft, actor, approvers);
    if (whyNot !== null) throw new ForbiddenError(whyNot, { code: 'not-your-approval' });
    requireUsable(draft.text, entity.name, 'text');
    requireUsable(draft.phoneText, entity.name, 'phoneText');
    const now = nowOf(context);
    const added = await addVersionIn(transaction, context, entity, {
      text: draft.text,
      phoneText: draft.phoneText,
      inForceFrom: Math.max(now, draft.inForceFrom ?? now),
      recordedBy: draft.writtenBy,
      recordedAt: draft.writtenAt,
      approvedBy: actor.id,
      approvedAt: now,
    });
    await deleteDraft(transaction, entity.id);
    return added;
  });
}

/** Throws NotFoundError without a draft, ConflictError when it was rewritten meanwhile. */
export async function discardDraft(
  context: Context,
  { legalEntity, expectedVersion }: ChosenDraft,
): Promise<void> {
  const entity = await findLegalEntityNamed(context, legalEntity);
  await inTransaction(context.database.db, async (transaction) => {
    await lockWordings(transaction, entity.id);
    await requireDraft(transaction, entity.id, expectedVersion);
    await deleteDraft(transaction, entity.id);
  });
}

function instantOf(given: string): number {
  return isLocalDate(given) ? startOfLondonDay(given) : Date.parse(given);
}

async function requireDraft(
  transaction: Parameters<typeof lockWordings>[0],
  legalEntityId: number,
  expectedVersion: number,
): Promise<DraftRow> {
  const draft = await findDraft(transaction, legalEntityId);
  if (draft === undefined) {
    throw new NotFoundError('There is no draft any more: it was approved or thrown away.', {
      code: 'draft-not-found',
    });
  }
  requireVersion(draft.version, expectedVersion);
  return draft;
}

function requireVersion(found: number, expected: number): void {
  if (found === expected) return;
  throw new ConflictError('Somebody else changed this draft meanwhile: look at it again.', {
    code: 'draft-changed',
  });
}
