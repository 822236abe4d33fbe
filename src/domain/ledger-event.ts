import canonicalize from 'canonicalize';
import type { SoftOptInFacts } from './facts.ts';
import type { ActorKind, Basis, Category, CellState, Channel, LegacyFlag, Method } from './vocabulary.ts';

/**
 * One entry of the ledger: one act (a conversation, a portal visit, a STOP, an imported row), holding every
 * cell it touched. Entries are never changed; a wrong one is corrected by another. No personal data: ids,
 * codes, hashes and instants only (UK GDPR 5(1)(c), 7(1)).
 */
export interface LedgerEvent {
  readonly customerId: string;
  /** 1, 2, 3 … for each customer. */
  readonly sequence: number;
  readonly act: LedgerAct;
  readonly cells: readonly LedgerCell[];
  /** When the customer acted; null when nobody knows, then the recording counts. Milliseconds. */
  readonly occurredAt: number | null;
  /** When it was written down. An entry is visible only from then on. Milliseconds. */
  readonly recordedAt: number;
  readonly actor: { readonly kind: ActorKind; readonly id: string | null };
  readonly method: Method | null;
  /** SHA-256 of the exact wording shown or read out, hexadecimal. */
  readonly wordingHash: string | null;
  /** Salted commitment to erasable evidence kept elsewhere, hexadecimal. */
  readonly evidenceCommitment: string | null;
  readonly legalEntityId: number;
  /** The import or reset of which this entry is a part. */
  readonly batchId: string | null;
  /** The sequence of the entry that this one makes void. */
  readonly corrects: number | null;
}

/** What one entry says of one cell. `scopeId`: one vehicle (service follow-up) or one named company. */
export interface LedgerCell {
  readonly channel: Channel;
  readonly category: Category;
  readonly scopeId?: string;
  readonly before: CellState | 'unset';
  readonly after: CellState;
  readonly basis?: Exclude<Basis, 'migrated'>;
  /**
   * For a yes to calls, the contact point it was given for: an id, no number. Entries of version 2.1 have none,
   * and none is written where nobody can say; what is absent is no part of the hash.
   */
  readonly line?: string;
}

export const personStatuses = [
  'erased',
  'deceased',
  'restricted',
  'identity_unresolved',
  'care_hold',
] as const;
export type PersonStatus = (typeof personStatuses)[number];

/** The closed set of acts; what each carries beside its cells. */
export type LedgerAct =
  | { readonly kind: 'opened' }
  | { readonly kind: 'imported'; readonly legacy: LegacyFlag; readonly assumed: boolean }
  /** Preferences recorded; `review` when dealer or customer went through them, so that the clock restarts. */
  | { readonly kind: 'recorded'; readonly review: boolean }
  | { readonly kind: 'review_confirmed' }
  | {
      readonly kind: 'review_attempted';
      readonly outcome: 'declined_to_answer' | 'did_not_ask' | 'sent_to_phone';
      readonly reason: string | null;
      /** Where it was tried: there it rests for the day. Entries of version 2.1 have none: the customer's own. */
      readonly branchId?: number;
    }
  /** Objection to all marketing (UK GDPR 21(2)-(3)). */
  | { readonly kind: 'objected' }
  | { readonly kind: 'vehicle_contact_set'; readonly vehicleId: string; readonly permitted: boolean }
  | ({ readonly kind: 'soft_opt_in_recorded' } & Omit<SoftOptInFacts, 'sameLegalEntity'>)
  | { readonly kind: 'status_set'; readonly status: PersonStatus; readonly value: boolean }
  /** Another record of the same person became part of this one; its own entries stay where they are. */
  | { readonly kind: 'merged'; readonly absorbedCustomerId: string }
  | { readonly kind: 'reset'; readonly keepConsent: boolean }
  | {
      readonly kind: 'corrected';
      readonly reason: 'wrong_entry' | 'reset_undone' | 'import_reversed';
    };
export type LedgerActKind = LedgerAct['kind'];

/** The hash before the first entry of a customer. */
export const genesisHash = '0'.repeat(64);

/**
 * The text over which an entry's hash is taken: RFC 8785 canonical JSON of everything that is stored, with
 * the hash of the customer's previous entry.
 */
export function canonicalEvent(event: LedgerEvent, previousHash: string): string {
  if (isOpening(event.act) && event.cells.length === 0) {
    return canonicalOpening(event, event.act, previousHash);
  }
  const text = canonicalize({ ...event, previousHash });
  if (text === undefined) throw new TypeError('A ledger entry could not be written in canonical form.');
  return text;
}

type OpeningAct = Extract<LedgerAct, { readonly kind: 'imported' | 'opened' }>;

/** Whether an act is one of these and nothing else: whatever was added to a stored one has to change the text. */
function isOpening(act: LedgerAct): act is OpeningAct {
  const fields = act.kind === 'opened' ? 1 : 3;
  return (act.kind === 'opened' || act.kind === 'imported') && Object.keys(act).length === fields;
}

/** The same of what an import writes by the million: the keys, in the order of their letters, are known. */
function canonicalOpening(
  { actor, batchId, corrects, customerId, evidenceCommitment, legalEntityId, method, ...event }: LedgerEvent,
  act: OpeningAct,
  previousHash: string,
): string {
  return JSON.stringify({
    act:
      act.kind === 'opened'
        ? { kind: act.kind }
        : { assumed: act.assumed, kind: act.kind, legacy: act.legacy },
    actor: { id: actor.id, kind: actor.kind },
    batchId,
    cells: [],
    corrects,
    customerId,
    evidenceCommitment,
    legalEntityId,
    method,
    occurredAt: event.occurredAt,
    previousHash,
    recordedAt: event.recordedAt,
    sequence: event.sequence,
    wordingHash: event.wordingHash,
  });
}

/** When the act counts from: when the customer acted, or else when it was written down. */
export function effectiveAt(event: LedgerEvent): number {
  return event.occurredAt ?? event.recordedAt;
}
