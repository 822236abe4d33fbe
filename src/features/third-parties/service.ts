import { v7 as uuid } from 'uuid';
import { namesCompany } from '../../domain/company-name.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { findThirdParties, findThirdPartyNames, insertThirdParties } from './store.ts';

/**
 * The companies that customers were shown by their full name; a name is registered when it is first shown.
 * Words that name nobody are left out.
 */
export async function thirdPartyIds(
  context: Context,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = await knownThirdPartyIds(context, names);
  const missing = [...new Set(names)].filter((name) => namesCompany(name) && !known.has(name));
  if (missing.length === 0) return known;
  await insertThirdParties(
    context.database.db,
    missing.map((name) => ({ id: uuid(), name: tidy(name), createdAt: nowOf(context) })),
  );
  return knownThirdPartyIds(context, names);
}

/**
 * Only companies that somebody has been shown; asking about another does not register it. Words that name nobody
 * are no company, whatever was ever recorded of them.
 */
export async function knownThirdPartyIds(
  context: Context,
  names: readonly string[],
): Promise<Map<string, string>> {
  const companies = names.filter(namesCompany);
  if (companies.length === 0) return new Map();
  const rows = await findThirdParties(context.database.db, companies.map(tidy));
  const ids = new Map(rows.map((row) => [row.name.toLowerCase(), row.id]));
  return new Map(
    companies.flatMap((name) => {
      const id = ids.get(tidy(name).toLowerCase());
      return id === undefined ? [] : [[name, id] as const];
    }),
  );
}

/** The names of companies, by id. */
export async function thirdPartyNames(
  context: Context,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await findThirdPartyNames(context.database.db, ids);
  return new Map(rows.map((row) => [row.id, row.name]));
}

function tidy(name: string): string {
  // why: a character that nobody sees would make another company of it, of which nothing was refused.
  return name
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
}
