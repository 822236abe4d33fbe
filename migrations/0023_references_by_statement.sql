-- why: an import writes millions of rows; a foreign key looks each of them up on its own, which was half of what the
-- database did. The same references are held here once a statement, with the same locks, and no row is ever without
-- its owner. See docs/adr/0018.
-- The constraint and the indexes change in the transaction of the migration: no Navigator is at work meanwhile.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
alter table contact_point drop constraint contact_point_customer_id_fkey;
alter table keeper drop constraint keeper_customer_id_fkey;
alter table keeper drop constraint keeper_vehicle_id_fkey;
alter table permission_standing drop constraint permission_standing_customer_id_fkey;
alter table keeper_standing drop constraint keeper_standing_customer_id_vehicle_id_fkey;
alter table ledger_event drop constraint ledger_event_legal_entity_id_fkey;

-- why: the lock is a foreign key's: whoever removes an owner waits for what is being written under it, and sees it.
create function require_customers() returns trigger
language plpgsql as $$
declare
  known bigint;
begin
  select count(*) into known from (
    select from customer where id = any(array(select customer_id from written)) for key share
  ) locked;
  if known <> (select count(distinct customer_id) from written) then
    raise exception 'There is no such customer for a row of %.', tg_table_name
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end;
$$;

create function require_vehicles() returns trigger
language plpgsql as $$
declare
  known bigint;
begin
  select count(*) into known from (
    select from vehicle where id = any(array(select vehicle_id from written)) for key share
  ) locked;
  if known <> (select count(distinct vehicle_id) from written) then
    raise exception 'There is no such vehicle for a row of %.', tg_table_name
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end;
$$;

-- why: the pair is the key of both tables, so each row written has exactly one link.
create function require_keepers() returns trigger
language plpgsql as $$
declare
  known bigint;
begin
  select count(*) into known from (
    select
    from written
    join keeper on keeper.customer_id = written.customer_id and keeper.vehicle_id = written.vehicle_id
    for key share of keeper
  ) locked;
  if known <> (select count(*) from written) then
    raise exception 'There is no such keeper for a row of %.', tg_table_name
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end;
$$;

create function require_legal_entities() returns trigger
language plpgsql as $$
declare
  known bigint;
begin
  select count(*) into known from (
    select from legal_entity where id = any(array(select legal_entity_id from written)) for key share
  ) locked;
  if known <> (select count(distinct legal_entity_id) from written) then
    raise exception 'There is no such legal entity for a row of %.', tg_table_name
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end;
$$;

create trigger contact_point_customer_known after insert on contact_point
referencing new table as written for each statement execute function require_customers();
create trigger keeper_customer_known after insert on keeper
referencing new table as written for each statement execute function require_customers();
create trigger permission_standing_customer_known after insert on permission_standing
referencing new table as written for each statement execute function require_customers();
create trigger keeper_vehicle_known after insert on keeper
referencing new table as written for each statement execute function require_vehicles();
create trigger keeper_standing_keeper_known after insert on keeper_standing
referencing new table as written for each statement execute function require_keepers();
create trigger ledger_event_legal_entity_known after insert on ledger_event
referencing new table as written for each statement execute function require_legal_entities();

-- why: what belongs to a customer or a keeper link goes with it. Only a transaction that sees what was committed while
-- it waited for the lock sees everything that has to go, so any other is refused.
create function require_read_committed() returns trigger
language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'Rows of % are removed in a transaction that reads what is committed.', tg_table_name
      using errcode = 'feature_not_supported';
  end if;
  return null;
end;
$$;

create function remove_with_customers() returns trigger
language plpgsql as $$
begin
  delete from contact_point where customer_id = any(array(select id from removed));
  delete from permission_standing where customer_id = any(array(select id from removed));
  delete from keeper where customer_id = any(array(select id from removed));
  return null;
end;
$$;

create function remove_with_keepers() returns trigger
language plpgsql as $$
begin
  delete from keeper_standing using removed
  where keeper_standing.customer_id = removed.customer_id and keeper_standing.vehicle_id = removed.vehicle_id;
  return null;
end;
$$;

create function keep_vehicles_of_keepers() returns trigger
language plpgsql as $$
begin
  if exists (select from keeper where vehicle_id = any(array(select id from removed))) then
    raise exception 'A vehicle that somebody keeps cannot be removed.' using errcode = 'foreign_key_violation';
  end if;
  return null;
end;
$$;

create trigger customer_removed_read_committed before delete on customer
for each statement execute function require_read_committed();
create trigger keeper_removed_read_committed before delete on keeper
for each statement execute function require_read_committed();
create trigger vehicle_removed_read_committed before delete on vehicle
for each statement execute function require_read_committed();
create trigger customer_removed_whole after delete on customer
referencing old table as removed for each statement execute function remove_with_customers();
create trigger keeper_removed_whole after delete on keeper
referencing old table as removed for each statement execute function remove_with_keepers();
create trigger vehicle_kept after delete on vehicle
referencing old table as removed for each statement execute function keep_vehicles_of_keepers();

-- why: a row never changes hands, and an owner keeps its id; nothing in Navigator does either.
create function refuse_other_owner() returns trigger
language plpgsql as $$
begin
  raise exception 'Rows of % keep their identity, and are removed by deleting them.', tg_table_name
    using errcode = 'restrict_violation';
end;
$$;

create trigger customer_same before update of id on customer
for each row when (old.id <> new.id) execute function refuse_other_owner();
create trigger vehicle_same before update of id on vehicle
for each row when (old.id <> new.id) execute function refuse_other_owner();
create trigger contact_point_same before update of customer_id on contact_point
for each row when (old.customer_id <> new.customer_id) execute function refuse_other_owner();
create trigger permission_standing_same before update of customer_id on permission_standing
for each row when (old.customer_id <> new.customer_id) execute function refuse_other_owner();
create trigger keeper_same before update of customer_id, vehicle_id on keeper
for each row when ((old.customer_id, old.vehicle_id) <> (new.customer_id, new.vehicle_id))
execute function refuse_other_owner();
create trigger keeper_standing_same before update of customer_id, vehicle_id on keeper_standing
for each row when ((old.customer_id, old.vehicle_id) <> (new.customer_id, new.vehicle_id))
execute function refuse_other_owner();

-- why: truncating would pass over what belongs to each of them.
create trigger customer_never_truncated before truncate on customer
for each statement execute function refuse_other_owner();
create trigger vehicle_never_truncated before truncate on vehicle
for each statement execute function refuse_other_owner();
create trigger keeper_never_truncated before truncate on keeper
for each statement execute function refuse_other_owner();

-- why: the ledger says for whom each entry was made for ever; a legal entity is never removed or numbered anew.
create function refuse_legal_entity_change() returns trigger
language plpgsql as $$
begin
  raise exception 'A legal entity stays on record with its number: the ledger refers to it.'
    using errcode = 'restrict_violation';
end;
$$;

create trigger legal_entity_kept before delete on legal_entity
for each row execute function refuse_legal_entity_change();
create trigger legal_entity_same before update of id on legal_entity
for each row when (old.id <> new.id) execute function refuse_legal_entity_change();
revoke delete on legal_entity from navigator_app;

-- why: one index over customer numbers is enough: it refuses a number used twice, finds one, and completes one as
-- it is typed.
create unique index customer_number_once on customer (lower(customer_number) collate "C" text_pattern_ops);
drop index customer_number_unique;
drop index customer_search_number;
