-- why: what each import said of a customer outlasts another one's reversal, and what was recorded by an instant can be asked for as of then.
-- Tables and columns are new, so that nobody waits for them.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation
create table named_customer (
  customer_id uuid not null references customer (id) on delete cascade,
  batch_id uuid not null references import_batch (id),
  -- why: the no that the import carried, whether or not it was on file already and so got no entry of its own.
  no_follow_up boolean not null,
  no_marketing boolean not null,
  named_at timestamptz not null,
  primary key (customer_id, batch_id)
);

create table remembered_refusal (
  -- why: the customer number in lower case, of somebody who is not on file yet.
  customer_key text not null,
  batch_id uuid not null references import_batch (id),
  no_follow_up boolean not null,
  no_marketing boolean not null,
  recorded_at timestamptz not null,
  primary key (customer_key, batch_id)
);

grant select, insert, update on named_customer, remembered_refusal to navigator_app;

-- why: what a fact was before, and until when that was on record; a row is written whenever one of these changes, so
-- that a decision can be made again with what was known then.
alter table customer add column facts_since timestamptz;
alter table contact_point add column status_since timestamptz, add column recorded_at timestamptz;
alter table keeper add column recorded_at timestamptz;

create table customer_before (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer (id) on delete cascade,
  kind text not null,
  birth_on date,
  prospect boolean not null,
  branch_id smallint not null,
  merged_into_id uuid,
  recorded_until timestamptz not null
);
create index customer_before_customer on customer_before (customer_id, recorded_until);

create table contact_point_before (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer (id) on delete cascade,
  contact_point_id uuid not null,
  status text not null,
  recorded_until timestamptz not null
);
create index contact_point_before_customer on contact_point_before (customer_id, recorded_until);

create table keeper_before (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer (id) on delete cascade,
  vehicle_id uuid not null,
  from_on date,
  until_on date,
  recorded_from timestamptz not null,
  recorded_until timestamptz not null
);
create index keeper_before_customer on keeper_before (customer_id, recorded_until);

create function keep_customer_before() returns trigger
language plpgsql as $$
begin
  insert into customer_before (customer_id, kind, birth_on, prospect, branch_id, merged_into_id, recorded_until)
  values (old.id, old.kind, old.birth_on, old.prospect, old.branch_id, old.merged_into_id, coalesce(new.facts_since, now()));
  return null;
end;
$$;

create trigger customer_before_change
after update on customer
for each row
when (
  (old.kind, old.birth_on, old.prospect, old.branch_id, old.merged_into_id)
  is distinct from (new.kind, new.birth_on, new.prospect, new.branch_id, new.merged_into_id)
)
execute function keep_customer_before();

create function keep_contact_point_before() returns trigger
language plpgsql as $$
begin
  insert into contact_point_before (customer_id, contact_point_id, status, recorded_until)
  values (old.customer_id, old.id, old.status, coalesce(new.status_since, now()));
  return null;
end;
$$;

create trigger contact_point_before_change
after update on contact_point
for each row
when (old.status is distinct from new.status)
execute function keep_contact_point_before();

create function keep_keeper_before() returns trigger
language plpgsql as $$
begin
  insert into keeper_before (customer_id, vehicle_id, from_on, until_on, recorded_from, recorded_until)
  values (
    old.customer_id, old.vehicle_id, old.from_on, old.until_on, coalesce(old.recorded_at, old.created_at),
    coalesce(new.recorded_at, now())
  );
  return null;
end;
$$;

create trigger keeper_before_change
after update on keeper
for each row
when ((old.from_on, old.until_on) is distinct from (new.from_on, new.until_on))
execute function keep_keeper_before();

grant select, insert on customer_before, contact_point_before, keeper_before to navigator_app;

-- why: earlier versions let a tick without evidence lift a wish for no reminders about a car; it is judged again.
update permission_standing set policy_version_id = 0
where customer_id in (
  select entry.customer_id from ledger_event entry
  where entry.kind = 'vehicle_contact_set' and entry.act ->> 'permitted' = 'true'
);
