import { cellIndex, scopedCellKey } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { fold } from '../../domain/fold.ts';
import type { LedgerCell, LedgerEvent } from '../../domain/ledger-event.ts';
import { ConflictError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import type { GatheredFacts } from '../facts/service.ts';
import { assembleFacts, contactPointServing } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import type { JudgedSubject, StandingRow } from '../standing/service.ts';
import { standingRowOf } from '../standing/service.ts';
import type { ChainHead } from './chain.ts';
import { chain, sealHead } from './chain.ts';
import type { LedgerDraft } from './service.ts';
import type { NewEntry } from './store.ts';

/** How one act becomes the next entry of a chain: what it says, its hash and seal, and what follows from it. */
export function appendTo(
  context: Context,
  draft: LedgerDraft,
  known: GatheredFacts,
  head: ChainHead,
  policy: PolicyVersion,
  recordedAt: number,
  judge: (subject: JudgedSubject) => StandingRow = (subject) => standingRowOf(subject, policy, recordedAt),
): { entry: NewEntry; state: PermissionState; standing: StandingRow } {
  if (draft.expectedSequence !== undefined && draft.expectedSequence !== head.sequence) {
    throw new ConflictError(
      'Somebody else changed these preferences meanwhile: look at them again before saving.',
      { code: 'preferences-changed', sequence: head.sequence },
    );
  }
  const before = stateHeldBy(draft, known, policy, recordedAt);
  const event = draftedEvent(draft, { ...known, state: before }, head.sequence + 1, recordedAt);
  const chained = chain(event, head);
  const state = fold([...known.events, event], {
    at: recordedAt,
    legalEntityId: known.profile.legalEntityId,
    mergePolicy: policy.settings.mergePolicy,
    absorbed: known.absorbed,
  });
  const facts = assembleFacts({
    profile: known.profile,
    state,
    contacts: known.facts.contacts,
    vehicles: known.facts.vehicles.map((vehicle) => ({
      ...vehicle,
      optedOut: state.vehicleOptOuts.has(vehicle.id),
    })),
    assessments: known.facts.assessments,
    mpsListed: known.facts.mpsListed,
    marketingSentAt: known.facts.marketingSentAt,
    openEnquiries: known.facts.openEnquiries,
  });
  const standing = judge({ customerId: draft.customerId, branchId: known.profile.branchId, facts, state });
  const seal = sealHead(context.keys.ledgerSeal, draft.customerId, {
    sequence: event.sequence,
    hash: chained.hash,
  });
  return { entry: { ...chained, seal }, state, standing };
}

/** What was held before by the controller to whom it is said, which is not always the one of the customer's branch. */
function stateHeldBy(
  { legalEntityId }: LedgerDraft,
  { events, absorbed, profile, state }: GatheredFacts,
  { settings }: PolicyVersion,
  at: number,
): PermissionState {
  if (legalEntityId === undefined || legalEntityId === profile.legalEntityId) return state;
  return fold(events, { at, legalEntityId, mergePolicy: settings.mergePolicy, absorbed });
}

/** The entry as it will stand in the ledger, each cell with what it said before. */
function draftedEvent(
  draft: LedgerDraft,
  known: GatheredFacts,
  sequence: number,
  recordedAt: number,
): LedgerEvent {
  return {
    customerId: draft.customerId,
    sequence,
    act: draft.act,
    cells: (draft.cells ?? []).map((cell) => ({
      ...cell,
      before: stateBefore(known.state, cell),
      ...lineOf(cell, known, draft.occurredAt ?? recordedAt),
    })),
    occurredAt: draft.occurredAt,
    recordedAt,
    actor: draft.actor,
    method: draft.method ?? null,
    wordingHash: draft.wordingHash ?? null,
    evidenceCommitment: draft.evidenceCommitment ?? null,
    legalEntityId: draft.legalEntityId ?? known.profile.legalEntityId,
    batchId: draft.batchId ?? null,
    corrects: draft.corrects ?? null,
  };
}

/** The line that a yes to calls was given for: the one that serves the channel, and did when it was given. */
function lineOf(
  { channel, after }: Pick<LedgerCell, 'channel' | 'after'>,
  known: GatheredFacts,
  at: number,
): Pick<LedgerCell, 'line'> {
  if (after !== 'granted' || (channel !== 'live_call' && channel !== 'automated_call')) return {};
  const point = contactPointServing(channel, known);
  return point === null || point.inUseSince > at ? {} : { line: point.id };
}

function stateBefore(state: PermissionState, cell: Omit<LedgerCell, 'before'>): LedgerCell['before'] {
  const index = cellIndex(cell.channel, cell.category);
  const scoped =
    cell.scopeId === undefined ? undefined : state.scopedCells?.get(scopedCellKey(index, cell.scopeId));
  return (scoped ?? state.cells[index])?.state ?? 'unset';
}
