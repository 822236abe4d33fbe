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
  /** Since when each mark is known; null for one that the record does not carry. */
  readonly noFollowUpAt: number | null;
  readonly noMarketingAt: number | null;
  /** When the record was first taken over. */
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
  /** For a yes to calls, the contact point it was given for; null where the entry does not say. */
  readonly line: string | null;
  /** The ledger entry of this customer that gave the answer; null for an assumption of the upgrade. */
  readonly sequence: number | null;
}

export interface ContactFacts {
  readonly status: 'ok' | 'bounced' | 'unverified';
  /** Since when this very number or address serves the channel. Consent to calls dies with its line. */
  readonly inUseSince: number;
  /** For calls, the line it is; null where nobody knows, and on the other channels. */
  readonly line: LineFacts | null;
  readonly suppressedAt: number | null;
  /** Screening of a telephone number against the register that protects its subscriber; null: never, and not listed. */
  readonly screening: ScreeningFacts | null;
}

/** One telephone line, and what it can be mistaken for. */
export interface LineFacts {
  /** The id of the contact point: no personal data. */
  readonly id: string;
  /** The very same number on file under other ids: entered again, or on a record that became part of this one. */
  readonly sameNumber: readonly string[];
  /** When the customer had other lines; `until` is null while one is in use. Milliseconds. */
  readonly others: readonly { readonly from: number; readonly until: number | null }[];
}

export interface ScreeningFacts {
  /** Since when TPS or CTPS has the number; the earlier of the two. */
  readonly listedOn: string | null;
  /** When it was last screened against TPS (an individual subscriber) or CTPS (a corporate one); null: never. */
  readonly screenedOn: string | null;
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
