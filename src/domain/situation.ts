import type { AssessmentFacts, CellFacts, ContactFacts, Facts, VehicleFacts } from './facts.ts';
import { cellIndex, isFreshConsent, scopedCellKey } from './facts.ts';
import { heldCell } from './held-answer.ts';
import { startOfLondonDay } from './london.ts';
import type { PolicySettings } from './policy.ts';
import type { Category, Channel, Tool } from './vocabulary.ts';

/** What a request is judged as, after a message with promotion has been reclassified. */
export type JudgedAs = 'service_message' | 'safety_recall' | Category;

/** A request that was found valid. */
export interface ValidRequest {
  readonly channel: Channel;
  readonly judgedAs: JudgedAs;
  readonly reclassified: boolean;
  /** Whether the message answers an open enquiry, where it says that it answers one. */
  readonly answersEnquiry: boolean | null;
  readonly vehicleId: string | null;
  readonly thirdPartyId: string | null;
  /** Where an answer about this very vehicle or company stands in `Facts.scopedCells`, see `scopedKeyOf`. */
  readonly scopedKey: string | null;
  readonly claimsManagement: boolean;
  readonly tool: Tool;
  readonly message: MessageFacts;
}

/** The key of the answer about one vehicle (follow-up) or one company (third parties), written once a request. */
export function scopedKeyOf(
  channel: Channel,
  judged: JudgedAs,
  vehicleId: string | null,
  thirdPartyId: string | null,
): string | null {
  if (judged !== 'service_follow_up' && judged !== 'third_party_marketing') return null;
  const scopeId = judged === 'service_follow_up' ? vehicleId : thirdPartyId;
  return scopeId === null ? null : scopedCellKey(cellIndex(channel, judged), scopeId);
}

/** What the message itself carries (stage S9); null where it is not known yet. */
export interface MessageFacts {
  readonly identity: boolean | null;
  readonly optOutMeans: boolean | null;
  readonly callerNumber: boolean | null;
}

/**
 * One request about one customer at one instant, with everything that the rules look at more than once.
 * Rules ask about time only through `reached`, which notes the earliest instant at which the clock alone
 * could change an answer: that is how `holdsUntil` is exact for every rule, present and future.
 */
export class Situation {
  readonly facts: Facts;
  readonly request: ValidRequest;
  readonly policy: PolicySettings;
  readonly now: number;
  readonly category: Category | null;
  readonly cell: CellFacts | null;
  readonly contact: ContactFacts | null;
  readonly fresh: boolean;
  holdsUntil = Number.POSITIVE_INFINITY;

  constructor(facts: Facts, request: ValidRequest, policy: PolicySettings, now: number) {
    this.facts = facts;
    this.request = request;
    this.policy = policy;
    this.now = now;
    const { judgedAs } = request;
    this.category = judgedAs === 'service_message' || judgedAs === 'safety_recall' ? null : judgedAs;
    this.cell =
      this.category === null
        ? null
        : heldCell(facts, request.channel, this.category, request.scopedKey, policy);
    this.contact = facts.contacts[request.channel];
    this.fresh = isFreshConsent(this.cell);
  }

  get strict(): boolean {
    return this.policy.policy === 'pecr_strict';
  }

  /** Whether the instant has come. A later one is noted as a possible end of this answer. */
  reached(instant: number): boolean {
    if (this.now >= instant) return true;
    if (instant < this.holdsUntil) this.holdsUntil = instant;
    return false;
  }

  /** Fresh consent for this very cell, later than the no: the only thing that lifts one (rules, §8). */
  liftedSince(instant: number): boolean {
    return this.fresh && this.cell !== null && this.cell.at > instant;
  }

  /**
   * Consent to calls belongs to the line it was given for (PECR 19, 21(4)). Where the entry does not say which,
   * it counts only for a line that was in use then, has been since, and was the only one.
   */
  get sameLine(): boolean {
    const { cell, contact } = this;
    const line = contact?.line ?? null;
    if (cell === null || contact === null || line === null) return false;
    if (cell.line === line.id) return true;
    if (contact.inUseSince > cell.at) return false;
    if (cell.line !== null) return line.sameNumber.includes(cell.line);
    return !line.others.some(({ from, until }) => from <= cell.at && (until === null || until > cell.at));
  }

  get vehicle(): VehicleFacts | null {
    const { vehicleId } = this.request;
    if (vehicleId === null) return null;
    return this.facts.vehicles.find((vehicle) => vehicle.id === vehicleId) ?? null;
  }

  /** Whether the vehicle has left the customer. */
  get vehicleGone(): boolean {
    const ownedUntil = this.vehicle?.ownedUntil ?? null;
    return ownedUntil !== null && this.reached(startOfLondonDay(ownedUntil));
  }

  /** Whether the customer was shown the company by name. */
  get thirdPartyNamed(): boolean {
    const { scopedKey } = this.request;
    return scopedKey !== null && this.facts.scopedCells?.has(scopedKey) === true;
  }

  /** The recorded legitimate-interests assessment that covers this cell now. */
  get assessment(): AssessmentFacts | null {
    const { category } = this;
    if (category === null) return null;
    return (
      this.facts.assessments.find(
        (assessment) =>
          assessment.channels.includes(this.request.channel) &&
          assessment.categories.includes(category) &&
          this.reached(assessment.from) &&
          !this.reached(assessment.until),
      ) ?? null
    );
  }
}
