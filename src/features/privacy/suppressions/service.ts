import type { GivenContactPoint } from '../../../domain/contact-point.ts';
import type { ContactPointKind } from '../../../domain/vocabulary.ts';
import { InvalidError, NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { contactPointsOf, readGivenContactPoint } from '../../contact-points/service.ts';
import { customerIdOf } from '../../customers/service.ts';
import { suppressionHashOf } from '../../facts/service.ts';
import { judgeAgain } from '../../standing/service.ts';
import { holdersOf, suppressContact } from '../service.ts';
import type { NewSuppression, SuppressionChange, SuppressionRemoval } from './contract.ts';
import type { SuppressionKey, SuppressionRow } from './store.ts';
import { findListed, insertRemovals, listSuppressionRows } from './store.ts';

/**
 * The do-not-contact list, as people fill it (UK GDPR 21(3); CAP 10.10).
 * Guarantees that it never says who is on it, that nothing disappears from it without a reason on record, and that a
 * number put on again is on it again.
 */
interface Meant {
  readonly kind: ContactPointKind;
  readonly normalised: string;
  readonly line1: string | null;
}

/**
 * Puts a number or address, or all of a customer's, on the list. Throws InvalidError, and NotFoundError for a customer
 * who is none.
 */
export async function addSuppression(
  context: Context,
  { customer, contactPoint, reason, suppressedAt }: NewSuppression,
  actor: Actor,
): Promise<SuppressionChange> {
  const meant = await contactsMeant(context, customer, contactPoint);
  const people = new Set<string>();
  await inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    for (const point of meant) {
      await suppressContact(inside, {
        ...point,
        reason,
        recordedBy: actor.id ?? actor.kind,
        ...(suppressedAt === undefined ? {} : { suppressedAt: Date.parse(suppressedAt) }),
      });
      for (const holder of await holdersOf(inside, point)) people.add(holder);
    }
  });
  return { contactPoints: meant.length, people: people.size };
}

/**
 * Takes a number or address off the list that does not belong there. A customer's change of mind is no reason: that is
 * a consent, and lifts the entry by itself.
 *
 * Throws NotFoundError when none of it is on the list.
 */
export async function removeSuppression(
  context: Context,
  { customer, contactPoint, reason }: SuppressionRemoval,
  actor: Actor,
): Promise<SuppressionChange> {
  const meant = await contactsMeant(context, customer, contactPoint);
  const hashOf = new Map(meant.map((point) => [suppressionHashOf(context, point), point]));
  const hashes = [...hashOf.keys()].map((hash) => Buffer.from(hash, 'hex'));
  const { db } = context.database;
  const listed = await findListed(db, hashes);
  if (listed.length === 0) {
    throw new NotFoundError('This is not on the do-not-contact list.', { code: 'suppression-not-found' });
  }
  const people = new Set<string>();
  for (const hash of listed) {
    const point = hashOf.get(hash.toString('hex'));
    for (const holder of point === undefined ? [] : await holdersOf(context, point)) people.add(holder);
  }
  await inTransaction(db, async (transaction) => {
    const removal = { recordedAt: nowOf(context), reason, recordedBy: actor.id ?? actor.kind };
    await insertRemovals(transaction, listed, removal);
    await judgeAgain(transaction, context, [...people].sort());
  });
  return { contactPoints: listed.length, people: people.size };
}

/** The entries of the list, the newest first; nobody can be recognised in them. */
export async function listSuppressions(
  context: Context,
  options: { readonly after: SuppressionKey | null; readonly limit: number },
): Promise<SuppressionRow[]> {
  return listSuppressionRows(context.database.db, options.after, options.limit);
}

async function contactsMeant(
  context: Context,
  customer: string | undefined,
  contactPoint: GivenContactPoint | undefined,
): Promise<Meant[]> {
  if ((customer === undefined) === (contactPoint === undefined)) {
    throw new InvalidError('Say which number or address: give either customer or contactPoint.', {
      field: customer === undefined ? 'contactPoint' : 'customer',
    });
  }
  const points =
    contactPoint === undefined
      ? await contactPointsOf(context, await customerIdOf(context, customer ?? ''))
      : [readGivenContactPoint(contactPoint, 'contactPoint.')];
  const usable = points.flatMap(({ kind, normalised, address }) =>
    normalised === null ? [] : [{ kind, normalised, line1: address?.line1 ?? null }],
  );
  if (usable.length > 0) return usable;
  throw new InvalidError('There is no number or address here that could be compared with others.', {
    field: customer === undefined ? 'contactPoint' : 'customer',
  });
}
