import type { ContactFacts, Facts } from '../../domain/facts.ts';
import type { PermissionState } from '../../domain/fold.ts';
import { codesAboutVehicles, judgeStanding } from '../../domain/standing.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { ReadyRows } from '../../platform/copying.ts';
import type { StatementPart } from '../../platform/database.ts';
import { inTransaction } from '../../platform/database.ts';
import { gatherFacts } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';
import { policyAt } from '../settings/service.ts';
import type { ComingKeeper, JudgedKeepers } from './keepers/service.ts';
import { judgeComingKeepers } from './keepers/service.ts';
import { insertKeeperStandings } from './keepers/store.ts';
import type { StoredAnswers, StandingRow as StoredStandingRow } from './store.ts';
import {
  findCustomerPage,
  findOutdated,
  findStandings,
  followVehicles,
  lockCustomers,
  readyStandings,
  standingStatements,
  writeStandings,
} from './store.ts';

export type StandingRow = StoredStandingRow;

export interface JudgedSubject {
  readonly customerId: string;
  readonly branchId: number;
  readonly facts: Facts;
  readonly state: PermissionState;
}

/**
 * The standing row of a customer: every cell judged by the one engine at one instant. It holds until the
 * clock alone could change an answer, and never beyond the instant at which another policy takes effect.
 */
export function standingRowOf(subject: JudgedSubject, policy: PolicyVersion, at: number): StandingRow {
  const standing = judgeStanding(subject.facts, policy.settings, at);
  return {
    customerId: subject.customerId,
    branchId: subject.branchId,
    policyVersionId: policy.id,
    judgedAt: at,
    holdsUntil: earlier(standing.holdsUntil, policy.nextEffectiveAt),
    ledgerSequence: subject.state.sequence,
    reviewedAt: subject.state.lastReviewAt,
    namesThirdParties: namesThirdParties(subject.facts),
    codes: standing.codes,
    aboutVehicles: codesAboutVehicles(standing),
    vehicles: standing.vehicles,
  };
}

/**
 * Judges many customers at one instant, each kind of facts once: customers of an import differ in their names
 * and numbers, hardly in what the engine looks at.
 */
export function standingJudge(policy: PolicyVersion, at: number): (subject: JudgedSubject) => StandingRow {
  const rows = new Map<string, StandingRow>();
  // Alike contact points come as one object, which is told sooner by its identity than by what is in it.
  const contactsSeen = new Map<Facts['contacts'], number>();
  const likenesses = new Map<string, number>();
  const likenessOf = (contacts: Facts['contacts']): number => {
    const seen = contactsSeen.get(contacts);
    if (seen !== undefined) return seen;
    const likeness = JSON.stringify(Object.values(contacts).map(withoutLine));
    const number = likenesses.get(likeness) ?? likenesses.size;
    contactsSeen.set(contacts, number);
    likenesses.set(likeness, number);
    return number;
  };
  return (subject) => {
    const { facts, state, customerId, branchId } = subject;
    // An answer of the customer's own makes the facts theirs alone.
    if (facts.scopedCells !== null || facts.cells.some((cell) => cell !== undefined)) {
      return standingRowOf(subject, policy, at);
    }
    const { vehicles, assessments, contacts, cells: _, ...rest } = facts;
    const key = JSON.stringify([
      rest,
      likenessOf(contacts),
      vehicles.map((vehicle) => [vehicle.ownedUntil, vehicle.optedOut]),
      assessments.map((assessment) => assessment.id),
    ]);
    const known = rows.get(key) ?? standingRowOf(subject, policy, at);
    rows.set(key, known);
    return {
      ...known,
      customerId,
      branchId,
      ledgerSequence: state.sequence,
      reviewedAt: state.lastReviewAt,
      vehicles: known.vehicles.map(({ codes }, index) => ({ vehicleId: vehicles[index]?.id ?? '', codes })),
    };
  };
}

/** Which line it is matters to an answer alone, and differs with every customer. */
function withoutLine(contact: ContactFacts | null): object | null {
  return contact === null ? null : { ...contact, line: null };
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Whether any answer names a company; those customers are judged from their facts, company by company. */
function namesThirdParties({ scopedCells }: Facts): boolean {
  if (scopedCells === null) return false;
  for (const key of scopedCells.keys()) {
    // Third-party cells are the third category of each channel, see cellIndex.
    if (Number(key.slice(0, key.indexOf(':'))) % 3 === 2) return true;
  }
  return false;
}

/** What writes standing rows, for a statement that writes something else with them. */
export const standingPart: (rows: readonly StandingRow[]) => StatementPart = standingStatements;

/** The standing rows of customers who have none yet, ready to be copied. */
export function readyNewStandings(rows: readonly StandingRow[]): ReadyRows {
  return readyStandings(rows);
}

/**
 * Judges the vehicles of keeper links that are to be added in this transaction; `writeJudgedKeepers` and the copy of
 * what is ready write it, after the links. Nothing is written here.
 */
export async function judgeNewKeepers(
  transaction: Transaction,
  context: Context,
  links: readonly ComingKeeper[],
): Promise<JudgedKeepers> {
  const [policy, at] = [await policyAt(context), nowOf(context)];
  const ids = [...new Set(links.map((link) => link.customerId))];
  await lockCustomers(transaction, ids);
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, at);
  return judgeComingKeepers(gathered, links, standingJudge(policy, at));
}

/**
 * Of the customers' own rows only what follows from their vehicles is written; they lapse earlier where a vehicle's
 * answer does.
 */
