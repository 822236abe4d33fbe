import { namesCompany } from '../../domain/company-name.ts';
import type { LedgerAct, LedgerCell, PersonStatus } from '../../domain/ledger-event.ts';
import type { Method } from '../../domain/vocabulary.ts';
import { isElectronicMail } from '../../domain/vocabulary.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { findBranch } from '../branches/service.ts';
import { keepEvidenceIn } from '../evidence/service.ts';
import type { LedgerDraft, RecordedEntry } from '../ledger/service.ts';
import { recordEntriesIn } from '../ledger/service.ts';
import { policyAt } from '../settings/service.ts';
import { thirdPartyIds } from '../third-parties/service.ts';
import type { SpokenWording } from '../wordings/service.ts';
import { keepWordingIn } from '../wordings/service.ts';
import type { NewPermissionEvent } from './contract.ts';
import { requireMoment, requireProof } from './proof/service.ts';
import { requireReferences } from './references/service.ts';

/**
 * Permissions: what a customer agreed to and refused, as an append-only ledger and the state that follows.
 * Guarantees that an acknowledged act is in the ledger with the standing decisions it leads to, that a yes
 * needs to say how it was given, and that nothing but fresh consent ever lifts a no.
 */
export interface ActEvidence {
  /** Milliseconds; null when nobody knows when the customer acted. */
  readonly occurredAt: number | null;
  readonly method: Method | null;
  readonly wording: SpokenWording | null;
  readonly note: string | null;
}

const noEvidence: ActEvidence = { occurredAt: null, method: null, wording: null, note: null };

/** How far a clock elsewhere may be ahead before an act is taken to lie in the future. */
const clockToleranceMilliseconds = 5 * 60_000;

/**
 * Records what happened with one customer.
 *
 * Throws InvalidError when a yes, or a welcome of reminders, lacks how it was given or its wording, the act lies
 * in the future, or it refers to an entry or a vehicle that it may not; NotFoundError; ConflictError when
 * `expectedSequence` is no longer the newest entry.
 */
export async function recordPermissionEvent(
  context: Context,
  customerId: string,
  event: NewPermissionEvent,
  recordedBy: Actor,
): Promise<RecordedEntry> {
  return recordAct(context, await draftOf(context, { customerId, event, recordedBy }));
}

export interface HappenedEvent {
  readonly customerId: string;
  readonly event: NewPermissionEvent;
  readonly recordedBy: Actor;
}

/**
 * Records what happened with many customers, all of it or nothing; a customer may appear once. Throws what
 * `recordPermissionEvent` throws.
 */
export async function recordPermissionEvents(
  context: Context,
  happened: readonly HappenedEvent[],
): Promise<RecordedEntry[]> {
  const drafts: ActDraft[] = [];
  for (const one of happened) drafts.push(await draftOf(context, one));
  return recordActs(context, drafts);
}

async function draftOf(
  context: Context,
  { customerId, event, recordedBy }: HappenedEvent,
): Promise<ActDraft> {
  const isProvedYes = event.kind === 'record' && !event.previousSystem && event.cells.some(isGrant);
  if (isProvedYes) {
    requireProof(event.method, event.wording);
    requireMoment(event.occurredAt, event.method);
  }
  await requireReferences(context, customerId, event);
  const isWelcomeAgain = event.kind === 'vehicle_contact' && event.permitted;
  if (isWelcomeAgain) {
    requireProof(event.method, event.wording);
    requireMoment(event.occurredAt);
  }
  // Said at the desk while it is written down: the clock of the server counts, as for a save of the boxes.
  const otherwiseAt = isWelcomeAgain || isProvedYes ? nowOf(context) : null;
  const evidence: ActEvidence = {
    occurredAt:
      event.occurredAt === null || event.occurredAt === undefined
        ? otherwiseAt
        : Date.parse(event.occurredAt),
    method: event.method ?? null,
    wording: event.wording ?? null,
    note: event.note ?? null,
  };
  const branch = event.branch === undefined ? null : await findBranch(context, event.branch);
  const cells = event.kind === 'record' ? await ledgerCells(context, event.cells) : [];
  return {
    customerId,
    act: actOf(event, branch?.id ?? null),
    cells,
    actor: { kind: event.givenBy, id: recordedBy.id },
    evidence,
    ...(branch === null ? {} : { legalEntityId: branch.legalEntityId }),
    ...(event.kind === 'correct' ? { corrects: event.corrects } : {}),
    ...(event.expectedSequence === undefined ? {} : { expectedSequence: event.expectedSequence }),
  };
}

export type ActDraft = Omit<LedgerDraft, 'occurredAt' | 'method' | 'wordingHash' | 'evidenceCommitment'> & {
  readonly evidence?: ActEvidence;
};

/** Records one act with its evidence: the wording by hash, the free text apart, by salted commitment. */
export async function recordAct(context: Context, draft: ActDraft): Promise<RecordedEntry> {
  const [recorded] = await recordActs(context, [draft]);
  if (recorded === undefined) throw new Error('An entry was written but not returned.');
  return recorded;
}

