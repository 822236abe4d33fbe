import { v7 as uuid } from 'uuid';
import type { GivenContactPoint, ReadContactPoint } from '../../domain/contact-point.ts';
import { readContactPoint } from '../../domain/contact-point.ts';
import { InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { ContactPointRow } from './store.ts';
import {
  findContactPoints,
  findContactPointsOfMany,
  insertContactPoint,
  markShared,
  removeContactPointRow,
  setContactPointStatus,
} from './store.ts';

/**
 * The numbers and addresses of customers.
 * Guarantees that a changed one is a new one (consent to calls belongs to the line it was given on), that the
 * old one stays as history, and that whatever several people have is flagged shared.
 */
export type ContactPoint = ContactPointRow;

export interface ContactPointProvenance {
  /** Who gave it. What somebody else gave carries no marketing until the customer confirmed it. */
  readonly givenBy: 'customer' | 'other';
  readonly confirmed?: boolean | undefined;
}

type Transaction = Parameters<typeof markShared>[0];

/** Throws InvalidError with `prefix` before the name of the field that cannot be read. */
export function readGivenContactPoint(given: GivenContactPoint, prefix = ''): ReadContactPoint {
  const point = readContactPoint(given);
  if (!point.ok) throw new InvalidError(point.sentence, { field: `${prefix}${point.field}` });
  const { kind, value, normalised, address } = point;
  return { kind, value, normalised, address };
}

/** A customer's contact points in use, by kind and rank; the lowest rank is the one in use first. */
export async function contactPointsOf(context: Context, customerId: string): Promise<ContactPoint[]> {
  return findContactPoints(context.database.db, customerId);
}

/** The contact points in use of many customers, by their ids. */
export async function contactPointsOfMany(
  context: Context,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, ContactPoint>> {
  const rows = await findContactPointsOfMany(context.database.db, customerIds);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Adds contact points after those the customer has; one they have already is left as it is. Answers the ids.
 * The caller holds the customer's lock and judges them again.
 */
export async function addContactPointsIn(
  transaction: Transaction,
  context: Context,
  customerId: string,
  points: readonly ReadContactPoint[],
  provenance: ContactPointProvenance,
): Promise<string[]> {
  const known = await findContactPoints(transaction, customerId);
  const ids: string[] = [];
  for (const point of points) {
    const same = known.find((other) => isSame(other, point));
    if (same !== undefined) {
      ids.push(same.id);
      continue;
    }
    const ranks = known.filter(({ kind }) => kind === point.kind).map(({ rank }) => rank);
    const row = newRow(context, point, Math.max(-1, ...ranks) + 1, provenance);
    await insertContactPoint(transaction, customerId, row);
    known.push({ ...row, shared: false });
    ids.push(row.id);
  }
  await markShared(transaction, normalisedOf(points));
  return ids;
}

/** Puts another number or address in the place of one; the same again changes nothing. Answers the id. */
export async function replaceContactPointIn(
  transaction: Transaction,
  context: Context,
  place: { customerId: string; contactPointId: string },
  point: ReadContactPoint,
  provenance: ContactPointProvenance,
): Promise<string> {
  const { customerId, contactPointId } = place;
  const known = await findContactPoints(transaction, customerId);
  const old = findIn(known, contactPointId);
  if (isTelephone(old.kind) ? !isTelephone(point.kind) : old.kind !== point.kind) {
    throw new InvalidError('Replace a number by a number and an address by an address of the same kind.', {
      field: 'contactPoint.kind',
    });
  }
  if (isSame(old, point)) return old.id;
  await removeContactPointRow(transaction, customerId, old.id, nowOf(context));
  const other = known.find((candidate) => candidate.id !== old.id && isSame(candidate, point));
  const row = newRow(context, point, old.rank, provenance);
  if (other === undefined) await insertContactPoint(transaction, customerId, row);
  await markShared(transaction, normalisedOf([old, point]));
  return other?.id ?? row.id;
}

/** Takes a contact point out of use. Throws NotFoundError. */
export async function removeContactPointIn(
  transaction: Transaction,
  context: Context,
  customerId: string,
  contactPointId: string,
): Promise<void> {
  const old = findIn(await findContactPoints(transaction, customerId), contactPointId);
  await removeContactPointRow(transaction, customerId, old.id, nowOf(context));
  await markShared(transaction, normalisedOf([old]));
}

/** `ok`: the customer confirmed it; `bounced`: what was sent came back. Throws NotFoundError. */
export async function setContactPointStatusIn(
  transaction: Transaction,
  context: Context,
  { customerId, contactPointId }: { customerId: string; contactPointId: string },
  status: 'ok' | 'bounced',
): Promise<void> {
  findIn(await findContactPoints(transaction, customerId), contactPointId);
  await setContactPointStatus(transaction, customerId, contactPointId, status, nowOf(context));
}

/** Says anew which of these are shared, after records became one. */
export async function markSharedIn(transaction: Transaction, normalised: readonly string[]): Promise<void> {
  await markShared(transaction, normalised);
}

function newRow(
  context: Context,
  point: ReadContactPoint,
  rank: number,
  { givenBy, confirmed = false }: ContactPointProvenance,
): Omit<ContactPointRow, 'shared'> {
  const status = givenBy === 'customer' || confirmed ? 'ok' : 'unverified';
  return { ...point, id: uuid(), rank, inUseSince: nowOf(context), status };
}

function isTelephone(kind: ContactPointRow['kind']): boolean {
  return kind === 'mobile' || kind === 'landline';
}

function isSame(
  a: Pick<ContactPointRow, 'kind' | 'value' | 'normalised'>,
  b: Pick<ContactPointRow, 'kind' | 'value' | 'normalised'>,
): boolean {
  if (a.kind !== b.kind) return false;
  // An address whose first line and postcode are alike may differ in its town: that is a change to write down.
  if (a.kind === 'postal' || a.normalised === null) return a.value === b.value;
  return a.normalised === b.normalised;
}

function findIn(points: readonly ContactPointRow[], id: string): ContactPointRow {
  const found = points.find((point) => point.id === id);
  if (found !== undefined) return found;
  throw new NotFoundError('This customer has no such contact point in use.', {
    code: 'contact-point-not-found',
  });
}

function normalisedOf(points: readonly Pick<ContactPointRow, 'normalised'>[]): string[] {
  return points.flatMap(({ normalised }) => normalised ?? []);
}
