import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { cellIndex } from '../../domain/facts.ts';
import type { Clause, VehicleClause } from '../../domain/selection-criteria.ts';
import type { Category, Channel } from '../../domain/vocabulary.ts';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';
import {
  asksProfile,
  asksVehicleOnly,
  peoplePredicate,
  requiredVehicle,
  vehiclePredicate,
  writtenVehicles,
} from './criteria/store.ts';

/** Which people match, and the stored code of each; permission itself is only ever grouped and compared. */
export interface SelectionQuery {
  readonly clause: Clause;
  /** The local date that relative dates were counted from. */
  readonly today: string;
  /** The stored code that answers; null: everybody is judged from facts. */
  readonly answer: {
    readonly channel: Channel;
    readonly category: Category;
    readonly aboutCompany: boolean;
  } | null;
  readonly policyVersionId: number;
  readonly at: number;
  /** Whether marketing of the last 30 days is counted, for the frequency cap. */
  readonly countsSent: boolean;
  /** Rows say whether the person was judged again since this instant; null: nobody asks. */
  readonly changedSince: number | null;
}

type Reader = Kysely<Tables>;
const thirtyDays = 30 * 86_400_000;

/** One row a matching person: `code` is null where the facts must be asked. Merged records are not people. */
export function people(
  query: SelectionQuery,
  answer: RawBuilder<unknown> = sql`${codeOf(query, storedCodeOf(query))} as code`,
  further: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const required = query.answer?.category === 'service_follow_up' ? requiredVehicle(query.clause) : null;
  return sql`
    select standing.customer_id, ${answer}, ${sentOf(query)} as sent${changedOf(query)}
    from permission_standing standing
    ${profileOf(query)}
    ${bestVehicle(query)}
    ${query.countsSent ? sentLately(query) : sql``}
    where ${peoplePredicate(query.clause, query.today, required)}
      and standing.customer_id not in (${mergedRecords}) ${further}`;
}

function profileOf({ clause }: Pick<SelectionQuery, 'clause'>): RawBuilder<unknown> {
  return asksProfile(clause) ? sql`join customer on customer.id = standing.customer_id` : sql``;
}

/** The standing rows of everybody who matches, merged records too. */
export function matchingStandings(query: SelectionQuery): RawBuilder<unknown> {
  return sql`
    permission_standing standing ${profileOf(query)}
    where ${peoplePredicate(query.clause, query.today, null)}`;
}

/** Records that became part of others. */
export const mergedRecords = sql`select id from customer where merged_into_id is not null`;

function sentOf(query: SelectionQuery): RawBuilder<unknown> {
  return query.countsSent ? sql`coalesce(sent.messages, 0)` : sql`0`;
}

function changedOf({ changedSince }: SelectionQuery): RawBuilder<unknown> {
  return changedSince === null ? sql`` : sql`, standing.judged_at > ${toTimestamp(changedSince)} as changed`;
}

function sentLately({ at }: SelectionQuery): RawBuilder<unknown> {
  return sql`
    left join (
      select customer_id, count(*) as messages from hand_over
      where marketing and handed_over_at > ${toTimestamp(at - thirtyDays)}
        and handed_over_at <= ${toTimestamp(at)}
      group by customer_id
    ) sent on sent.customer_id = standing.customer_id`;
}

function columnOf({ channel, category }: { channel: Channel; category: Category }): RawBuilder<unknown> {
  // why: cellIndex knows every cell, so that nothing but a known column is ever named.
  if (Number.isNaN(cellIndex(channel, category))) throw new RangeError('There is no such cell.');
  return sql.raw(`${channel}_${category}`);
}

