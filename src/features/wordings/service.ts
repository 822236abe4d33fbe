import { createHash } from 'node:crypto';
import {
  companiesQuestion,
  defaultCounterWording,
  namesDealer,
  readOut,
  unknownPlaceholders,
} from '../../domain/counter-wording.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import type { LegalEntity } from '../branches/service.ts';
import { listLegalEntities } from '../branches/service.ts';
import type { NewWording } from './contract.ts';
import type { lockWordings as Lock, WordingVersionRow } from './store.ts';
import {
  findEntriesWithoutWording,
  findReadings,
  findWordingPage,
  findWordingVersions,
  insertReading,
  insertWording,
  insertWordingVersion,
  lockWordings,
} from './store.ts';

/**
 * Wordings: exactly what was shown or read to a customer, by hash, and the versions of what is read out at the
 * counter. Guarantees that no version ever changes, that each legal entity always has one in force, and that a
 * yes recorded on one can be shown with its very words.
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

type Transaction = Parameters<typeof Lock>[0];

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

/**
 * Adds a version, which is read out from its instant on; those before it stay as they are.
 *
 * Throws InvalidError for a text that does not name the dealer, an unknown placeholder or legal entity, or an
 * instant in the past.
 */
export async function recordCounterWording(
  context: Context,
  given: NewWording,
  actor: Actor,
): Promise<CounterWording> {
  const entity = await entityOf(context, given.legalEntity);
  requireUsable(given.text, entity.name);
  const now = nowOf(context);
  const inForceFrom = given.inForceFrom === undefined ? now : Date.parse(given.inForceFrom);
  if (inForceFrom < now) {
    throw new InvalidError(
      'A wording cannot have been in force before it was written: choose now or later.',
      {
        field: 'inForceFrom',
      },
    );
  }
  // The text that the program starts with stays on record as the first version.
  await counterWordingsOf(context, entity.id);
  return inTransaction(context.database.db, async (transaction) => {
    await lockWordings(transaction, entity.id);
    const known = await findWordingVersions(transaction, entity.id);
    const row: WordingVersionRow = {
      legalEntityId: entity.id,
      version: (known[0]?.version ?? 0) + 1,
      text: given.text,
      inForceFrom,
      recordedBy: actor.id,
      recordedAt: now,
    };
    await insertWordingVersion(transaction, row);
    const [added] = shown(context, entity, [row, ...known]);
    if (added === undefined) throw new Error('A wording was added but not returned.');
    return added;
  });
}

function requireUsable(text: string, dealer: string): void {
  const [unknown] = unknownPlaceholders(text);
  if (unknown !== undefined) {
    throw new InvalidError(`There is no placeholder ${unknown}: write {dealer} or {car}.`, { field: 'text' });
  }
  if (namesDealer(text, dealer)) return;
  throw new InvalidError(
    'Say who asks: write {dealer} where the name of the dealer is read out. A yes is given to somebody.',
    { field: 'text' },
  );
}

async function entityOf(context: Context, name: string | undefined): Promise<LegalEntity> {
  const entities = await listLegalEntities(context);
  const [only, another] = entities;
  const wanted = name?.trim().toLowerCase();
  const found =
    wanted === undefined
      ? another === undefined
        ? only
        : undefined
      : entities.find((entity) => entity.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new InvalidError(
    wanted === undefined
      ? 'There are several legal entities: say which one with its full name.'
      : 'There is no such legal entity: give the full name of one.',
    { field: 'legalEntity' },
  );
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

/** A version as it is read out to a customer with this car, with the companies that are asked about. */
export function spokenText(
  { text, legalEntity }: CounterWording,
  car: string,
  companies: readonly string[] = [],
): string {
  return readOut(text, { dealer: legalEntity, car }) + companiesQuestion(companies);
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
