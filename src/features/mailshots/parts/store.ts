import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Tables } from '../../../platform/tables.ts';
import type { CodeRange, NameRow, PersonRow, SelectionQuery } from '../store.ts';
import { nameColumns, pageOf } from '../store.ts';

/** The next page of matching people as `findPeople` has it, with what a list shows of each. */
export async function findNamedPeople(
  db: Kysely<Tables>,
  query: SelectionQuery,
  codes: CodeRange,
  after: string | null,
  limit: number,
): Promise<(PersonRow & NameRow)[]> {
  const { rows } = await sql<PersonRow & NameRow>`
    select person.customer_id, person.code, person.sent, ${nameColumns}
    from (${pageOf(query, codes, after, limit)}) person
    join customer on customer.id = person.customer_id
    join branch on branch.id = customer.branch_id
    order by person.customer_id`.execute(db);
  return rows;
}
