import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../../platform/database.ts';
import type { Tables } from '../../../platform/tables.ts';

export interface AccessPlace {
  readonly at: number;
  readonly id: number;
}

/** What is left out is not asked. */
export interface AccessFilter {
  readonly actorId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  /** Milliseconds, the first of them. */
  readonly from?: number | undefined;
  /** Milliseconds, the first that counts no longer. */
  readonly before?: number | undefined;
}

export interface AccessRow {
  readonly id: number;
  readonly accessedAt: number;
  readonly actorId: string;
  readonly action: string;
  readonly customerId: string | null;
  readonly customerNumber: string | null;
  readonly detail: Readonly<Record<string, string | null>> | null;
}

/**
 * The newest first, from before a place on. Each kind of look is read from its own end of an index and the newest are
 * taken of all, so that a rare kind is found among millions of others without going through them.
 */
export async function listAccessRows(
  db: Kysely<Tables>,
  { actorId, customerId, actions, from, before }: AccessFilter,
  { after, limit }: { readonly after: AccessPlace | null; readonly limit: number },
): Promise<AccessRow[]> {
  const conditions = [
    actorId === undefined ? null : sql`actor_id = ${actorId}`,
    customerId === undefined ? null : sql`customer_id = ${customerId}`,
    from === undefined ? null : sql`accessed_at >= ${toTimestamp(from)}`,
    before === undefined ? null : sql`accessed_at < ${toTimestamp(before)}`,
    after === null ? null : sql`(accessed_at, id) < (${toTimestamp(after.at)}, ${after.id})`,
  ].filter((condition) => condition !== null);
  const newest = sql`order by accessed_at desc, id desc limit ${limit}`;
  const where = (first: typeof newest) => sql`where ${sql.join([first, ...conditions], sql` and `)}`;
  const lines =
    actions === undefined
      ? sql`select * from access_log ${where(sql`true`)} ${newest}`
      : sql`select line.* from unnest(${actions}::text[]) as wanted (action)
          cross join lateral (
            select * from access_log ${where(sql`access_log.action = wanted.action`)} ${newest}
          ) as line ${newest}`;
  const { rows } = await sql<AccessRow>`
    select line.id, line.accessed_at, line.actor_id, line.action, line.customer_id, line.detail,
      customer.customer_number
    from (${lines}) as line left join customer on customer.id = line.customer_id
    order by line.accessed_at desc, line.id desc`.execute(db);
  return rows;
}

export interface ActorRow {
  readonly id: string;
  readonly name: string;
  readonly isProgram: boolean;
}

/** Everybody who may have looked: staff, those who are gone, too, and programs, by name. */
export async function listActorRows(db: Kysely<Tables>): Promise<ActorRow[]> {
  const { rows } = await sql<ActorRow>`
    select id, full_name as name, false as is_program from staff_user
    union all select id, name, true as is_program from api_key
    order by is_program, name, id`.execute(db);
  return rows;
}
