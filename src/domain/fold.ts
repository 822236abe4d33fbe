import { Answers } from './answers.ts';
import type { CellFacts, EvidenceLevel, LegacyFacts, SoftOptInFacts } from './facts.ts';
import { cellIndex } from './facts.ts';
import type { LedgerCell, LedgerEvent, PersonStatus } from './ledger-event.ts';
import { effectiveAt } from './ledger-event.ts';
import { combinedLegacy, legacyFacts, readAgain } from './legacy-flags.ts';
import type { PolicySettings } from './policy.ts';

/**
 * What a customer's entries amount to: the one place where history becomes state.
 *
 * Entries count in the order in which the customer acted; at the same instant the no wins; an entry is seen
 * only from the moment it was recorded; corrected entries count for nothing (rules, §2).
 */
export interface PermissionState {
  readonly cells: readonly (CellFacts | undefined)[];
  readonly scopedCells: ReadonlyMap<string, CellFacts> | null;
  readonly objectedAt: number | null;
  readonly legacy: LegacyFacts | null;
  /** Each that holds, and since when. */
  readonly statuses: ReadonlyMap<PersonStatus, number>;
  /** The vehicles about which the customer wants no reminders, and since when. */
  readonly vehicleOptOuts: ReadonlyMap<string, number>;
  readonly softOptIn: SoftOptInFacts | null;
  readonly lastReviewAt: number | null;
  /** The newest entry that was seen; 0 when there is none. */
  readonly sequence: number;
}

export interface FoldOptions {
  /** Only entries recorded at or before this instant are seen. Milliseconds. */
  readonly at: number;
  /** The controller who asks. Yes and no given to another legal entity are not this one's; an objection is. */
  readonly legalEntityId: number;
  readonly mergePolicy: PolicySettings['mergePolicy'];
  /** Entries of the records that were merged into this one, by customer. */
  readonly absorbed?: ReadonlyMap<string, readonly LedgerEvent[]>;
}

interface MutableState {
  readonly answers: Answers;
  objectedAt: number | null;
  legacy: LegacyFacts | null;
  statuses: Map<PersonStatus, number>;
  vehicleOptOuts: Map<string, number>;
  softOptIn: SoftOptInFacts | null;
  lastReviewAt: number | null;
  sequence: number;
}

export function fold(events: readonly LedgerEvent[], options: FoldOptions): PermissionState {
  const { answers, ...state } = foldEntries(events, options);
  return { ...state, cells: answers.cells, scopedCells: answers.scopedCells };
}

function foldEntries(events: readonly LedgerEvent[], options: FoldOptions): MutableState {
  const state: MutableState = {
    answers: new Answers(),
    objectedAt: null,
    legacy: null,
    statuses: new Map(),
    vehicleOptOuts: new Map(),
    softOptIn: null,
    lastReviewAt: null,
    sequence: 0,
  };
  for (const event of inEffectiveOrder(events, options.at)) {
    apply(state, event, options);
  }
  for (const event of events) {
    if (event.recordedAt <= options.at && event.sequence > state.sequence) state.sequence = event.sequence;
  }
  return state;
}

/** Visible entries of one chain that were not made void, in the order in which they count. */
export function inEffectiveOrder(events: readonly LedgerEvent[], at: number): LedgerEvent[] {
  const visible = events.filter((event) => event.recordedAt <= at);
  const voided = voidedEntries(visible);
  return visible
    .filter((event) => !voided.has(event.sequence))
    .sort((a, b) => effectiveAt(a) - effectiveAt(b) || a.sequence - b.sequence);
}

/** Which entries of one chain count for nothing, each with the entry that made it void. */
export function voidedEntries(events: readonly LedgerEvent[]): ReadonlyMap<number, number> {
  const voided = new Map<number, number>();
  for (const event of [...events].sort((a, b) => b.sequence - a.sequence)) {
    if (event.corrects !== null && !voided.has(event.sequence)) voided.set(event.corrects, event.sequence);
  }
  return voided;
}

