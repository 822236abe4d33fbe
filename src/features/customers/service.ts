import { validate as isUuid } from 'uuid';
import { searchNamesOf } from '../../domain/person-name.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { listBranches } from '../branches/service.ts';
import type { ContactPoint } from '../contact-points/service.ts';
import {
  addContactPointsIn,
  contactPointsOf,
  readGivenContactPoint,
  removeContactPointIn,
  replaceContactPointIn,
  setContactPointStatusIn,
} from '../contact-points/service.ts';
import { recordEntriesIn } from '../ledger/service.ts';
import { applyRefusalsOf } from '../refusals/service.ts';
import { policyAt } from '../settings/service.ts';
import type { GivenVehicle, KeptVehicle } from '../vehicles/service.ts';
import { endKeepingIn, vehicleIdentityOf, vehiclesOf } from '../vehicles/service.ts';
import type { ContactPointChange, CustomerChanges, NewCustomer } from './contract.ts';
import { newCustomerSchema } from './contract.ts';
import { linkAsKeeperIn } from './keepers/service.ts';
import type { MergeOutcome, MergePair, MergeWishes } from './merging/service.ts';
import { mergeRecords } from './merging/service.ts';
import { requireNoCheck } from './pairs/service.ts';
import {
  blankProfile,
  branchOf,
  changeCustomer,
  enterCustomer,
  requireName,
  unknownCustomer,
  withoutUndefined,
} from './profile.ts';
import type { CustomerHit } from './search/service.ts';
import { searchCustomers } from './search/service.ts';
import type { CustomerRow, DuplicateRow } from './store.ts';
import { findCustomer, findDuplicates, findIdsByNumber, lockIdentifiers, updateCustomer } from './store.ts';

/**
 * Customers: who they are, how they can be reached, which vehicles are theirs.
 * Guarantees that every customer has a ledger from the moment they exist, and that whatever changes what the
 * engine sees is judged again in the same transaction.
 */
export interface Customer extends CustomerRow {
  /** The code of the branch. */
  readonly branch: string;
  readonly contactPoints: readonly ContactPoint[];
  readonly vehicles: readonly KeptVehicle[];
}

export type DuplicateCandidate = DuplicateRow;

export type CreatedCustomer =
  | { readonly created: true; readonly customerId: string }
  /** Nothing was written: these look like the same person. Say `confirmDuplicate` to go on. */
  | { readonly created: false; readonly duplicates: readonly DuplicateCandidate[] };

/**
 * Enters a customer with contact points and vehicles, and opens their ledger.
 *
 * Throws InvalidError for what cannot be read, ConflictError when the customer number is taken.
 */
export async function createCustomer(
  context: Context,
  given: NewCustomer,
  actor: Actor,
): Promise<CreatedCustomer> {
  const { contactPoints, vehicles, confirmDuplicate, branch, customerNumber, kind, prospect, ...fields } =
    newCustomerSchema.parse(given);
  const points = contactPoints.map((point, index) => readGivenContactPoint(point, `contactPoints.${index}.`));
  const person = { ...blankProfile, ...withoutUndefined(fields), kind, prospect };
  requireName(person);
  const branchId = (await branchOf(context, branch)).id;
  const profile = { ...person, ...searchNamesOf(person), branchId };
  const policy = await policyAt(context);
  return inTransaction(context.database.db, async (transaction) => {
    const same = {
      normalised: points.flatMap(({ normalised }) => normalised ?? []),
      vehicleIdentities: vehicles.flatMap((vehicle) => vehicleIdentityOf(vehicle) ?? []),
      searchName: profile.searchName,
      postcodes: points.flatMap(({ address }) => address?.postcode?.replaceAll(' ', '') ?? []),
    };
    await lockIdentifiers(transaction, [...same.normalised, ...same.vehicleIdentities, ...same.postcodes]);
    if (!confirmDuplicate) {
      const duplicates = await findDuplicates(transaction, same);
      if (duplicates.length > 0) return { created: false, duplicates };
    }
    const customerId = await enterCustomer(transaction, context, profile, customerNumber);
    await addContactPointsIn(transaction, context, customerId, points, { givenBy: 'customer' });
    for (const [index, vehicle] of vehicles.entries()) {
      await linkAsKeeperIn(transaction, context, customerId, vehicle, `vehicles.${index}.`);
    }
    const opened = { customerId, act: { kind: 'opened' }, occurredAt: null, actor } as const;
    await recordEntriesIn(transaction, context, [opened], policy);
    await applyRefusalsOf(transaction, context, customerId, customerNumber, policy);
    return { created: true, customerId };
  });
}

/**
 * The id behind `no:12345` or an id as it stands; what is neither is not found.
 *
 * Throws NotFoundError.
 */
export async function customerIdOf(context: Context, reference: string): Promise<string> {
  const id = (await customerIdsOf(context, [reference])).get(reference);
  if (id === undefined) throw unknownCustomer();
  return id;
}

