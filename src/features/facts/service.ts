import type { AssessmentFacts, ContactFacts, Facts, VehicleFacts } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { fold } from '../../domain/fold.ts';
import type { LedgerEvent } from '../../domain/ledger-event.ts';
import { endOfLondonDay } from '../../domain/london.ts';
import type { PolicySettings } from '../../domain/policy.ts';
import type { Category, Channel, ContactPointKind, CustomerKind } from '../../domain/vocabulary.ts';
import { isCorporateSubscriber } from '../../domain/vocabulary.ts';
import type { Context } from '../../platform/context.ts';
import { findContactPointsThen, findKeepersThen, findProfilesThen } from './as-of/store.ts';
import { gatherKnowledge } from './contact-knowledge.ts';
import type { ContactPointInUse } from './contact-use.ts';
import { contactFactsReader, contactPointFor, suppressionHash } from './contact-use.ts';
import { toLedgerEvent } from './entries/service.ts';
import { gatherLines, noLines } from './lines.ts';
import type { AssessmentRow, ContactPointRow, KeeperRow, ProfileRow } from './store.ts';
import {
  findAbsorbed,
  findAssessments,
  findContactPoints,
  findEvents,
  findHandOvers,
  findKeepers,
  findOpenEnquiries,
  findProfiles,
  findScreenings,
  findStoredEvents,
} from './store.ts';

/** The facts of one customer as of one instant, with what they were made from. */
export interface GatheredFacts {
  readonly profile: ProfileRow;
  readonly facts: Facts;
  readonly state: PermissionState;
  readonly events: readonly LedgerEvent[];
  /** The contact points of the customer, usable or not, in order of rank. */
  readonly points: readonly ContactPointRow[];
  /** Entries of the records that were merged into this one, by customer. */
  readonly absorbed: ReadonlyMap<string, readonly LedgerEvent[]>;
  /** What is known of one of these points, as it would serve a channel; null where it cannot. */
  readonly contactOf: (channel: Channel, point: ContactPointRow) => ContactFacts | null;
  /** What these facts are as of: the instant asked about, or the newest entry where a clock elsewhere is ahead. */
  readonly instant: number;
}

/** Later than any instant that is ever recorded. */
const endOfTime = Date.parse('9999-12-31T00:00:00Z');

type Reader = Context['database']['db'];

/**
 * What counts as seen. `everything`: the present, whatever the clocks of other machines say, so that a no
 * recorded by a machine whose clock is ahead is never overlooked. `as_of`: a past instant, exactly as it was.
 */
export type Seen = 'everything' | 'as_of';

/**
 * Gathers the facts of customers, a bounded number of statements however many there are.
 *
 * Customers that do not exist are missing from the answer: nobody is contacted on a guess.
 *
 * @param at milliseconds since 1970: now, or with `as_of` the past instant that is asked about.
 */
