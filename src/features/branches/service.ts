import { InvalidError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import type { BranchRow, LegalEntityRow } from './store.ts';
import {
  findFirstLegalEntity,
  findFirstLegalEntityName,
  insertBranch,
  insertLegalEntity,
  listBranchRows,
  listLegalEntityRows,
  lockOrganisation,
  renameBranch,
  renameLegalEntity,
} from './store.ts';

/**
 * Branches, and the legal entities (the controllers) they belong to.
 * Guarantees that there is always at least one of each: a dealer with a single entity never sees it.
 */
export type Branch = BranchRow;
export type LegalEntity = LegalEntityRow;

const firstEntityName = 'The dealership';
const firstBranch = { code: 'MAIN', name: 'Main branch' };

/** Makes the first legal entity and branch of a fresh database. Several processes may call it at once. */
export async function ensureOrganisation(context: Context): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    await lockOrganisation(transaction);
    if ((await listBranchRows(transaction)).length > 0) return;
    const known = await findFirstLegalEntity(transaction);
    const legalEntityId = known ?? (await insertLegalEntity(transaction, firstEntityName));
    await insertBranch(transaction, { legalEntityId, ...firstBranch });
  });
}

export async function listBranches(context: Context): Promise<Branch[]> {
  return listBranchRows(context.database.db);
}

/** What the dealer is called where no branch is meant: the name of the first legal entity. */
export async function dealerName(context: Context): Promise<string> {
  return (await findFirstLegalEntityName(context.database.db)) ?? firstEntityName;
}

/** The controllers, the first one first. */
export async function listLegalEntities(context: Context): Promise<LegalEntity[]> {
  return listLegalEntityRows(context.database.db);
}

/**
 * The controller of this name, in any case and spacing; without a name the only one there is. Throws InvalidError
 * with the field `legalEntity`.
 */
export async function findLegalEntityNamed(context: Context, name?: string): Promise<LegalEntity> {
  const known = await listLegalEntities(context);
  const fitting = known.filter((one) => name === undefined || comparable(one.name) === comparable(name));
  const [found] = fitting;
  if (found !== undefined && fitting.length === 1) return found;
  const names = known.map((one) => `"${one.name}"`).join(', ');
  throw new InvalidError(
    name === undefined
      ? `There are several legal entities: name one of ${names}.`
      : `There is no legal entity of that name: name one of ${names}.`,
    { field: 'legalEntity' },
  );
}

/** Gives the legal entity and the branch that a fresh database starts with the names of this dealer. */
export async function nameOrganisation(
  context: Context,
  names: { readonly legalEntity: string; readonly branch: { readonly code: string; readonly name: string } },
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    await renameLegalEntity(transaction, firstEntityName, names.legalEntity);
    await renameBranch(transaction, firstBranch.code, names.branch);
  });
}

/** Adds a legal entity, or finds the one of that name. */
export async function addLegalEntity(context: Context, name: string): Promise<number> {
  return insertLegalEntity(context.database.db, name);
}

/** Adds a branch of a legal entity; one with the same code stays as it is. */
export async function addBranch(
  context: Context,
  branch: { legalEntityId: number; code: string; name: string },
): Promise<void> {
  await insertBranch(context.database.db, branch);
}

/**
 * The branch of this code or name, in any case and spacing; added under the first legal entity where there is
 * none yet.
 */
export async function branchFor(context: Context, text: string): Promise<Branch> {
  const find = async (): Promise<Branch | undefined> => branchNamed(await listBranches(context), text);
  const known = await find();
  if (known !== undefined) return known;
  const legalEntityId =
    (await findFirstLegalEntity(context.database.db)) ?? (await addLegalEntity(context, firstEntityName));
  await insertBranch(context.database.db, { legalEntityId, code: text.trim(), name: text.trim() });
  const added = await find();
  if (added === undefined) throw new Error('A branch was added but cannot be found.');
  return added;
}

/** The branch of this code or name, in any case and spacing. Throws InvalidError with the field `branch`. */
export async function findBranch(context: Context, text: string): Promise<Branch> {
  const found = branchNamed(await listBranches(context), text);
  if (found !== undefined) return found;
  throw new InvalidError('There is no such branch: give the code or name of one.', { field: 'branch' });
}

/** A code is nobody else's; a name may be. */
function branchNamed(branches: readonly Branch[], text: string): Branch | undefined {
  const wanted = comparable(text);
  return (
    branches.find(({ code }) => comparable(code) === wanted) ??
    branches.find(({ name }) => comparable(name) === wanted)
  );
}

function comparable(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