async function recordActs(context: Context, drafts: readonly ActDraft[]): Promise<RecordedEntry[]> {
  const moments = drafts.map(({ evidence = noEvidence }) => momentOf(context, evidence));
  const policy = await policyAt(context);
  return inTransaction(context.database.db, async (transaction) => {
    const entries: LedgerDraft[] = [];
    for (const [index, { evidence = noEvidence, ...entry }] of drafts.entries()) {
      entries.push({
        ...entry,
        occurredAt: moments[index] ?? null,
        method: evidence.method,
        wordingHash:
          evidence.wording === null ? null : await keepWordingIn(transaction, context, evidence.wording),
        evidenceCommitment:
          evidence.note === null
            ? null
            : await keepEvidenceIn(transaction, context, entry.customerId, evidence.note),
      });
    }
    return recordEntriesIn(transaction, context, entries, policy);
  });
}

/**
 * When the customer acted. What a clock that is ahead says of just now counts as now: a yes of the next minutes
 * would outlive every no until then. Throws InvalidError for the future.
 */
function momentOf(context: Context, { occurredAt }: ActEvidence): number | null {
  const now = nowOf(context);
  if (occurredAt === null || occurredAt <= now) return occurredAt;
  if (occurredAt <= now + clockToleranceMilliseconds) return now;
  throw new InvalidError('This lies in the future: give the moment at which the customer acted.', {
    field: 'occurredAt',
  });
}

/** Sets or clears something about the person that stops contact: erased, deceased, restricted … */
export async function setPersonStatus(
  context: Context,
  customerId: string,
  status: PersonStatus,
  value: boolean,
  actor: Actor,
  note: string | null = null,
): Promise<RecordedEntry> {
  const evidence = { ...noEvidence, note };
  return recordAct(context, { customerId, act: { kind: 'status_set', status, value }, actor, evidence });
}

function isGrant(cell: EventCells[number]): boolean {
  return cell.answer === 'granted';
}

function actOf(event: NewPermissionEvent, branchId: number | null): LedgerAct {
  switch (event.kind) {
    case 'record':
      return { kind: 'recorded', review: event.review };
    case 'confirm_review':
      return { kind: 'review_confirmed' };
    case 'review_not_done':
      return {
        kind: 'review_attempted',
        outcome: event.outcome,
        reason: event.reason,
        ...(branchId === null ? {} : { branchId }),
      };
    case 'stop_all_marketing':
      return { kind: 'objected' };
    case 'vehicle_contact':
      return { kind: 'vehicle_contact_set', vehicleId: event.vehicleId, permitted: event.permitted };
    case 'existing_customer':
      return {
        kind: 'soft_opt_in_recorded',
        obtainedIn: event.obtainedIn,
        optOutOffered: event.optOutOffered,
        similarProducts: event.similarProducts,
        obtainedOn: event.obtainedOn,
      };
    case 'correct':
      return { kind: 'corrected', reason: 'wrong_entry' };
  }
}

type EventCells = Extract<NewPermissionEvent, { kind: 'record' }>['cells'];

async function ledgerCells(context: Context, cells: EventCells): Promise<Omit<LedgerCell, 'before'>[]> {
  // why: before a name is registered as that of a company.
  for (const [index, cell] of cells.entries()) {
    requirePossibleBasis(cell, index);
    requireFittingScope(cell, index);
  }
  const names = cells.flatMap((cell) => cell.thirdPartyName ?? []);
  const companies = await thirdPartyIds(context, names);
  const seen = new Set<string>();
  return cells.map((cell, index) => {
    const { thirdPartyName, vehicleId } = cell;
    const scopeId = thirdPartyName === undefined ? vehicleId : companies.get(thirdPartyName);
    const key = `${cell.channel}:${cell.category}:${scopeId ?? ''}`;
    if (seen.has(key)) {
      throw new InvalidError('The same box is answered twice: give each box one answer.', {
        field: `cells.${index}`,
      });
    }
    seen.add(key);
    return {
      channel: cell.channel,
      category: cell.category,
      ...(scopeId === undefined ? {} : { scopeId }),
      after: cell.answer,
      ...(cell.answer === 'granted' ? { basis: cell.basis } : {}),
    };
  });
}

/** The existing-customer rule is one about electronic mail (PECR 22(3)): no other channel can rest on it. */
function requirePossibleBasis({ answer, basis, channel }: EventCells[number], index: number): void {
  if (answer !== 'granted' || basis !== 'soft_opt_in' || isElectronicMail(channel)) return;
  throw new InvalidError(
    'The existing-customer rule is for texts, emails and direct messages: record consent, or a legitimate interest.',
    { field: `cells.${index}.basis` },
  );
}

/** Throws InvalidError where a cell names what it is not about, or a yes to third parties names nobody. */
function requireFittingScope(cell: EventCells[number], index: number): void {
  if (cell.vehicleId !== undefined && cell.category !== 'service_follow_up') {
    throw new InvalidError('Only Service follow-up is about one vehicle.', {
      field: `cells.${index}.vehicleId`,
    });
  }
  if (cell.thirdPartyName !== undefined && cell.category !== 'third_party_marketing') {
    throw new InvalidError('Only third-party marketing names a company.', {
      field: `cells.${index}.thirdPartyName`,
    });
  }
  // "Selected partners" is not consent: a yes to third parties names the company (PECR 22(2)).
  if (cell.category !== 'third_party_marketing' || !isGrant(cell)) return;
  if (namesCompany(cell.thirdPartyName ?? '')) return;
  throw new InvalidError("Name the company. 'Selected partners' is not consent.", {
    field: `cells.${index}.thirdPartyName`,
  });
}