export async function gatherFacts(
  db: Reader,
  context: Context,
  ids: readonly string[],
  policy: PolicySettings,
  at: number,
  seen: Seen = 'everything',
): Promise<Map<string, GatheredFacts>> {
  const until = seen === 'everything' ? endOfTime : at;
  // One after the other: a transaction has one connection, which takes one statement at a time.
  const { profiles, points, keepers } = await findFacts(db, ids, seen === 'as_of' ? at : null);
  const absorbed = await findAbsorbed(db, ids);
  const assessments = await findAssessments(db, at);
  const events = await findEvents(db, [...ids, ...absorbed.map((row) => row.id)], until);
  const lines = await gatherLines(db, ids, absorbed, events, until);
  const knowledge = await gatherKnowledge(db, context, points, until);
  const mpsListed = await findScreenings(db, ['mps'], ids, until);
  const handOvers = policy.frequencyCapPer30Days === null ? [] : await findHandOvers(db, ids, at);
  const enquiries = await findOpenEnquiries(db, ids, until);
  const eventsOf = Map.groupBy(events.map(toLedgerEvent), (event) => event.customerId);
  const pointsOf = Map.groupBy(points, (point) => point.customerId);
  const keepersOf = Map.groupBy(keepers, (keeper) => keeper.customerId);
  const sentTo = Map.groupBy(handOvers, (handOver) => handOver.customerId);
  const enquiriesOf = Map.groupBy(enquiries, (enquiry) => enquiry.customerId);
  const onMps = new Set(mpsListed.filter((row) => row.listedOn !== null).map((row) => row.subject));
  const contacts = contactFactsReader(knowledge);
  const gathered = new Map<string, GatheredFacts>();
  for (const profile of profiles) {
    const own = eventsOf.get(profile.id) ?? [];
    const state = fold(own, {
      at: until,
      legalEntityId: profile.legalEntityId,
      mergePolicy: policy.mergePolicy,
      absorbed: eventsOf,
    });
    const facts = assembleFacts({
      profile,
      state,
      contacts: contacts(
        pointsOf.get(profile.id) ?? [],
        isCorporateSubscriber(profile.kind),
        lines(profile.id),
      ),
      vehicles: vehicleFacts(keepersOf.get(profile.id) ?? [], state),
      assessments: assessmentFacts(assessments, profile.legalEntityId),
      mpsListed: onMps.has(profile.id),
      marketingSentAt: (sentTo.get(profile.id) ?? []).map((row) => row.handedOverAt),
      openEnquiries: (enquiriesOf.get(profile.id) ?? []).map((row) => row.id),
    });
    const ownPoints = pointsOf.get(profile.id) ?? [];
    const instant = Math.max(at, own.at(-1)?.recordedAt ?? at);
    gathered.set(profile.id, {
      profile,
      facts,
      state,
      events: own,
      points: ownPoints,
      contactOf: (channel, point) =>
        contacts([point], isCorporateSubscriber(profile.kind), lines(profile.id))[channel],
      absorbed: eventsOf,
      instant,
    });
  }
  return gathered;
}

/** Who they are, their numbers and addresses and their vehicles: now (null), or as was on record at an instant. */
async function findFacts(db: Reader, ids: readonly string[], then: number | null) {
  if (then === null) {
    return {
      profiles: await findProfiles(db, ids),
      points: await findContactPoints(db, ids, endOfTime),
      keepers: await findKeepers(db, ids),
    };
  }
  return {
    profiles: await findProfilesThen(db, ids, then),
    points: await findContactPointsThen(db, ids, then),
    keepers: await findKeepersThen(db, ids, then),
  };
}

/**
 * The same customer as another controller knows them. Answers, assumptions and reviews belong to the legal entity
 * they were given to; what stops contact concerns them all.
 *
 * @param at what `known` was gathered for, and `seen` what counted as seen then.
 */
export async function asKnownTo(
  db: Reader,
  known: GatheredFacts,
  legalEntityId: number,
  mergePolicy: PolicySettings['mergePolicy'],
  { at, seen = 'everything' }: { readonly at: number; readonly seen?: Seen },
): Promise<GatheredFacts> {
  if (known.profile.legalEntityId === legalEntityId) return known;
  const { absorbed, events, facts } = known;
  const profile = { ...known.profile, legalEntityId };
  const until = seen === 'everything' ? endOfTime : at;
  const state = fold(events, { at: until, legalEntityId, mergePolicy, absorbed });
  const vehicles = facts.vehicles.map((vehicle) => ({
    ...vehicle,
    optedOut: state.vehicleOptOuts.has(vehicle.id),
  }));
  const assessments = assessmentFacts(await findAssessments(db, at), legalEntityId);
  return {
    ...known,
    profile,
    state,
    facts: assembleFacts({ ...facts, profile, state, vehicles, assessments }),
  };
}