/** The ids behind many references; those of nobody are missing. */
export async function customerIdsOf(
  context: Context,
  references: readonly string[],
): Promise<Map<string, string>> {
  const numbers = references.flatMap((reference) => /^no:(.*)$/s.exec(reference)?.[1] ?? []);
  const found = numbers.length === 0 ? [] : await findIdsByNumber(context.database.db, numbers);
  const idOf = new Map(found.map((row) => [`no:${row.customerNumber.toLowerCase()}`, row.id]));
  return new Map(
    references.flatMap((reference) => {
      const id = isUuid(reference) ? reference.toLowerCase() : idOf.get(reference.toLowerCase());
      return id === undefined ? [] : [[reference, id] as const];
    }),
  );
}

/** Who could be meant by what is known of them, the nearest first, fifty at most. See `searchCustomers`. */
export async function findCustomers(context: Context, text: string): Promise<readonly CustomerHit[]> {
  return searchCustomers(context, text);
}

/** Throws NotFoundError. */
export async function readCustomer(context: Context, customerId: string): Promise<Customer> {
  const { db } = context.database;
  const [row, contactPoints, vehicles, branches] = await Promise.all([
    findCustomer(db, customerId),
    contactPointsOf(context, customerId),
    vehiclesOf(context, customerId),
    listBranches(context),
  ]);
  if (row === undefined) throw unknownCustomer();
  const branch = branches.find(({ id }) => id === row.branchId)?.code ?? '';
  return { ...row, branch, contactPoints, vehicles };
}

/**
 * Edits the profile. Throws NotFoundError, ConflictError `version-changed` when somebody else was first,
 * InvalidError for a customer without any name or an unknown branch.
 */
export async function editCustomer(
  context: Context,
  customerId: string,
  changes: CustomerChanges,
  expectedVersion: number,
): Promise<void> {
  const { branch, ...fields } = changes;
  const branchId = branch === undefined ? undefined : (await branchOf(context, branch)).id;
  await changeCustomer(
    context,
    customerId,
    async (transaction, customer) => {
      const changed = withoutUndefined({ ...fields, branchId });
      const profile = { ...customer, ...changed };
      requireName(profile);
      const names = searchNamesOf(profile);
      await updateCustomer(transaction, customerId, { ...changed, ...names }, nowOf(context));
    },
    expectedVersion,
  );
}

/** Makes a vehicle theirs, finding it by VIN or registration or entering it; answers its id. */
export async function linkVehicle(
  context: Context,
  customerId: string,
  vehicle: GivenVehicle,
): Promise<string> {
  return changeCustomer(context, customerId, (transaction) =>
    linkAsKeeperIn(transaction, context, customerId, vehicle),
  );
}

/** "No longer owned", from a local date on (default today). */
export async function endKeeping(
  context: Context,
  customerId: string,
  vehicleId: string,
  untilOn?: string,
): Promise<void> {
  await changeCustomer(context, customerId, (transaction) =>
    endKeepingIn(transaction, context, {
      customerId,
      vehicleId,
      ...(untilOn === undefined ? {} : { untilOn }),
    }),
  );
}

/** Adds a number or address after those the customer has; answers its id. */
export async function addContactPoint(
  context: Context,
  customerId: string,
  change: ContactPointChange,
): Promise<string> {
  const point = readGivenContactPoint(change.contactPoint, 'contactPoint.');
  const [id] = await changeCustomer(context, customerId, (transaction) =>
    addContactPointsIn(transaction, context, customerId, [point], change),
  );
  if (id === undefined) throw new Error('A contact point was added but not returned.');
  return id;
}

/** Puts another in its place; the old one stays as history. Answers the id of the new one. */
export async function replaceContactPoint(
  context: Context,
  customerId: string,
  contactPointId: string,
  change: ContactPointChange,
): Promise<string> {
  const point = readGivenContactPoint(change.contactPoint, 'contactPoint.');
  return changeCustomer(context, customerId, (transaction) =>
    replaceContactPointIn(transaction, context, { customerId, contactPointId }, point, change),
  );
}

export async function removeContactPoint(
  context: Context,
  customerId: string,
  contactPointId: string,
): Promise<void> {
  await changeCustomer(context, customerId, (transaction) =>
    removeContactPointIn(transaction, context, customerId, contactPointId),
  );
}

/** The customer confirmed that it is theirs. */
export async function confirmContactPoint(
  context: Context,
  customerId: string,
  contactPointId: string,
): Promise<void> {
  await changeCustomer(context, customerId, (transaction) =>
    setContactPointStatusIn(transaction, context, { customerId, contactPointId }, 'ok'),
  );
}

/** What was sent to it came back. */
export async function markBounced(
  context: Context,
  customerId: string,
  contactPointId: string,
): Promise<void> {
  await changeCustomer(context, customerId, (transaction) =>
    setContactPointStatusIn(transaction, context, { customerId, contactPointId }, 'bounced'),
  );
}

/** Makes two records of one person one; with `dryRun` says only what would follow. See `mergeRecords`. */
export async function mergeCustomers(
  context: Context,
  pair: MergePair,
  actor: Actor,
  { dryRun = false, ...wishes }: MergeWishes & { readonly dryRun?: boolean } = {},
): Promise<MergeOutcome> {
  return mergeRecords(context, pair, actor, dryRun, wishes);
}

/**
 * Throws ConflictError while it is being checked whether this is the same person as another record: that ends by an
 * answer, not by a status.
 */
export async function requireNoIdentityCheck(context: Context, customerId: string): Promise<void> {
  await requireNoCheck(context, customerId);
}
