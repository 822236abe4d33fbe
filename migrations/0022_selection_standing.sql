-- why: a mailshot is chosen among a million people while somebody waits: every figure is read from one narrow index,
-- over all answers of a person or over the vehicle with its answers, instead of from wide rows and joins.
-- The indexes are made, and the rows filled and written anew, in the transaction of the migration: no Navigator is at
-- work on the database while it is brought up to date.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- squawk-ignore-file adding-not-nullable-field, adding-field-with-default, changing-column-type

-- why: the greatest code of the vehicles a person keeps, which is the answer about any of them; that of the person
-- where they keep none.
alter table permission_standing
  add column sms_about_vehicles smallint,
  add column letter_about_vehicles smallint,
  add column live_call_about_vehicles smallint,
  add column automated_call_about_vehicles smallint,
  add column social_dm_about_vehicles smallint,
  add column social_audience_about_vehicles smallint,
  add column email_about_vehicles smallint;

update permission_standing standing
set
  sms_about_vehicles = coalesce(best.sms, own.sms_service_follow_up),
  letter_about_vehicles = coalesce(best.letter, own.letter_service_follow_up),
  live_call_about_vehicles = coalesce(best.live_call, own.live_call_service_follow_up),
  automated_call_about_vehicles = coalesce(best.automated_call, own.automated_call_service_follow_up),
  social_dm_about_vehicles = coalesce(best.social_dm, own.social_dm_service_follow_up),
  social_audience_about_vehicles = coalesce(best.social_audience, own.social_audience_service_follow_up),
  email_about_vehicles = coalesce(best.email, own.email_service_follow_up)
from permission_standing own
left join (
  select
    customer_id,
    max(sms_service_follow_up) as sms,
    max(letter_service_follow_up) as letter,
    max(live_call_service_follow_up) as live_call,
    max(automated_call_service_follow_up) as automated_call,
    max(social_dm_service_follow_up) as social_dm,
    max(social_audience_service_follow_up) as social_audience,
    max(email_service_follow_up) as email
  from keeper_standing
  group by customer_id
) best on best.customer_id = own.customer_id
where own.customer_id = standing.customer_id;

-- why: every answer of a person in one value of two bytes a code, in the order of the columns, and whether they were
-- shown a company by name. People are alike: there are few such values, an index keeps each of them once, and counting
-- by it reads a few bytes a person. Made by the database itself, so that it can never say anything else.
alter table permission_standing
  alter column sms_about_vehicles set not null,
  alter column letter_about_vehicles set not null,
  alter column live_call_about_vehicles set not null,
  alter column automated_call_about_vehicles set not null,
  alter column social_dm_about_vehicles set not null,
  alter column social_audience_about_vehicles set not null,
  alter column email_about_vehicles set not null,
  add column answers bytea not null generated always as (
    int2send(sms_service_follow_up)
    || int2send(sms_general_marketing)
    || int2send(sms_third_party_marketing)
    || int2send(letter_service_follow_up)
    || int2send(letter_general_marketing)
    || int2send(letter_third_party_marketing)
    || int2send(live_call_service_follow_up)
    || int2send(live_call_general_marketing)
    || int2send(live_call_third_party_marketing)
    || int2send(automated_call_service_follow_up)
    || int2send(automated_call_general_marketing)
    || int2send(automated_call_third_party_marketing)
    || int2send(social_dm_service_follow_up)
    || int2send(social_dm_general_marketing)
    || int2send(social_dm_third_party_marketing)
    || int2send(social_audience_service_follow_up)
    || int2send(social_audience_general_marketing)
    || int2send(social_audience_third_party_marketing)
    || int2send(email_service_follow_up)
    || int2send(email_general_marketing)
    || int2send(email_third_party_marketing)
    || int2send(sms_about_vehicles)
    || int2send(letter_about_vehicles)
    || int2send(live_call_about_vehicles)
    || int2send(automated_call_about_vehicles)
    || int2send(social_dm_about_vehicles)
    || int2send(social_audience_about_vehicles)
    || int2send(email_about_vehicles)
    || case when names_third_parties then '\x01'::bytea else '\x00'::bytea end
  ) stored;

create index permission_standing_answers on permission_standing (branch_id, answers);
drop index permission_standing_branch;

-- why: whether any answer was given after an instant is asked before every count.
create index permission_standing_judged on permission_standing using brin (judged_at) with (autosummarize = on);

-- why: what criteria ask of a vehicle and its keeper, beside its answers, so that nothing has to be joined.
alter table keeper_standing
  add column make text,
  add column model text,
  add column first_registered_on date,
  add column mot_due_on date,
  add column service_due_on date,
  add column last_service_on date,
  add column mileage integer,
  add column until_on date;

update keeper_standing kept
set
  make = vehicle.make,
  model = vehicle.model,
  first_registered_on = vehicle.first_registered_on,
  mot_due_on = vehicle.mot_due_on,
  service_due_on = vehicle.service_due_on,
  last_service_on = vehicle.last_service_on,
  mileage = vehicle.mileage,
  until_on = keeper.until_on
from keeper
inner join vehicle on vehicle.id = keeper.vehicle_id
where keeper.customer_id = kept.customer_id and keeper.vehicle_id = kept.vehicle_id;

-- why: in lower case, as criteria compare them; this writes the table anew, without the rows as they were before.
alter table keeper_standing
  alter column make type text collate "C" using lower(make),
  alter column model type text collate "C" using lower(model);

create index keeper_standing_make_due on keeper_standing (make, mot_due_on) include (
  customer_id,
  until_on,
  sms_service_follow_up,
  letter_service_follow_up,
  live_call_service_follow_up,
  automated_call_service_follow_up,
  social_dm_service_follow_up,
  social_audience_service_follow_up,
  email_service_follow_up
);

-- why: whoever changes a vehicle need not know that its standing rows carry what criteria ask of it.
create function follow_vehicle() returns trigger
language plpgsql as $$
begin
  update keeper_standing kept
  set
    make = lower(new.make),
    model = lower(new.model),
    first_registered_on = new.first_registered_on,
    mot_due_on = new.mot_due_on,
    service_due_on = new.service_due_on,
    last_service_on = new.last_service_on,
    mileage = new.mileage
  from keeper
  where keeper.vehicle_id = new.id
    and kept.customer_id = keeper.customer_id and kept.vehicle_id = keeper.vehicle_id;
  return null;
end;
$$;

create trigger vehicle_followed
after update on vehicle
for each row
when (
  (old.make, old.model, old.first_registered_on, old.mot_due_on, old.service_due_on, old.last_service_on, old.mileage)
  is distinct from
  (new.make, new.model, new.first_registered_on, new.mot_due_on, new.service_due_on, new.last_service_on, new.mileage)
)
execute function follow_vehicle();

create function follow_keeper() returns trigger
language plpgsql as $$
begin
  update keeper_standing
  set until_on = new.until_on
  where customer_id = new.customer_id and vehicle_id = new.vehicle_id;
  return null;
end;
$$;

create trigger keeper_followed
after update on keeper
for each row
when (old.until_on is distinct from new.until_on)
execute function follow_keeper();

-- why: the planner goes by what it knows of these tables, from the first question on.
analyze permission_standing;
analyze keeper_standing;

-- why: searching by the beginnings of two names looked at everybody of the first name; both are now in one index, which
-- serves the given name alone as well and is no larger, since names repeat.
create index customer_search_names on customer (
  search_given_name collate "C" text_pattern_ops,
  search_name collate "C" text_pattern_ops
);
drop index customer_search_given_name;