/** Puts what is known into the shape the engine reads. */
export function assembleFacts(known: {
  profile: Pick<ProfileRow, 'kind' | 'birthOn' | 'prospect' | 'mergedIntoId'>;
  state: PermissionState;
  contacts: Facts['contacts'];
  vehicles: readonly VehicleFacts[];
  assessments: readonly AssessmentFacts[];
  mpsListed: boolean;
  marketingSentAt: readonly number[];
  openEnquiries: readonly string[];
}): Facts {
  const { profile, state } = known;
  return {
    corporate: isCorporateSubscriber(profile.kind),
    person: {
      erased: state.statuses.has('erased'),
      deceased: state.statuses.has('deceased'),
      restricted: state.statuses.has('restricted'),
      // A record that became part of another is not a person of its own any more.
      identityUnresolved: state.statuses.has('identity_unresolved') || profile.mergedIntoId !== null,
      careHold: state.statuses.has('care_hold'),
      birthOn: profile.birthOn,
    },
    prospect: profile.prospect,
    objectedAt: state.objectedAt,
    legacy: state.legacy,
    cells: state.cells,
    scopedCells: state.scopedCells,
    contacts: known.contacts,
    vehicles: known.vehicles,
    softOptIn: state.softOptIn,
    assessments: known.assessments,
    mpsListed: known.mpsListed,
    lastReviewAt: state.lastReviewAt,
    marketingSentAt: known.marketingSentAt,
    openEnquiries: known.openEnquiries,
  };
}

/** The contact point that serves a channel for this customer, the one the engine judged; null: none. */
export function contactPointServing(channel: Channel, { points }: GatheredFacts): ContactPointRow | null {
  return contactPointFor(channel, points);
}

/** What is known of people who are not on file yet, beside what they bring along. */
export interface NewcomerKnowledge {
  contacts(points: readonly ContactPointInUse[], kind: CustomerKind): Facts['contacts'];
  assessments(legalEntityId: number): readonly AssessmentFacts[];
}

/** @param points every contact point of all of them. */
export async function gatherForNewcomers(
  db: Reader,
  context: Context,
  points: readonly ContactPointInUse[],
  at: number,
): Promise<NewcomerKnowledge> {
  const knowledge = await gatherKnowledge(db, context, points, at);
  const rows = await findAssessments(db, at);
  const contacts = contactFactsReader(knowledge);
  const byEntity = new Map<number, AssessmentFacts[]>();
  return {
    contacts: (own, kind) => contacts(own, isCorporateSubscriber(kind), noLines),
    assessments: (legalEntityId) => {
      const known = byEntity.get(legalEntityId) ?? assessmentFacts(rows, legalEntityId);
      byEntity.set(legalEntityId, known);
      return known;
    },
  };
}

function vehicleFacts(keepers: readonly KeeperRow[], state: PermissionState): VehicleFacts[] {
  return keepers.map((keeper) => ({
    id: keeper.vehicleId,
    ownedUntil: keeper.untilOn,
    optedOut: state.vehicleOptOuts.has(keeper.vehicleId),
  }));
}

/** The assessments of one legal entity; current until the day of their review is over. */
function assessmentFacts(rows: readonly AssessmentRow[], legalEntityId: number): AssessmentFacts[] {
  return rows
    .filter((row) => row.legalEntityId === legalEntityId)
    .map((row) => ({
      id: row.id,
      channels: row.channels as Channel[],
      categories: row.categories as Category[],
      from: row.effectiveAt,
      until: endOfLondonDay(row.reviewOn),
    }));
}

/** The keyed hash under which a number or address stands on the do-not-contact list, hexadecimal. */
export function suppressionHashOf(
  context: Context,
  point: { kind: ContactPointKind; normalised: string; line1: string | null },
): string {
  const hash = suppressionHash(context.keys.suppression, point);
  if (hash === null) throw new RangeError('A contact point without a comparable form cannot be suppressed.');
  return hash;
}

/** An entry with the hashes it is stored with. */
export interface StoredEntry {
  readonly event: LedgerEvent;
  readonly previousHash: string;
  readonly hash: string;
}

/** The stored chains of customers, whatever was recorded and whenever, in the order of their entries. */
export async function readChains(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredEntry[]>> {
  const rows = await findStoredEvents(db, ids);
  return Map.groupBy(
    rows.map((row) => ({
      event: toLedgerEvent(row),
      previousHash: row.previousHash.toString('hex'),
      hash: row.hash.toString('hex'),
    })),
    (entry) => entry.event.customerId,
  );
}
