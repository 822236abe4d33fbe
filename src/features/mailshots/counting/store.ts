import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { cellIndex } from '../../../domain/facts.ts';
import { categories, channels } from '../../../domain/vocabulary.ts';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';
import type { SelectionQuery } from '../store.ts';
import {
  holdsOf,
  matchingStandings,
  mergedRecords,
  people,
  peopleWithVehicle,
  storedCodeOf,
  vehiclesOf,
} from '../store.ts';

type Reader = Kysely<Tables>;
type Answer = NonNullable<SelectionQuery['answer']>;

export interface CodeGroup {
  /** Null where the facts must be asked. */
  readonly code: number | null;
  readonly sent: number;
  readonly people: number;
}

/**
 * Whole numbers of matching people by code, by narrow indexes alone. Null where this is not possible: somebody was
 * judged later than the instant asked about, has lapsed by then or has another policy's answers, or each person
 * must be looked up.
 */
export async function countStored(db: Reader, query: SelectionQuery): Promise<CodeGroup[] | null> {
  const vehicles = vehiclesOf(query);
  if (query.answer === null || query.countsSent || vehicles === 'some') return null;
  const groups = vehicles === 'required' ? groupsByVehicles(query) : groupsByAnswers(query, query.answer);
  // One statement, so that what holds is said of the very answers that are counted.
  const { rows } = await sql<{ holds: boolean; code: number | null; people: number | null }>`
    select everybody.holds, counted.code, counted.people
    from (select ${everyAnswerHolds(query)} as holds offset 0) everybody
    left join (${groups}) counted on everybody.holds`.execute(db);
  if (rows[0]?.holds !== true) return null;
  return rows.flatMap(({ code, people: counted }) =>
    counted === null ? [] : [{ code, sent: 0, people: counted }],
  );
}

function everyAnswerHolds({ at, policyVersionId }: SelectionQuery): RawBuilder<unknown> {
  return sql`not (
    exists (select from permission_standing where policy_version_id < ${policyVersionId})
    or exists (select from permission_standing where policy_version_id > ${policyVersionId})
    or exists (select from permission_standing where holds_until <= ${toTimestamp(at)}::timestamptz)
    or exists (select from permission_standing where judged_at > ${toTimestamp(at)}::timestamptz)
  )`;
}

/**
 * Whole numbers of matching people by code and by marketing messages of the last 30 days, whoever holds or not.
 *
 * Grouped by what is stored, and not by a code that depends on whether it holds: the planner knows that there
 * are few of each.
 */
export async function countGroups(snapshot: Reader, query: SelectionQuery): Promise<CodeGroup[]> {
  const answer = sql`${storedCodeOf(query)} as code, ${holdsOf(query)} as holds`;
  const { rows } = await sql<CodeGroup & { holds: boolean }>`
    select code, holds, sent, count(*) as people
    from (${people(query, answer)}) selected group by code, holds, sent`.execute(snapshot);
  return rows.map(({ code, holds, sent, people: counted }) => ({
    code: holds ? code : null,
    sent,
    people: counted,
  }));
}

/**
 * By all answers of a person together, which one index has in order, and their code only then. That index does
 * not know who is who: merged records, few, are taken away again.
 */
function groupsByAnswers(query: SelectionQuery, answer: Answer): RawBuilder<unknown> {
  const counted = (further: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select standing.branch_id, standing.answers, count(*) as people
    from ${matchingStandings(query)} ${further}
    group by standing.branch_id, standing.answers`;
  return sql`
    select ${codeWithin(answer)} as code, sum(people)::bigint as people
    from (
      select answers, people from (${counted(sql``)}) everybody
      union all
      select answers, -people from (${counted(sql`and standing.customer_id in (${mergedRecords})`)}) merged
    ) person
    group by code having sum(people) > 0`;
}

const cells = channels.length * categories.length;

/** The code of a cell within `answers`: two bytes each, first every cell, then the answers about vehicles. */
function codeWithin({ channel, category, aboutCompany }: Answer): RawBuilder<unknown> {
  const place =
    category === 'service_follow_up' ? cells + channels.indexOf(channel) : cellIndex(channel, category);
  const code = sql`((get_byte(answers, ${2 * place}::integer) << 8) | get_byte(answers, ${2 * place + 1}::integer))`;
  const namesCompanies = sql`get_byte(answers, ${2 * (cells + channels.length)}::integer) = 1`;
  return aboutCompany ? sql`case when ${namesCompanies} then null else ${code} end` : code;
}

/** By the greatest code of the vehicles that the criteria ask for. */
function groupsByVehicles(query: SelectionQuery): RawBuilder<unknown> {
  return sql`select code, count(*) as people from (${peopleWithVehicle(query)}) person group by code`;
}
