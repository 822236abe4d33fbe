import { createHash } from 'node:crypto';
import {
  companiesQuestion,
  defaultCounterWording,
  namesDealer,
  readOut,
  unknownPlaceholders,
} from '../../domain/counter-wording.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf, within } from '../../platform/context.ts';
import type { LegalEntity } from '../branches/service.ts';
import { listLegalEntities } from '../branches/service.ts';
import type { TimesRead, WordingVersionRow, insertReading as Write } from './store.ts';
import {
  countTimesRead,
  findEntriesWithoutWording,
  findReadings,
  findWordingPage,
  findWordingVersions,
  insertReading,
  insertWording,
  insertWordingVersion,
} from './store.ts';

/**
 * Wordings: exactly what was shown or read to a customer, by hash, and the versions of what is read out at the
 * counter and on the phone. Guarantees that no version ever changes, that each legal entity always has one in force,
 * and that a yes recorded on one can be shown with its very words.
 */
export interface CounterWording extends WordingVersionRow {
  /** The name of the controller. */
  readonly legalEntity: string;
  /** The one that is read out now. */
  readonly inForce: boolean;
}

/** A wording as it was shown or read out. `counter`: the version it is, where it is one of the counter. */
export interface SpokenWording {
  readonly text: string;
  readonly language: string;
  readonly counter?: Pick<WordingVersionRow, 'legalEntityId' | 'version'>;
}

type Transaction = Parameters<typeof Write>[0];

/** SHA-256 of a wording, hexadecimal: a record points at exactly what was shown or read. */
export function wordingHashOf(text: string): string {
  return createHash('sha256').update(text.normalize('NFC')).digest('hex');
}

/** Keeps a wording, once; answers its hash, hexadecimal. */
export async function keepWordingIn(
  transaction: Transaction,
  context: Context,
  { text, language, counter }: SpokenWording,
): Promise<string> {
  const hexadecimal = wordingHashOf(text);
  const hash = Buffer.from(hexadecimal, 'hex');
  await insertWording(transaction, { hash, text, language, registeredAt: nowOf(context) });
  if (counter !== undefined) {
    const { legalEntityId, version } = counter;
    await insertReading(transaction, { hash, legalEntityId, version });
  }
  return hexadecimal;
}

/** Of which version of the counter wording these hashes are; those of other wordings are missing. */
export async function counterVersionsOf(
  context: Context,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (hashes.length === 0) return new Map();
  const buffers = [...new Set(hashes)].map((hash) => Buffer.from(hash, 'hex'));
  const rows = await findReadings(context.database.db, buffers);
  return new Map(rows.map(({ hash, version }) => [hash.toString('hex'), version]));
}

/** Every version, by legal entity, the newest first. */
export async function listCounterWordings(context: Context): Promise<CounterWording[]> {
  const versions: CounterWording[] = [];
  for (const entity of await listLegalEntities(context)) {
    versions.push(...(await counterWordingsOf(context, entity.id)));
  }
  return versions;
}

/** The versions of one legal entity, the newest first; there is always one in force. */
export async function counterWordingsOf(context: Context, legalEntityId: number): Promise<CounterWording[]> {
  const entity = (await listLegalEntities(context)).find(({ id }) => id === legalEntityId);
  if (entity === undefined) throw new RangeError(`There is no legal entity ${legalEntityId}.`);
  const known = await findWordingVersions(context.database.db, legalEntityId);
  return known.length > 0 ? shown(context, entity, known) : beginWith(context, entity);
}

/** The version that is read out now. */
export function inForceOf(versions: readonly CounterWording[]): CounterWording {
  const found = versions.find(({ inForce }) => inForce);
  if (found === undefined) throw new RangeError('A legal entity has no wording in force.');
  return found;
}

/** Throws InvalidError for a text that does not name the dealer, or with an unknown placeholder. */
export function requireUsable(text: string, dealer: string, field: 'text' | 'phoneText'): void {
  const [unknown] = unknownPlaceholders(text);
  if (unknown !== undefined) {
    throw new InvalidError(`There is no placeholder ${unknown}: write {dealer} or {car}.`, { field });
  }
  if (namesDealer(text, dealer)) return;
  throw new InvalidError(
    'Say who asks: write {dealer} where the name of the dealer is read out. A yes is given to somebody.',
    { field },
  );
}

/** Adds a version to those of a legal entity, which is read out from its instant on. Inside the lock of its wordings. */
export async function addVersionIn(
  transaction: Transaction,
  context: Context,
  entity: LegalEntity,
  given: Omit<WordingVersionRow, 'legalEntityId' | 'version'>,
): Promise<CounterWording> {
  // The text that the program starts with stays on record as the first version.
  const known = await counterWordingsOf(within(context, transaction), entity.id);
  const version = (known[0]?.version ?? 0) + 1;
  const row: WordingVersionRow = { ...given, legalEntityId: entity.id, version };
  await insertWordingVersion(transaction, row);
  const [added] = shown(context, entity, [row, ...known]);
  if (added === undefined) throw new Error('A wording was added but not returned.');
  return added;
}

/** The first version, written down when it is first needed; several processes may do so at once. */
async function beginWith(context: Context, entity: LegalEntity): Promise<CounterWording[]> {
  const now = nowOf(context);
  await insertWordingVersion(context.database.db, {
    legalEntityId: entity.id,
    version: 1,
    text: defaultCounterWording,
    inForceFrom: now,
    recordedBy: null,
    recordedAt: now,
    phoneText: null,
    approvedBy: null,
    approvedAt: null,
  });
  return shown(context, entity, await findWordingVersions(context.database.db, entity.id));
}

function shown(context: Context, entity: LegalEntity, rows: readonly WordingVersionRow[]): CounterWording[] {
  const now = nowOf(context);
  const [first] = rows
    .filter(({ inForceFrom }) => inForceFrom <= now)
    .sort((a, b) => b.inForceFrom - a.inForceFrom || b.version - a.version);
  // Where the clock of another machine was ahead, the first version is the one there is.
  const current = first ?? rows.at(-1);
  return rows.map((row) => ({
    ...row,
    legalEntity: entity.name,
    inForce: row.version === current?.version,
  }));
}

/** Where it is read out: each has words of its own. */
export type Script = 'counter' | 'phone';

/** A version as it is read out to a customer with this car, with the companies that are asked about. */
export function spokenText(
  { text, phoneText, legalEntity }: CounterWording,
  script: Script,
  car: string,
  companies: readonly string[] = [],
): string {
  const words = script === 'phone' ? (phoneText ?? text) : text;
  return readOut(words, { dealer: legalEntity, car }) + companiesQuestion(companies);
}

/** How often each version was read out and what was answered recorded; those never read are missing. */
export async function timesRead(context: Context): Promise<TimesRead[]> {
  return countTimesRead(context.database.db);
}

/** The hashes, hexadecimal, of wordings whose text is not the one that was kept under its hash. */
export async function findAlteredWordings(context: Context): Promise<string[]> {
  const altered: string[] = [];
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    const page = await findWordingPage(context.database.db, after, 1_000);
    for (const { hash, text } of page) {
      const hexadecimal = hash.toString('hex');
      if (wordingHashOf(text) !== hexadecimal) altered.push(hexadecimal);
      after = hash;
    }
    if (page.length === 0) return altered;
  }
}

/** The first entry of each of these customers that names a wording which is no longer there. */
export async function findMissingWordings(
  snapshot: Context['database']['db'],
  ids: readonly string[],
): Promise<{ customerId: string; sequence: number }[]> {
  return findEntriesWithoutWording(snapshot, ids);
}
