import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';
import type { Register } from './contract.ts';

export interface PersonAtAddress {
  readonly customerId: string;
  /** Without spaces, in capitals. */
  readonly postcode: string;
  readonly line1: string | null;
  readonly surname: string | null;
}

/** Everybody who has an address in use at one of these postcodes, written without spaces and in capitals. */
export async function findPeopleAt(
  db: Kysely<Tables>,
  postcodes: readonly string[],
): Promise<PersonAtAddress[]> {
  if (postcodes.length === 0) return [];
  const { rows } = await sql<PersonAtAddress>`
    select point.customer_id, upper(replace(point.address ->> 'postcode', ' ', '')) as postcode,
      point.address ->> 'line1' as line1, customer.surname
    from contact_point point join customer on customer.id = point.customer_id
    where upper(replace(point.address ->> 'postcode', ' ', '')) collate "C" = any(${postcodes}::text[])
      and point.address is not null and point.removed_at is null and customer.merged_into_id is null
    order by point.customer_id`.execute(db);
  return rows;
}

export interface RegisterRow {
  readonly register: Register;
  readonly screened: number;
  readonly listed: number;
  readonly lastScreenedOn: string;
}

/** What each register said last of each subject, counted. */
export async function countScreenings(db: Kysely<Tables>): Promise<RegisterRow[]> {
  const { rows } = await sql<RegisterRow>`
    select register, count(*) as screened, count(listed_on) as listed, max(screened_on) as last_screened_on
    from (
      select distinct on (register, subject) register, listed_on, screened_on
      from register_screening order by register, subject, screened_on desc, recorded_at desc
    ) as latest
    group by register`.execute(db);
  return rows;
}

/** Numbers on file that a register was not asked about since a day, by whether their subscribers are corporate. */
export async function countToScreen(
  db: Kysely<Tables>,
  since: string,
  corporateKinds: readonly string[],
): Promise<{ tps: number; ctps: number }> {
  const { rows } = await sql<{ corporate: boolean; numbers: number }>`
    select held.corporate, count(*) as numbers
    from (
      select distinct point.normalised as number, customer.kind = any(${corporateKinds}::text[]) as corporate
      from contact_point point join customer on customer.id = point.customer_id
      where point.kind in ('mobile', 'landline') and point.normalised is not null and point.removed_at is null
        and customer.merged_into_id is null
    ) as held
    where not exists (
      select from register_screening screening
      where screening.register = case when held.corporate then 'ctps' else 'tps' end
        and screening.subject = held.number and screening.screened_on >= ${since}::date
    )
    group by held.corporate`.execute(db);
  const of = (corporate: boolean): number => rows.find((row) => row.corporate === corporate)?.numbers ?? 0;
  return { tps: of(false), ctps: of(true) };
}