function apply(state: MutableState, event: LedgerEvent, options: FoldOptions): void {
  const at = effectiveAt(event);
  // A yes belongs to the legal entity it was given to, a wish to hear nothing concerns them all.
  const isOwn = event.legalEntityId === options.legalEntityId;
  if (isOwn) {
    for (const cell of event.cells) applyCell(state, event, cell, at);
  }
  const { act } = event;
  switch (act.kind) {
    case 'imported':
      // What was assumed of the customers of one company is assumed of no other; its marks are a no for all.
      applyImport(state, act.legacy, act.assumed && isOwn, at);
      return;
    case 'recorded':
      if (act.review && isOwn) state.lastReviewAt = Math.max(state.lastReviewAt ?? at, at);
      return;
    case 'review_confirmed':
      if (isOwn) state.lastReviewAt = Math.max(state.lastReviewAt ?? at, at);
      return;
    case 'objected':
      state.objectedAt = Math.max(state.objectedAt ?? at, at);
      return;
    case 'vehicle_contact_set':
      if (!act.permitted) hold(state.vehicleOptOuts, act.vehicleId, at);
      else if (isProved(event) && isOwn) release(state.vehicleOptOuts, act.vehicleId, at);
      return;
    case 'soft_opt_in_recorded':
      applySoftOptIn(state, {
        obtainedIn: act.obtainedIn,
        optOutOffered: act.optOutOffered,
        similarProducts: act.similarProducts,
        obtainedOn: act.obtainedOn,
        // Reg 22(3) belongs to the legal entity that took the details: it does not pass to a sister company.
        sameLegalEntity: isOwn,
      });
      return;
    case 'status_set':
      if (act.value) hold(state.statuses, act.status, at);
      else release(state.statuses, act.status, at);
      return;
    case 'merged':
      absorb(state, options.absorbed?.get(act.absorbedCustomerId) ?? [], options);
      return;
    case 'reset':
      applyReset(state, act.keepConsent);
      return;
    case 'opened':
    case 'review_attempted':
    case 'corrected':
      return;
  }
}

function applyCell({ answers }: MutableState, event: LedgerEvent, cell: LedgerCell, at: number): void {
  const answer: CellFacts = {
    state: cell.after,
    basis: cell.after === 'granted' ? (cell.basis ?? null) : null,
    at,
    by: event.actor.kind,
    evidence: evidenceLevel(event),
    line: cell.line ?? null,
    sequence: event.sequence,
  };
  answers.record(cellIndex(cell.channel, cell.category), cell.scopeId, answer);
}

/** Who is always known; when, how and on what wording must be, too (ICO; UK GDPR 7(1)). */
export function evidenceLevel(
  event: Pick<LedgerEvent, 'occurredAt' | 'method' | 'wordingHash'>,
): EvidenceLevel {
  if (event.method === null && event.wordingHash === null) return 'none';
  const complete = event.method !== null && event.wordingHash !== null && event.occurredAt !== null;
  return complete ? 'full' : 'partial';
}

/** What the customer said, themselves or to staff, with everything that proves it. */
function isProved(event: LedgerEvent): boolean {
  return (event.actor.kind === 'customer' || event.actor.kind === 'staff') && evidenceLevel(event) === 'full';
}

function hold<Held>(holds: Map<Held, number>, held: Held, at: number): void {
  holds.set(held, Math.max(holds.get(held) ?? at, at));
}

/** At the same instant the hold wins. */
function release<Held>(holds: Map<Held, number>, held: Held, at: number): void {
  const since = holds.get(held);
  if (since !== undefined && at > since) holds.delete(held);
}

/** An import can add a no; the assumption it brings never stands against one. */
function applyImport(state: MutableState, flag: LegacyFacts['flag'], assumed: boolean, at: number): void {
  const read = legacyFacts(flag, at, assumed);
  // The mark of an old record that is read again is the same mark: it counts from when it was first known.
  state.legacy = state.legacy === null ? read : readAgain(state.legacy, read);
}

function isComplete(soft: SoftOptInFacts): boolean {
  return soft.obtainedIn !== 'other' && soft.optOutOffered && soft.similarProducts && soft.sameLegalEntity;
}

function applySoftOptIn(state: MutableState, soft: SoftOptInFacts): void {
  if (state.softOptIn === null || isComplete(soft) || !isComplete(state.softOptIn)) state.softOptIn = soft;
}

/** Assumptions always go, and every other basis than consent; a no is never touched. */
function applyReset(state: MutableState, keepConsent: boolean): void {
  state.answers.reset(({ basis }) => keepConsent && basis === 'consent');
  if (state.legacy !== null) state.legacy = { ...state.legacy, assumed: false };
}

/** A merge keeps every no of both records; how two answers to one cell combine is policy. */
function absorb(state: MutableState, events: readonly LedgerEvent[], options: FoldOptions): void {
  const other = foldEntries(events, options);
  state.answers.absorb(other.answers, options.mergePolicy);
  if (other.objectedAt !== null) {
    state.objectedAt = Math.max(state.objectedAt ?? other.objectedAt, other.objectedAt);
  }
  state.legacy = combinedLegacy(state.legacy, other.legacy);
  for (const [status, since] of other.statuses) hold(state.statuses, status, since);
  for (const [vehicle, since] of other.vehicleOptOuts) hold(state.vehicleOptOuts, vehicle, since);
  if (other.softOptIn !== null) applySoftOptIn(state, other.softOptIn);
  // The record that was reviewed longer ago, or never, still has to be gone through with the customer.
  state.lastReviewAt =
    state.lastReviewAt === null || other.lastReviewAt === null
      ? null
      : Math.min(state.lastReviewAt, other.lastReviewAt);
}