/** A code answers for an instant only if it was judged by then, still holds, and under the policy in force. */
function codeOf(query: Answering, stored: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${holdsOf(query)} then ${stored} end`;
}

type Answering = Pick<SelectionQuery, 'answer' | 'policyVersionId' | 'at'>;

export function holdsOf({ answer, at, policyVersionId }: Answering): RawBuilder<unknown> {
  if (answer === null) return sql`false`;
  const unnamed = answer.aboutCompany ? sql` and not standing.names_third_parties` : sql``;
  return sql`(standing.judged_at <= ${toTimestamp(at)}::timestamptz
    and (standing.holds_until is null or standing.holds_until > ${toTimestamp(at)}::timestamptz)
    and standing.policy_version_id = ${policyVersionId}${unnamed})`;
}

/** The code of one row, whether it holds or not: about the vehicles asked for, where the message is about one. */
export function storedCodeOf({ answer, clause }: SelectionQuery): RawBuilder<unknown> {
  if (answer === null) return sql`null::integer`;
  const standing = sql`standing.${columnOf(answer)}`;
  if (answer.category !== 'service_follow_up') return standing;
  return writtenVehicles(clause) === null
    ? sql`standing.${sql.raw(`${answer.channel}_about_vehicles`)}`
    : sql`coalesce(best.code, ${standing})`;
}

/**
 * The greatest code of the vehicles that are written about, where the criteria ask for some. Codes grow from the
 * first stage that refuses to the allows, so the greatest is a yes where there is one, and else the refusal
 * nearest to a yes.
 */
function bestVehicle({ answer, clause, today }: SelectionQuery): RawBuilder<unknown> {
  const written = writtenVehicles(clause);
  if (answer?.category !== 'service_follow_up' || written === null) return sql``;
  const column = columnOf(answer);
  const required = requiredVehicle(clause);
  if (required !== null) {
    return sql`join (${bestOf(required, column, today)}) best on best.customer_id = standing.customer_id`;
  }
  return sql`
    left join (
      select kept.customer_id,
        coalesce(max(kept.${column}) filter (where ${vehiclePredicate(written, today)}), max(kept.${column})) as code
      from keeper_standing kept
      group by kept.customer_id
    ) best on best.customer_id = standing.customer_id`;
}

/** The greatest code of each person with such a vehicle, of the vehicles that are such. */
function bestOf(such: VehicleClause, column: RawBuilder<unknown>, today: string): RawBuilder<unknown> {
  return sql`
    select kept.customer_id, max(kept.${column}) as code
    from keeper_standing kept where ${vehiclePredicate(such, today)} group by kept.customer_id`;
}

/** How the criteria of a message about vehicles choose them. */
export function vehiclesOf({ answer, clause }: SelectionQuery): 'none' | 'any' | 'required' | 'some' {
  if (answer?.category !== 'service_follow_up') return 'none';
  if (writtenVehicles(clause) === null) return 'any';
  return requiredVehicle(clause) === null ? 'some' : 'required';
}

/**
 * As `people`, where everybody must have such a vehicle and every answer holds: from the vehicles alone, and from
 * the people's own rows only what else is asked.
 */
export function peopleWithVehicle(query: SelectionQuery): RawBuilder<unknown> {
  const { answer, clause, today } = query;
  const required = requiredVehicle(clause);
  if (answer === null || required === null) throw new RangeError('These criteria ask for no vehicle.');
  const others = asksVehicleOnly(clause, required)
    ? sql``
    : sql`join permission_standing standing on standing.customer_id = best.customer_id ${profileOf(query)}`;
  return sql`
    select best.customer_id, best.code
    from (${bestOf(required, columnOf(answer), today)}) best ${others}
    where ${peoplePredicate(clause, today, required)} and best.customer_id not in (${mergedRecords})`;
}

/** Which codes a page is wanted of; those to be judged from facts (null) always come too. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
}

export interface PersonRow {
  readonly customerId: string;
  readonly code: number | null;
  readonly sent: number;
  /** Only where the query asks for it. */
  readonly changed?: boolean;
}

/** The next page of matching people in the order of their ids; `codes` null: only those without a code. */
export async function findPeople(
  db: Reader,
  query: SelectionQuery,
  codes: CodeRange | null,
  after: string | null,
  limit: number,
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`${pageOf(query, codes, after, limit)}`.execute(db);
  return rows;
}

/** See `findPeople`. */
export function pageOf(
  query: SelectionQuery,
  codes: CodeRange | null,
  after: string | null,
  limit: number,
): RawBuilder<unknown> {
  // why: asked of what is stored, of which the planner knows how much there is, and not of the code made of it.
  const wanted =
    codes === null ? sql`` : sql` or ${storedCodeOf(query)} between ${codes.from} and ${codes.to}`;
  const later = after === null ? sql`` : sql`and standing.customer_id > ${after}::uuid`;
  const code = sql`${codeOf(query, storedCodeOf(query))} as code`;
  return sql`
    ${people(query, code, sql`and (not ${holdsOf(query)}${wanted}) ${later}`)}
    order by standing.customer_id limit ${limit}`;
}

/** Opens a cursor over all matching people in the order of their ids, for as long as the transaction lasts. */
export async function openPeople(transaction: Reader, query: SelectionQuery): Promise<void> {
  await sql`
    declare selected_people no scroll cursor for
    ${people(query)} order by standing.customer_id`.execute(transaction);
}

export async function nextPeople(transaction: Reader, limit: number): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`fetch forward ${sql.raw(String(limit))} from selected_people`.execute(
    transaction,
  );
  return rows;
}

/** The stored code of these customers for one cell, and of one vehicle where one is asked about. */
export async function findCodes(
  db: Reader,
  query: Pick<SelectionQuery, 'answer' | 'policyVersionId' | 'at'>,
  asked: readonly { readonly customerId: string; readonly vehicleId: string | null }[],
): Promise<{ customerId: string; vehicleId: string | null; code: number | null }[]> {
  if (query.answer === null || asked.length === 0) return [];
  const asking = JSON.stringify(
    asked.map(({ customerId, vehicleId }) => ({ customer_id: customerId, vehicle_id: vehicleId })),
  );
  const ofVehicle = query.answer.category === 'service_follow_up';
  const stored = sql`standing.${columnOf(query.answer)}`;
  const best = ofVehicle
    ? sql`left join lateral (
        select kept.${columnOf(query.answer)} as code from keeper_standing kept
        where kept.customer_id = asked.customer_id and kept.vehicle_id = asked.vehicle_id
      ) best on true`
    : sql``;
  // A vehicle without a code of its own is not answered by the code for no vehicle at all.
  const known = ofVehicle ? sql`(asked.vehicle_id is null or best.code is not null)` : sql`true`;
  const { rows } = await sql<{ customerId: string; vehicleId: string | null; code: number | null }>`
    select asked.customer_id, asked.vehicle_id, case when ${known} then ${codeOf(query, ofVehicle ? sql`coalesce(best.code, ${stored})` : stored)} end as code
    from jsonb_to_recordset(${asking}::jsonb) as asked (customer_id uuid, vehicle_id uuid)
    join permission_standing standing on standing.customer_id = asked.customer_id
    ${best}`.execute(db);
  return rows;
}

/** The vehicles of these people; `written`: one the selection writes about. */
export async function findKeptVehicles(
  db: Reader,
  { clause, today }: Pick<SelectionQuery, 'clause' | 'today'>,
  ids: readonly string[],
): Promise<{ customerId: string; vehicleId: string; written: boolean }[]> {
  const written = requiredVehicle(clause) ?? writtenVehicles(clause);
  const wanted = written === null ? sql`true` : sql`coalesce(${vehiclePredicate(written, today)}, false)`;
  const { rows } = await sql<{ customerId: string; vehicleId: string; written: boolean }>`
    select keeper.customer_id, keeper.vehicle_id, ${wanted} as written
    from keeper
    left join keeper_standing kept on kept.customer_id = keeper.customer_id and kept.vehicle_id = keeper.vehicle_id
    where keeper.customer_id = any(${ids}::uuid[])
    order by keeper.customer_id, keeper.vehicle_id`.execute(db);
  return rows;
}

export interface NameRow {
  readonly id: string;
  readonly customerNumber: string;
  readonly name: string;
  readonly branch: string;
}

/** What a `NameRow` has, of `customer` and `branch`. */
export const nameColumns = sql`customer.id, customer.customer_number, branch.name as branch,
  coalesce(nullif(concat_ws(' ', title, forename, surname), ''), company_name) as name`;

export async function findNames(db: Reader, ids: readonly string[]): Promise<NameRow[]> {
  const { rows } = await sql<NameRow>`
    select ${nameColumns}
    from customer join branch on branch.id = customer.branch_id
    where customer.id = any(${ids}::uuid[])`.execute(db);
  return rows;
}
