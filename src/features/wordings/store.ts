import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface WordingVersionRow {
  readonly legalEntityId: number;
  readonly version: number;
  readonly text: string;
  readonly inForceFrom: number;
  readonly recordedBy: string | null;
  readonly recordedAt: number;
  /** Null where the words of the counter are read out on the phone, too. */
  readonly phoneText: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
}

export async function insertWording(
  db: Kysely<Tables>,
  wording: { hash: Buffer; text: string; language: string; registeredAt: number },
): Promise<void> {
  await db
    .insertInto('wording')
    .values({ ...wording, registeredAt: toTimestamp(wording.registeredAt) })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** Every version of a legal entity, or of all of them, the newest of each first. */
export async function findWordingVersions(
  db: Kysely<Tables>,
  legalEntityId: number | null,
): Promise<WordingVersionRow[]> {
  return db
    .selectFrom('wordingVersion')
    .select([
      'legalEntityId',
      'version',
      'text',
      'inForceFrom',
      'recordedBy',
      'recordedAt',
      'phoneText',
      'approvedBy',
      'approvedAt',
    ])
    .$if(legalEntityId !== null, (query) => query.where('legalEntityId', '=', legalEntityId))
    .orderBy('legalEntityId')
    .orderBy('version', 'desc')
    .execute();
}

/** Adds a version; one that is there already stays as it is. */
export async function insertWordingVersion(db: Kysely<Tables>, row: WordingVersionRow): Promise<void> {
  await db
    .insertInto('wordingVersion')
    .values({
      ...row,
      inForceFrom: toTimestamp(row.inForceFrom),
      recordedAt: toTimestamp(row.recordedAt),
      approvedAt: row.approvedAt === null ? null : toTimestamp(row.approvedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function insertReading(
  transaction: Transaction<Tables>,
  reading: { hash: Buffer; legalEntityId: number; version: number },
): Promise<void> {
  await transaction
    .insertInto('wordingReading')
    .values(reading)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of which version these wordings are, the newest where several versions read alike. */
export async function findReadings(
  db: Kysely<Tables>,
  hashes: readonly Buffer[],
): Promise<{ hash: Buffer; version: number }[]> {
  const { rows } = await sql<{ hash: Buffer; version: number }>`
    select hash, max(version) as version from wording_reading
    where hash = any(${hashes}::bytea[])
    group by hash`.execute(db);
  return rows;
}

export interface TimesRead {
  readonly legalEntityId: number;
  readonly version: number;
  readonly times: number;
  readonly byPhone: number;
}

/** How often each version was read out; where several read alike, it is the one that was in force at the time. */
export async function countTimesRead(db: Kysely<Tables>): Promise<TimesRead[]> {
  const { rows } = await sql<TimesRead>`
    select read.legal_entity_id, read.version, count(*)::integer as times,
      (count(*) filter (where method = 'phone'))::integer as by_phone
    from ledger_event
    cross join lateral (
      select legal_entity_id, version
      from wording_reading join wording_version using (legal_entity_id, version)
      where hash = ledger_event.wording_hash and legal_entity_id = ledger_event.legal_entity_id
      order by in_force_from <= ledger_event.recorded_at desc, in_force_from desc, version desc
      limit 1
    ) read
    where wording_hash is not null
    group by 1, 2`.execute(db);
  return rows;
}

/** The next page of all wordings, in the order of their hashes; start with none. */
export async function findWordingPage(
  db: Kysely<Tables>,
  after: Buffer,
  limit: number,
): Promise<{ hash: Buffer; text: string }[]> {
  return db
    .selectFrom('wording')
    .select(['hash', 'text'])
    .where('hash', '>', after)
    .orderBy('hash')
    .limit(limit)
    .execute();
}

/** The first entry of each of these customers that names a wording which is not there. */
export async function findEntriesWithoutWording(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ customerId: string; sequence: number }[]> {
  const { rows } = await sql<{ customerId: string; sequence: number }>`
    select customer_id, min(sequence) as sequence from ledger_event
    where customer_id = any(${ids}::uuid[]) and wording_hash is not null
      and not exists (select from wording where wording.hash = ledger_event.wording_hash)
    group by customer_id order by customer_id`.execute(db);
  return rows;
}
