import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { searchNamesOf } from '../../domain/person-name.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction, toTimestamp } from '../../platform/database.ts';
import type { Branch } from '../branches/service.ts';
import { listBranches } from '../branches/service.ts';
import { policyAt } from '../settings/service.ts';
import { judgeAgain } from '../standing/service.ts';
import type { customerSchema } from './contract.ts';
import type { Customer } from './service.ts';
import type { CustomerRow, ProfileFields } from './store.ts';
import { advanceVersion, insertCustomer, lockCustomer, nextCustomerNumber } from './store.ts';

/** What a customer's own row is made of, and how it is entered and changed. */
type Transaction = Parameters<typeof lockCustomer>[0];

const aheadMax = 1_000_000;

/** Writes the row under the number given, or under the next free one. Throws ConflictError when it is taken. */
export async function enterCustomer(
  transaction: Transaction,
  context: Context,
  profile: ProfileFields & ReturnType<typeof searchNamesOf>,
  givenNumber: string | undefined,
): Promise<string> {
  const id = uuid();
  // Twice as far ahead each time: an imported file may hold a million numbers in a row.
  for (let ahead = 1; ; ahead = Math.min(ahead * 2, aheadMax)) {
    const customerNumber = givenNumber ?? (await nextCustomerNumber(transaction, ahead));
    const entered = { ...profile, id, customerNumber, createdAt: nowOf(context) };
    if (await insertCustomer(transaction, entered)) return id;
    if (givenNumber === undefined) continue;
    throw new ConflictError('Another customer has this customer number: give another one or leave it out.', {
      code: 'customer-number-taken',
      field: 'customerNumber',
    });
  }
}

/** The branch of this code or name; the only one where nothing is said. Throws InvalidError. */
export async function branchOf(context: Context, text: string | undefined): Promise<Branch> {
  const branches = await listBranches(context);
  const wanted = text?.trim().toLowerCase();
  const [only, another] = branches;
  const found =
    wanted === undefined
      ? another === undefined
        ? only
        : undefined
      : branches.find(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new InvalidError(
    wanted === undefined
      ? 'There are several branches: say which one with its code or name.'
      : 'There is no such branch: give the code or name of one.',
    { field: 'branch' },
  );
}

export const blankProfile = {
  title: null,
  forename: null,
  surname: null,
  companyName: null,
  birthOn: null,
  createdOn: null,
  lastContactOn: null,
} as const;

export function requireName(profile: Pick<ProfileFields, 'forename' | 'surname' | 'companyName'>): void {
  if (profile.forename !== null || profile.surname !== null || profile.companyName !== null) return;
  throw new InvalidError('Give a forename, a surname or a company.', { field: 'surname' });
}

type Given<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** What was given, without what was left out. */
export function withoutUndefined<Fields extends object>(fields: Fields): Partial<Given<Fields>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Given<Fields>
  >;
}

export function unknownCustomer(): NotFoundError {
  return new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
}

/** A customer as the API shows one: instants as text, and nothing that only the program compares with. */
export function presentCustomer(customer: Customer): z.input<typeof customerSchema> {
  const { branchId: _, createdAt, updatedAt, contactPoints, vehicles, ...profile } = customer;
  return {
    ...profile,
    createdAt: toTimestamp(createdAt),
    updatedAt: toTimestamp(updatedAt),
    contactPoints: contactPoints.map(({ normalised, inUseSince, rank: _rank, ...point }) => ({
      ...point,
      usable: normalised !== null,
      inUseSince: toTimestamp(inUseSince),
    })),
    vehicles: [...vehicles],
  };
}

/** One change of one customer: under their lock, as a new version, judged again before it is done. */
export async function changeCustomer<Result>(
  context: Context,
  customerId: string,
  work: (transaction: Transaction, customer: CustomerRow) => Promise<Result>,
  expectedVersion?: number,
): Promise<Result> {
  const policy = await policyAt(context);
  return inTransaction(context.database.db, async (transaction) => {
    const customer = await lockCustomer(transaction, customerId);
    if (customer === undefined) throw unknownCustomer();
    if (customer.mergedIntoId !== null) {
      throw new ConflictError('This record became part of another one: change that one.', {
        code: 'customer-merged',
      });
    }
    if (expectedVersion !== undefined && customer.version !== expectedVersion) {
      throw new ConflictError('Somebody else changed this customer meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const result = await work(transaction, customer);
    await advanceVersion(transaction, customerId, nowOf(context));
    await judgeAgain(transaction, context, [customerId], policy);
    return result;
  });
}
