import type pg from 'pg';

/**
 * The limit of selecting: what a database expert would write for these very questions and no others. One
 * table a person with nothing but their branch and the three answers asked about, one a vehicle with what the
 * criteria ask, each packed as narrowly as the database can; no law, no time, no other question. A list of people
 * also takes their names, and a note of who looked.
 */
export async function packTables(owner: pg.Client): Promise<{ people: number; vehicles: number }> {
  await owner.query(`
    drop schema if exists bench_limit cascade;
    create schema bench_limit;

    create table bench_limit.person as
    select standing.customer_id,
      standing.branch_id,
      standing.letter_general_marketing as letter_marketing,
      coalesce(best.code, standing.letter_service_follow_up) as letter_service
    from permission_standing standing
    left join (
      select customer_id, max(letter_service_follow_up) as code from keeper_standing group by customer_id
    ) best on best.customer_id = standing.customer_id
    order by standing.customer_id;
    alter table bench_limit.person add primary key (customer_id);
    create index on bench_limit.person (branch_id, letter_marketing);

    create table bench_limit.vehicle as
    select keeper.customer_id, lower(vehicle.make) as make, vehicle.mot_due_on, keeper.until_on,
      kept.letter_service_follow_up as letter_service
    from keeper
    join vehicle on vehicle.id = keeper.vehicle_id
    join keeper_standing kept on kept.customer_id = keeper.customer_id and kept.vehicle_id = keeper.vehicle_id
    order by keeper.customer_id;
    create index on bench_limit.vehicle (make, mot_due_on) include (customer_id, until_on, letter_service);

    create table bench_limit.look (looked_at timestamptz not null, actor text not null, action text not null);

    grant usage on schema bench_limit to navigator_app;
    grant select on all tables in schema bench_limit to navigator_app`);
  await owner.query('vacuum analyze bench_limit.person');
  await owner.query('vacuum analyze bench_limit.vehicle');
  // Ours alike, as the database does by itself some minutes after much was written.
  await owner.query('vacuum analyze permission_standing');
  await owner.query('vacuum analyze keeper_standing');
  const { rows } = await owner.query<{ people: number; vehicles: number }>(`
    select (select count(*)::integer from bench_limit.person) as people,
      (select count(*)::integer from bench_limit.vehicle) as vehicles`);
  return rows[0] ?? { people: 0, vehicles: 0 };
}

/** People by code, as one statement over the packed tables. */
export type LimitCount = (owner: pg.Client) => Promise<ReadonlyMap<number, number>>;

export const countEverybody: LimitCount = (owner) =>
  grouped(
    owner,
    'select letter_marketing as code, count(*)::integer as people from bench_limit.person group by 1',
  );

export const countService: LimitCount = (owner) =>
  grouped(
    owner,
    'select letter_service as code, count(*)::integer as people from bench_limit.person group by 1',
  );

export function countBranches(branches: readonly number[]): LimitCount {
  return (owner) =>
    grouped(
      owner,
      `select letter_marketing as code, count(*)::integer as people
       from bench_limit.person where branch_id = any($1::smallint[]) group by 1`,
      [branches],
    );
}

export function countDueMakes(makes: readonly string[], from: string, to: string, today: string): LimitCount {
  return (owner) =>
    grouped(
      owner,
      `select code, count(*)::integer as people from (
         select customer_id, max(letter_service) as code from bench_limit.vehicle
         where make = any($1::text[]) and mot_due_on between $2 and $3 and (until_on is null or until_on > $4)
         group by customer_id
       ) person group by code`,
      [makes, from, to, today],
    );
}

/**
 * The first people who may be written to, with what a list shows of each, once it is on record that somebody
 * looked: a list of people is never shown without that, so whoever answers the question has to write it down.
 */
export async function firstPermitted(owner: pg.Client, limit: number): Promise<string[]> {
  await owner.query(
    `insert into bench_limit.look (looked_at, actor, action) values (now(), 'benchmark', 'selection opened')`,
  );
  const { rows } = await owner.query<{ customer_id: string }>(
    `select person.customer_id, customer.customer_number, branch.name as branch,
       coalesce(nullif(concat_ws(' ', title, forename, surname), ''), company_name) as name
     from (
       select customer_id from bench_limit.person where letter_marketing >= 16384 order by customer_id limit $1
     ) person
     join customer on customer.id = person.customer_id
     join branch on branch.id = customer.branch_id
     order by person.customer_id`,
    [limit],
  );
  return rows.map((row) => row.customer_id);
}

async function grouped(
  owner: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await owner.query<{ code: number; people: number }>(text, [...values]);
  return new Map(rows.map(({ code, people }) => [code, people]));
}