export async function writeJudgedKeepers(transaction: Transaction, judged: JudgedKeepers): Promise<void> {
  await insertKeeperStandings(transaction, judged.ofKnownVehicles);
  await followVehicles(transaction, judged.rows);
}

/** Which of these customers have stored answers that are not what the engine says; changes nothing. */
export async function findWrongAnswers(
  snapshot: Context['database']['db'],
  context: Context,
  ids: readonly string[],
): Promise<string[]> {
  const policy = await policyAt(context);
  const at = nowOf(context);
  const gathered = await gatherFacts(snapshot, context, ids, policy.settings, at);
  const stored = await findStandings(snapshot, ids);
  return [...gathered.values()].flatMap(({ profile, facts, state, instant }) => {
    const subject = { customerId: profile.id, branchId: profile.branchId, facts, state };
    const row = standingRowOf(subject, policy, instant);
    return sameAnswers(row, stored.get(profile.id), policy.id) ? [] : [profile.id];
  });
}

type Transaction = Parameters<typeof lockCustomers>[0];

/**
 * Judges customers again after a fact outside the ledger changed (a number, a vehicle, a register), in the
 * transaction that changed it.
 */
export async function judgeAgain(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy?: PolicyVersion,
): Promise<void> {
  if (ids.length === 0) return;
  const inForce = policy ?? (await policyAt(context));
  await judgePage(transaction, context, ids, inForce, nowOf(context));
}

export interface RefreshProgress {
  /** Customers judged so far. */
  readonly judged: number;
}

export interface RefreshOptions {
  readonly onProgress?: (progress: RefreshProgress) => void;
}

const pageSize = 2_000;

/**
 * Judges again every customer whose standing row no longer holds: its time has run out, the policy is
 * another, or there is none yet. Afterwards bulk work may read codes for the present instant.
 */
export async function refreshStanding(context: Context, options: RefreshOptions = {}): Promise<number> {
  // Whoever asks while others are being served waits for them, and hardly anything is left to do.
  const before = refreshing.get(context.database) ?? Promise.resolve();
  const own = before.catch(() => undefined).then(() => refresh(context, options));
  refreshing.set(context.database, own);
  return own;
}

const refreshing = new WeakMap<Context['database'], Promise<unknown>>();

async function refresh(context: Context, options: RefreshOptions): Promise<number> {
  const { db } = context.database;
  let judged = 0;
  for (;;) {
    const at = nowOf(context);
    // Asked each time: another policy may take effect while a million customers are being judged.
    const policy = await policyAt(context, at);
    const ids = await findOutdated(db, policy.id, at, pageSize);
    if (ids.length === 0) return judged;
    await inTransaction(db, (transaction) => judgePage(transaction, context, ids, policy, at));
    judged += ids.length;
    options.onProgress?.({ judged });
  }
}

export interface RebuildReport {
  readonly judged: number;
  /** Customers whose stored codes were not what the engine says; they are now. */
  readonly differed: number;
}

/** Judges everybody again from the ledger and the facts, and says how many rows were not as they should be. */
export async function rebuildStanding(
  context: Context,
  options: RefreshOptions = {},
): Promise<RebuildReport> {
  const { db } = context.database;
  const policy = await policyAt(context);
  let judged = 0;
  let differed = 0;
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await findCustomerPage(db, after, pageSize);
    if (ids.length === 0) return { judged, differed };
    after = ids.at(-1) ?? null;
    differed += await inTransaction(db, async (transaction) => {
      await lockCustomers(transaction, ids);
      const stored = await findStandings(transaction, ids);
      const rows = await judgePage(transaction, context, ids, policy, nowOf(context));
      return rows.filter((row) => !sameAnswers(row, stored.get(row.customerId), policy.id)).length;
    });
    judged += ids.length;
    options.onProgress?.({ judged });
  }
}

/**
 * The customers are locked before their facts are read: whoever changes a fact of theirs judges them under
 * the same lock, so that no answer is ever written over a newer one.
 */
async function judgePage(
  transaction: Transaction,
  context: Context,
  ids: readonly string[],
  policy: PolicyVersion,
  at: number,
): Promise<StandingRow[]> {
  await lockCustomers(transaction, ids);
  const gathered = await gatherFacts(transaction, context, ids, policy.settings, at);
  const judge = standingJudge(policy, at);
  const rows = [...gathered.values()].map(({ profile, facts, state, instant }) => {
    const subject = { customerId: profile.id, branchId: profile.branchId, facts, state };
    return instant === at ? judge(subject) : standingRowOf(subject, policy, instant);
  });
  await writeStandings(transaction, rows);
  return rows;
}

/** Whether a stored row gives the answers of a fresh one; a row that may lapse is not a wrong one. */
function sameAnswers(
  fresh: StandingRow,
  stored: StoredAnswers | undefined,
  policyVersionId: number,
): boolean {
  if (stored === undefined) return false;
  const lapsed = stored.holdsUntil !== null && stored.holdsUntil <= fresh.judgedAt;
  if (lapsed || stored.policyVersionId !== policyVersionId) return true;
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((code, index) => code === b[index]);
  return (
    stored.ledgerSequence === fresh.ledgerSequence &&
    same(fresh.codes, stored.codes) &&
    same(fresh.aboutVehicles, stored.aboutVehicles) &&
    fresh.vehicles.length === stored.vehicles.size &&
    fresh.vehicles.every((vehicle) => same(vehicle.codes, stored.vehicles.get(vehicle.vehicleId) ?? []))
  );
}
