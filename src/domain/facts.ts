import type { ActorKind, Basis, Category, CellState, Channel, LegacyFlag } from './vocabulary.ts';
import { categories, channels } from './vocabulary.ts';

/**
 * What is known of one customer at one instant, as the engine needs it. Facts are gathered elsewhere (the
 * ledger's fold, the contact points, the screening registers); here is only their shape.
 * All instants are milliseconds since 1970, all dates local dates YYYY-MM-DD.
 */
export interface Facts {
  readonly corporate: boolean;
  readonly person: PersonFacts;
  /** Somebody with no past dealing with the dealer: MPS concerns only these. */
  readonly prospect: boolean;
  /** The latest objection to all marketing (UK GDPR 21(2)-(3)). */
  readonly objectedAt: number | null;
  readonly legacy: LegacyFacts | null;
  /** Answers by cell, see `cellIndex`. `undefined`: never asked. */
  readonly cells: readonly (CellFacts | undefined)[];
  /** Answers about one vehicle or one named company; they stand before the general answer. */
  readonly scopedCells: ReadonlyMap<string, CellFacts> | null;
  readonly contacts: Readonly<Record<Channel, ContactFacts | null>>;
  readonly vehicles: readonly VehicleFacts[];
  readonly softOptIn: SoftOptInFacts | null;
  readonly assessments: readonly AssessmentFacts[];
  readonly mpsListed: boolean;
  /** The latest review by dealer or customer; null when there has been none since the upgrade. */
  readonly lastReviewAt: number | null;
  /** When marketing messages were handed over in the last 30 days, for the frequency cap. */
  readonly marketingSentAt: readonly number[];
  /** The sales enquiries that are open: an answer to one of them, one to one, is a service message. */
  readonly openEnquiries: readonly string[];
}

export interface PersonFacts {
  readonly erased: boolean;
  readonly deceased: boolean;
  readonly restricted: boolean;
  readonly identityUnresolved: boolean;
  readonly careHold: boolean;
  readonly birthOn: string | null;
}

/** What an old record said before the GDPR, and whether the assumption of the upgrade still stands. */
export interface LegacyFacts {
  readonly flag: LegacyFlag;
  readonly at: number;
  readonly assumed: boolean;
}

/** `full`: who, when, how and on what wording can all be shown (UK GDPR 7(1)). */
export type EvidenceLevel = 'full' | 'partial' | 'none';

export interface CellFacts {
  readonly state: CellState;
  readonly basis: Basis | null;
  readonly at: number;
  readonly by: ActorKind;
  readonly evidence: EvidenceLevel;
  /** The ledger entry of this customer that gave the answer; null for an assumption of the upgrade. */
  readonly sequence: number | null;
}

export interface ContactFacts {
  readonly status: 'ok' | 'bounced' | 'unverified';
  /** Since when this very number or address serves the channel. Consent to calls dies with its line. */
  readonly inUseSince: number;
  readonly suppressedAt: number | null;
  /** TPS or CTPS screening of a telephone number; null: never screened. */
  readonly screening: ScreeningFacts | null;
}

export interface ScreeningFacts {
  readonly listedOn: string | null;
  readonly screenedOn: string;
}

export interface VehicleFacts {
  readonly id: string;
  /** The local date on which the vehicle left the customer; null while it is theirs. */
  readonly ownedUntil: string | null;
  readonly optedOut: boolean;
}

/** The facts behind the soft opt-in of PECR reg 22(3). */
export interface SoftOptInFacts {
  readonly obtainedIn: 'sale' | 'negotiation' | 'other';
  readonly optOutOffered: boolean;
  readonly similarProducts: boolean;
  readonly sameLegalEntity: boolean;
  readonly obtainedOn: string | null;
}

/** A legitimate-interests assessment that covers some cells for a time. */
export interface AssessmentFacts {
  readonly id: string;
  readonly channels: readonly Channel[];
  readonly categories: readonly Category[];
  readonly from: number;
  /** The review date: an assessment past it is not current. */
  readonly until: number;
}

const channelOffset = Object.fromEntries(
  channels.map((channel, index) => [channel, index * categories.length]),
) as Record<Channel, number>;
const categoryOffset = Object.fromEntries(categories.map((category, index) => [category, index])) as Record<
  Category,
  number
>;

/** Number of cells of a customer: every channel by every category. */
export const cellCount = channels.length * categories.length;

/** Where a cell's answer lies in `Facts.cells`. */
export function cellIndex(channel: Channel, category: Category): number {
  return channelOffset[channel] + categoryOffset[category];
}

/** The key of an answer about one vehicle or one named company in `Facts.scopedCells`. */
export function scopedCellKey(index: number, scopeId: string): string {
  return `${index}:${scopeId}`;
}

/**
 * Fresh consent is the only thing that lifts a no: granted, by consent, by the customer or recorded by
 * staff, with full evidence. Assumptions, legitimate interest and unevidenced ticks lift nothing.
 */
export function isFreshConsent(cell: CellFacts | null | undefined): boolean {
  return (
    cell !== null &&
    cell !== undefined &&
    cell.state === 'granted' &&
    cell.basis === 'consent' &&
    cell.evidence === 'full' &&
    (cell.by === 'customer' || cell.by === 'staff')
  );
}
